using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AtlasActors.Host.Tests.Simulator.Support;
using AtlasActors.Simulator;
using Xunit;

namespace AtlasActors.Host.Tests.Simulator;

/// <summary>Sync mode, outputs in the answer, and how long things are kept.</summary>
public sealed class ModesSpecs
{
    private const string OutputHours = "X-AtlasCloud-Object-Expiration-Hours";
    private const string RecordHours = "X-AtlasCloud-Request-Retention-Hours";

    [Fact]
    public async Task In_sync_mode_the_answer_has_the_outputs()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        var body = AtlasCaller.Image("a lake", ("enable_sync_mode", true));

        var answer = atlas.PostAsync("/model/generateImage", body);
        await atlas.Clock.AdvanceWaitingAsync(TimeSpan.FromMinutes(1));
        var data = (await AtlasCaller.ReadAsync(await answer))["data"]!;

        Assert.Equal("completed", (string)data["status"]!);
        Assert.Equal(
            HttpStatusCode.OK, (await atlas.Http.GetAsync(new Uri((string)data["outputs"]![0]!))).StatusCode);
    }

    [Fact]
    public async Task What_takes_too_long_in_sync_mode_ends_at_the_gateway_and_goes_on()
    {
        await using var atlas = await AtlasCaller.StartAsync(
            new SimulatorOptions { SyncMaxWait = TimeSpan.FromSeconds(1) });
        var body = AtlasCaller.Image("a lake", ("enable_sync_mode", true));

        var answer = atlas.PostAsync("/model/generateImage", body);
        await atlas.Clock.AdvanceWaitingAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(HttpStatusCode.GatewayTimeout, (await answer).StatusCode);
        Assert.Single(atlas.Simulator.Seen.Submissions);
    }

    [Fact]
    public async Task An_output_can_stand_in_the_answer_itself()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        var id = await atlas.SubmitImageAsync(
            "a lake", ("enable_base64_output", true), ("width", 64), ("height", 32), ("num_images", 2));
        atlas.Clock.Advance(TimeSpan.FromHours(1));

        var outputs = (await atlas.PollAsync(id))["outputs"]!.AsArray();

        const string start = "data:image/png;base64,";
        Assert.Equal(2, outputs.Count);
        Assert.StartsWith(start, (string)outputs[0]!, StringComparison.Ordinal);
        var picture = DecodedPng.Read(Convert.FromBase64String(((string)outputs[0]!)[start.Length..]));
        Assert.Equal(64, picture.Width);
    }

    [Fact]
    public async Task Outputs_go_when_their_submission_said()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        var id = await SubmitAsync(atlas, (OutputHours, "2"));
        var url = await atlas.FinishAsync(id);

        Assert.Equal(HttpStatusCode.OK, (await atlas.Http.GetAsync(url)).StatusCode);
        atlas.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.NotFound, (await atlas.Http.GetAsync(url)).StatusCode);
        Assert.Equal("completed", (string)(await atlas.PollAsync(id))["status"]!);
    }

    [Fact]
    public async Task A_record_goes_when_its_submission_said()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        var id = await SubmitAsync(atlas, (RecordHours, "2"));
        var url = await atlas.FinishAsync(id);

        atlas.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(HttpStatusCode.NotFound, (await atlas.GetAsync($"/model/prediction/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await atlas.Http.GetAsync(url)).StatusCode);
    }

    [Fact]
    public async Task A_record_that_is_not_to_be_kept_is_there_until_it_is_done()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        var id = await SubmitAsync(atlas, (RecordHours, "0"));

        Assert.Equal("processing", (string)(await atlas.PollAsync(id))["status"]!);
        atlas.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.NotFound, (await atlas.GetAsync($"/model/prediction/{id}")).StatusCode);
    }

    [Theory]
    [InlineData(OutputHours, "0")]
    [InlineData(OutputHours, "337")]
    [InlineData(OutputHours, "a day")]
    [InlineData(OutputHours, "")]
    [InlineData(RecordHours, "-1")]
    [InlineData(RecordHours, "337")]
    public async Task Hours_out_of_range_are_refused(string header, string value)
    {
        await using var atlas = await AtlasCaller.StartAsync();

        var response = await SendAsync(atlas, (header, value));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(atlas.Simulator.Seen.Submissions);
    }

    [Fact]
    public async Task A_long_input_is_kept_shortened()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        await atlas.SubmitImageAsync("a lake", ("image", "data:image/png;base64," + new string('A', 100_000)));

        var body = atlas.Simulator.Seen.Submissions.Single().Terms!.Body!;

        Assert.InRange(body.Length, 100, 1000);
        Assert.Equal("a lake", (string)JsonNode.Parse(body)!["prompt"]!);
    }

    private static async Task<string> SubmitAsync(AtlasCaller atlas, (string Name, string Value) header) =>
        (string)(await AtlasCaller.ReadAsync(await SendAsync(atlas, header)))["data"]!["id"]!;

    private static async Task<HttpResponseMessage> SendAsync(AtlasCaller atlas, (string Name, string Value) header)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri(atlas.Simulator.BaseUrl + "/model/generateImage"));
        request.Content = new StringContent(AtlasCaller.Image().ToJsonString(), Encoding.UTF8, "application/json");
        request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        return await atlas.Http.SendAsync(request);
    }
}
