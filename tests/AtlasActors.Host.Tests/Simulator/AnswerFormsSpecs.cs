using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AtlasActors.Host.Tests.Simulator.Support;
using AtlasActors.Simulator;
using Xunit;

namespace AtlasActors.Host.Tests.Simulator;

public sealed partial class AnswerFormsSpecs
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromHours(1);

    [Fact]
    public async Task The_real_form_wraps_the_answer_to_a_submission_in_data()
    {
        await using var atlas = await AtlasCaller.StartAsync();

        var response = await atlas.PostAsync("/model/generateImage", AtlasCaller.Image());
        var answer = await AtlasCaller.ReadAsync(response);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Single(response.Headers.GetValues("X-Request-ID"));
        Assert.Equal(200, (int)answer["code"]!);
        Assert.Equal("", (string)answer["message"]!);
        var id = (string)answer["data"]!["id"]!;
        Assert.Matches(Hex32(), id);
        Assert.Equal("processing", (string)answer["data"]!["status"]!);
        Assert.Null(answer["data"]!["outputs"]);
        Assert.Equal($"{atlas.Simulator.BaseUrl}/model/prediction/{id}", (string)answer["data"]!["urls"]!["get"]!);
    }

    [Fact]
    public async Task The_real_form_ends_with_a_list_of_outputs_and_the_charge_as_a_string()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        var id = await atlas.SubmitVideoAsync("waves", ("duration", 10));

        Assert.Equal("processing", (string)(await atlas.PollAsync(id))["status"]!);
        atlas.Clock.Advance(LongEnough);
        var done = await atlas.PollAsync(id);

        Assert.Equal("completed", (string)done["status"]!);
        Assert.Equal("0.22", (string)done["price"]!);
        var output = (string)Assert.Single(done["outputs"]!.AsArray())!;
        Assert.EndsWith($"/outputs/{id}.mp4", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/model/prediction/{0}")]
    [InlineData("/model/prediction/{0}/")]
    [InlineData("/model/result/{0}")]
    public async Task The_real_form_is_polled_at(string path)
    {
        await using var atlas = await AtlasCaller.StartAsync();
        var id = await atlas.SubmitImageAsync();

        var response = await atlas.GetAsync(path.Replace("{0}", id, StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(AnswerForm.Real, "/model/prediction/{0}/get")]
    [InlineData(AnswerForm.Reference, "/model/prediction/{0}/get")]
    [InlineData(AnswerForm.Tutorial, "/model/prediction/{0}")]
    [InlineData(AnswerForm.Real, "/model/cancel/{0}")]
    public async Task A_path_that_the_form_does_not_know_is_answered_like_a_wrong_key(AnswerForm form, string path)
    {
        await using var atlas = await AtlasCaller.StartAsync(new SimulatorOptions { Form = form });
        await atlas.PostAsync("/model/generateImage", AtlasCaller.Image());
        var id = atlas.Simulator.Seen.Submissions[0].Id;

        var response = await atlas.GetAsync(path.Replace("{0}", id, StringComparison.Ordinal));
        var answer = await AtlasCaller.ReadAsync(response);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(401, (int)answer["code"]!);
        Assert.Equal(response.Headers.GetValues("X-Request-ID").Single(), (string)answer["request_id"]!);
        Assert.True(answer.ContainsKey("data") && answer["data"] is null);
    }

    [Theory]
    [InlineData("generateImage", "image_url", "png")]
    [InlineData("generateVideo", "video_url", "mp4")]
    public async Task The_tutorials_form_is_flat_from_end_to_end(string path, string field, string extension)
    {
        await using var atlas = await AtlasCaller.StartAsync(new SimulatorOptions { Form = AnswerForm.Tutorial });

        var submitted = await AtlasCaller.ReadAsync(await atlas.PostAsync($"/model/{path}", AtlasCaller.Image()));
        var id = (string)submitted["request_id"]!;
        var running = await AtlasCaller.ReadAsync(await atlas.GetAsync($"/model/prediction/{id}/get"));
        atlas.Clock.Advance(LongEnough);
        var done = await AtlasCaller.ReadAsync(await atlas.GetAsync($"/model/prediction/{id}/get"));

        Assert.Equal("processing", (string)running["status"]!);
        Assert.Equal("completed", (string)done["status"]!);
        Assert.EndsWith($"{id}.{extension}", (string)done["output"]![field]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tutorials_form_tells_a_failure_in_its_error()
    {
        await using var atlas = await AtlasCaller.StartAsync(new SimulatorOptions { Form = AnswerForm.Tutorial });
        var submitted = await AtlasCaller.ReadAsync(
            await atlas.PostAsync("/model/generateImage", AtlasCaller.Image("[fail]")));
        atlas.Clock.Advance(LongEnough);

        var done = await AtlasCaller.ReadAsync(
            await atlas.GetAsync($"/model/prediction/{(string)submitted["request_id"]!}/get"));

        Assert.Equal("failed", (string)done["status"]!);
        Assert.NotEmpty((string)done["error"]!);
    }

    [Fact]
    public async Task The_reference_form_submits_flat_and_polls_wrapped()
    {
        await using var atlas = await AtlasCaller.StartAsync(new SimulatorOptions { Form = AnswerForm.Reference });
        var body = new JsonObject { ["model"] = "m", ["input"] = new JsonObject { ["prompt"] = "nested" } };

        var submitted = await AtlasCaller.ReadAsync(await atlas.PostAsync("/model/generateImage", body));
        atlas.Clock.Advance(LongEnough);
        var done = await AtlasCaller.ReadAsync(await atlas.GetAsync($"/model/prediction/{(string)submitted["id"]!}"));

        Assert.Equal("m", (string)submitted["model"]!);
        Assert.Equal("succeeded", (string)done["data"]!["status"]!);
        Assert.Single(done["data"]!["outputs"]!.AsArray());
        Assert.Equal("nested", atlas.Simulator.Seen.Submissions[0].Prompt);
    }

    [Fact]
    public async Task The_former_form_is_flat_has_outputs_as_objects_and_is_polled_at_result()
    {
        await using var atlas = await AtlasCaller.StartAsync(new SimulatorOptions { Form = AnswerForm.Former });

        var submitted = await AtlasCaller.ReadAsync(await atlas.PostAsync("/model/generateImage", AtlasCaller.Image()));
        atlas.Clock.Advance(LongEnough);
        var done = await AtlasCaller.ReadAsync(
            await atlas.Http.GetAsync(new Uri((string)submitted["urls"]!["result"]!)));

        Assert.Equal("processing", (string)submitted["status"]!);
        Assert.Empty(submitted["outputs"]!.AsArray());
        Assert.EndsWith(
            $"/outputs/{(string)submitted["id"]!}.png", (string)Assert.Single(done["outputs"]!.AsArray())!["url"]!,
            StringComparison.Ordinal);
        Assert.False((bool)done["has_nsfw_contents"]![0]!);
    }

    [Theory]
    [InlineData(1, "\"http")]
    [InlineData(2, "[\"http")]
    public async Task The_predictionId_form_has_one_output_as_a_text_and_several_as_a_list(int count, string start)
    {
        await using var atlas = await AtlasCaller.StartAsync(new SimulatorOptions { Form = AnswerForm.PredictionId });

        var submitted = await AtlasCaller.ReadAsync(
            await atlas.PostAsync("/model/generateImage", AtlasCaller.Image("a lake", ("num_images", count))));
        atlas.Clock.Advance(LongEnough);
        var done = await atlas.PollAsync((string)submitted["predictionId"]!);

        Assert.Equal("completed", (string)done["status"]!);
        Assert.StartsWith(start, done["output"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AnswerForm.Former, "/model/result/", "error")]
    [InlineData(AnswerForm.PredictionId, "/model/prediction/", "error\":{\"message")]
    public async Task The_older_forms_tell_of_failures(AnswerForm form, string path, string error)
    {
        await using var atlas = await AtlasCaller.StartAsync(new SimulatorOptions { Form = form });
        await atlas.PostAsync("/model/generateImage", AtlasCaller.Image("[fail] a lake"));
        atlas.Clock.Advance(LongEnough);

        var answer = await (await atlas.GetAsync(path + atlas.Simulator.Seen.Submissions[0].Id)).Content
            .ReadAsStringAsync();

        Assert.Contains("\"failed\"", answer, StringComparison.Ordinal);
        Assert.Contains(error, answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FailureTransport.Ok, 200)]
    [InlineData(FailureTransport.InternalServerError, 500)]
    public async Task A_failed_generation_comes_by_the_transport_that_was_ordered(
        FailureTransport transport, int status)
    {
        await using var atlas = await AtlasCaller.StartAsync(
            new SimulatorOptions { Faults = new FaultOptions { FailureTransport = transport } });
        var id = await atlas.SubmitImageAsync("a [fail] b");
        atlas.Clock.Advance(LongEnough);

        var response = await atlas.GetAsync($"/model/prediction/{id}");
        var answer = await AtlasCaller.ReadAsync(response);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status, (int)answer["code"]!);
        Assert.Equal("failed", (string)answer["data"]!["status"]!);
        Assert.False(answer["data"]!.AsObject().ContainsKey("price"));
    }

    [Fact]
    public async Task Moderation_is_told_with_its_code()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        var id = await atlas.SubmitImageAsync("[moderation]");
        atlas.Clock.Advance(LongEnough);

        var done = await atlas.PollAsync(id);

        Assert.Equal("failed", (string)done["status"]!);
        Assert.Equal(1039, (int)done["error_code"]!);
        Assert.Equal(0, atlas.Simulator.Seen.Charged);
    }

    [Fact]
    public async Task A_prediction_that_completes_empty_is_charged()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        var id = await atlas.SubmitImageAsync("[empty]");
        atlas.Clock.Advance(LongEnough);

        var done = await atlas.PollAsync(id);

        Assert.Equal("completed", (string)done["status"]!);
        Assert.Empty(done["outputs"]!.AsArray());
        Assert.Equal(0.04m, atlas.Simulator.Seen.Charged);
    }

    [Fact]
    public async Task The_price_comes_after_its_delay()
    {
        await using var atlas = await AtlasCaller.StartAsync(
            new SimulatorOptions { PriceDelay = TimeSpan.FromDays(1) });
        var id = await atlas.SubmitImageAsync();
        atlas.Clock.Advance(LongEnough);

        Assert.False((await atlas.PollAsync(id)).ContainsKey("price"));
        atlas.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal("0.04", (string)(await atlas.PollAsync(id))["price"]!);
    }

    [Fact]
    public async Task A_prediction_that_is_warming_up_is_not_found()
    {
        await using var atlas = await AtlasCaller.StartAsync(new SimulatorOptions { WarmUp = TimeSpan.FromSeconds(3) });
        var id = await atlas.SubmitImageAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await atlas.GetAsync($"/model/prediction/{id}")).StatusCode);
        atlas.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(HttpStatusCode.OK, (await atlas.GetAsync($"/model/prediction/{id}")).StatusCode);
    }

    [Fact]
    public async Task A_quote_creates_nothing()
    {
        await using var atlas = await AtlasCaller.StartAsync();

        var quote = await AtlasCaller.ReadAsync(
            await atlas.PostAsync("/model/calculate", AtlasCaller.Video("waves", ("duration", 5))));

        Assert.Equal("0.11", (string)quote["data"]!["price"]!);
        Assert.Empty(atlas.Simulator.Seen.Submissions);
    }

    [GeneratedRegex("^[0-9a-f]{32}$")]
    private static partial Regex Hex32();
}
