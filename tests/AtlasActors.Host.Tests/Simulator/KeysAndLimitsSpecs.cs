using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using AtlasActors.Host.Tests.Simulator.Support;
using AtlasActors.Simulator;
using Xunit;

namespace AtlasActors.Host.Tests.Simulator;

public sealed class KeysAndLimitsSpecs
{
    [Fact]
    public async Task Without_a_key_nobody_gets_in()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        atlas.Http.DefaultRequestHeaders.Authorization = null;

        Assert.Equal(HttpStatusCode.Unauthorized, await SubmitAsync(atlas));
        Assert.Empty(atlas.Simulator.Seen.Submissions);
    }

    [Theory]
    [InlineData("apikey-right", HttpStatusCode.OK)]
    [InlineData("apikey-wrong", HttpStatusCode.Unauthorized)]
    public async Task Where_keys_are_set_only_they_get_in(string key, HttpStatusCode status)
    {
        var options = new SimulatorOptions { Keys = ["apikey-right"] };
        await using var atlas = await AtlasCaller.StartAsync(options, key: key);

        Assert.Equal(status, await SubmitAsync(atlas));
    }

    [Fact]
    public async Task An_account_does_not_see_the_predictions_of_another()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        var id = await atlas.SubmitImageAsync();

        atlas.UseKey("apikey-2");

        Assert.Equal(HttpStatusCode.NotFound, (await atlas.GetAsync($"/model/prediction/{id}")).StatusCode);
    }

    [Fact]
    public async Task Over_the_limit_in_flight_a_submission_is_refused_until_one_is_done()
    {
        await using var atlas = await AtlasCaller.StartAsync(new SimulatorOptions { MaxInFlight = 2 });

        Assert.Equal(HttpStatusCode.OK, await SubmitAsync(atlas));
        Assert.Equal(HttpStatusCode.OK, await SubmitAsync(atlas));
        Assert.Equal(HttpStatusCode.TooManyRequests, await SubmitAsync(atlas));
        atlas.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.OK, await SubmitAsync(atlas));
        Assert.Equal(4, atlas.Simulator.Seen.SubmitRequests);
        Assert.Equal(3, atlas.Simulator.Seen.Submissions.Count);
    }

    [Fact]
    public async Task The_rate_limit_is_by_account_and_model_and_says_nothing_of_when_to_come_back()
    {
        await using var atlas = await AtlasCaller.StartAsync(
            new SimulatorOptions { RateLimit = new RateLimit(1, TimeSpan.FromSeconds(10)) });

        Assert.Equal(HttpStatusCode.OK, await SubmitAsync(atlas));
        var refused = await atlas.PostAsync("/model/generateImage", AtlasCaller.Image());
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Null(refused.Headers.RetryAfter);
        var video = await atlas.PostAsync("/model/generateVideo", AtlasCaller.Video());
        Assert.Equal(HttpStatusCode.OK, video.StatusCode);
        atlas.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(HttpStatusCode.OK, await SubmitAsync(atlas));
        atlas.UseKey("apikey-2");
        Assert.Equal(HttpStatusCode.OK, await SubmitAsync(atlas));
    }

    [Fact]
    public async Task A_balance_is_reserved_at_submission_and_released_by_failure()
    {
        await using var atlas = await AtlasCaller.StartAsync(new SimulatorOptions { Balance = 0.10m });

        Assert.Equal(HttpStatusCode.OK, await SubmitAsync(atlas));
        Assert.Equal(HttpStatusCode.OK, await SubmitAsync(atlas, "[fail]"));
        Assert.Equal(HttpStatusCode.PaymentRequired, await SubmitAsync(atlas));
        atlas.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.OK, await SubmitAsync(atlas));
        Assert.Equal(HttpStatusCode.PaymentRequired, await SubmitAsync(atlas));
        Assert.Equal(0.04m, atlas.Simulator.Seen.Charged);
    }

    [Fact]
    public async Task The_balance_is_told_in_six_decimals()
    {
        await using var atlas = await AtlasCaller.StartAsync(new SimulatorOptions { Balance = 1 });
        await SubmitAsync(atlas);

        var balance = await AtlasCaller.ReadAsync(
            await atlas.Http.GetAsync(new Uri(atlas.Simulator.BaseUrl, "/public/v1/balance")));

        Assert.Equal("0.960000", (string)balance["available"]!["value"]!);
        Assert.Equal("0.040000", (string)balance["frozen"]!["value"]!);
    }

    [Theory]
    [InlineData("""{"prompt":"p"}""")]
    [InlineData("""{"model":"m"}""")]
    [InlineData("""{"model":"m","prompt":" "}""")]
    [InlineData("""{"model":"m","prompt":"p","size":"big"}""")]
    [InlineData("""{"model":"m","prompt":"p","width":100000}""")]
    [InlineData("""["m"]""")]
    [InlineData("""{"model":""")]
    [InlineData("")]
    public async Task A_bad_body_is_refused(string body)
    {
        await using var atlas = await AtlasCaller.StartAsync();

        var response = await atlas.PostAsync(
            "/model/generateImage", new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotEmpty((string)(await AtlasCaller.ReadAsync(response))["msg"]!);
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(0)]
    [InlineData(61)]
    public async Task A_video_of_no_good_length_is_refused(int seconds)
    {
        await using var atlas = await AtlasCaller.StartAsync();

        var response = await atlas.PostAsync("/model/generateVideo", AtlasCaller.Video("waves", ("duration", seconds)));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_body_that_is_not_declared_as_json_is_refused()
    {
        await using var atlas = await AtlasCaller.StartAsync();

        var response = await atlas.PostAsync(
            "/model/generateImage", new StringContent(AtlasCaller.Image().ToJsonString(), Encoding.UTF8, "text/plain"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_body_over_fifty_megabytes_is_refused()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        using var body = new ByteArrayContent(new byte[50 * 1024 * 1024 + 1]);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        var response = await atlas.PostAsync("/model/generateImage", body);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Theory]
    [InlineData("""{"width":640,"height":480}""", 640, 480)]
    [InlineData("""{"size":"1536*864"}""", 1536, 864)]
    [InlineData("""{"size":"512x256"}""", 512, 256)]
    [InlineData("""{"aspect_ratio":"16:9"}""", 1360, 768)]
    [InlineData("""{"aspect_ratio":"1:1"}""", 1024, 1024)]
    [InlineData("""{}""", 1024, 1024)]
    public async Task The_size_follows_whichever_field_the_model_has(string fields, int width, int height)
    {
        await using var atlas = await AtlasCaller.StartAsync();
        var body = AtlasCaller.Image();
        foreach (var (name, value) in JsonNode.Parse(fields)!.AsObject()) body[name] = value!.DeepClone();

        await atlas.PostAsync("/model/generateImage", body);

        var shape = atlas.Simulator.Seen.Submissions.Single().Shape;
        Assert.Equal((width, height), (shape.Width, shape.Height));
    }

    private static async Task<HttpStatusCode> SubmitAsync(AtlasCaller atlas, string prompt = "a quiet lake") =>
        (await atlas.PostAsync("/model/generateImage", AtlasCaller.Image(prompt))).StatusCode;
}
