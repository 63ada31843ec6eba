using System.Net;
using AtlasActors.Host.Tests.Simulator.Support;
using AtlasActors.Simulator;
using AtlasActors.Simulator.Predictions;
using Xunit;

namespace AtlasActors.Host.Tests.Simulator;

public sealed class FaultsSpecs
{
    [Fact]
    public async Task A_lost_submission_is_accepted_and_its_answer_never_comes()
    {
        await using var atlas = await AtlasCaller.StartAsync(With(new FaultOptions { SubmitLostRate = 1 }));

        await Assert.ThrowsAsync<HttpRequestException>(
            () => atlas.PostAsync("/model/generateImage", AtlasCaller.Image()));

        Assert.Single(atlas.Simulator.Seen.Submissions);
    }

    [Fact]
    public async Task A_share_of_submissions_is_refused_and_not_accepted()
    {
        await using var atlas = await AtlasCaller.StartAsync(With(new FaultOptions { SubmitRefusedRate = 0.25 }));

        var statuses = new List<HttpStatusCode>();
        for (var count = 0; count < 200; count++)
            statuses.Add((await atlas.PostAsync("/model/generateImage", AtlasCaller.Image())).StatusCode);

        var refused = statuses.Count(status => status == HttpStatusCode.TooManyRequests);
        Assert.InRange(refused, 25, 75);
        Assert.Equal(200 - refused, atlas.Simulator.Seen.Submissions.Count);
    }

    [Fact]
    public async Task A_share_of_polls_meets_the_gateways_page()
    {
        await using var atlas = await AtlasCaller.StartAsync(With(new FaultOptions { Poll503Rate = 0.25 }));
        var id = await atlas.SubmitImageAsync();

        var pages = 0;
        for (var count = 0; count < 200; count++)
        {
            var response = await atlas.GetAsync($"/model/prediction/{id}");
            if (response.StatusCode == HttpStatusCode.OK) continue;
            pages++;
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.StartsWith("<html>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.InRange(pages, 25, 75);
        Assert.Equal(200, atlas.Simulator.Seen.PollsOf(id));
    }

    [Fact]
    public async Task A_share_of_generations_fails_and_is_not_charged()
    {
        await using var atlas = await AtlasCaller.StartAsync(With(new FaultOptions { FailedGenerationRate = 0.5 }));
        for (var count = 0; count < 100; count++) await atlas.SubmitImageAsync($"prompt {count}");
        atlas.Clock.Advance(TimeSpan.FromHours(1));

        var completed = atlas.Simulator.Seen.Submissions.Count(prediction => prediction.Outcome == Outcome.Completed);

        Assert.InRange(completed, 25, 75);
        Assert.Equal(completed * 0.04m, atlas.Simulator.Seen.Charged);
    }

    [Fact]
    public async Task The_first_download_breaks_off_half_way_and_the_rest_can_be_fetched()
    {
        await using var atlas = await AtlasCaller.StartAsync(With(new FaultOptions { CutFirstDownloads = true }));
        var url = await atlas.FinishAsync(await atlas.SubmitImageAsync("a lake", ("width", 320), ("height", 200)));

        var (length, half) = await DownloadAsync(atlas.Http, url, from: 0);
        var (_, rest) = await DownloadAsync(atlas.Http, url, from: half.Length);
        var whole = await atlas.Http.GetByteArrayAsync(url);

        Assert.Equal(length / 2, half.Length);
        Assert.Equal(whole, half.Concat(rest));
    }

    [Fact]
    public async Task A_share_of_downloads_breaks_off_wherever_they_start()
    {
        await using var atlas = await AtlasCaller.StartAsync(With(new FaultOptions { DownloadCutRate = 1 }));
        var url = await atlas.FinishAsync(await atlas.SubmitVideoAsync());

        var (length, half) = await DownloadAsync(atlas.Http, url, from: 1000);

        Assert.Equal(length / 2, half.Length);
    }

    [Fact]
    public async Task The_first_attempt_of_a_prompt_fails_and_the_second_does_not()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        var first = await atlas.SubmitImageAsync("[fail:1] a lake");
        var second = await atlas.SubmitImageAsync("[fail:1] a lake");
        var other = await atlas.SubmitImageAsync("[fail:1] another lake");
        atlas.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("failed", (string)(await atlas.PollAsync(first))["status"]!);
        Assert.Equal("completed", (string)(await atlas.PollAsync(second))["status"]!);
        Assert.Equal("failed", (string)(await atlas.PollAsync(other))["status"]!);
    }

    private static SimulatorOptions With(FaultOptions faults) => new() { Faults = faults };

    // What arrives until the connection ends, and the length that was promised.
    private static async Task<(long Promised, byte[] Received)> DownloadAsync(HttpClient http, Uri url, long from)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (from > 0) request.Headers.Range = new System.Net.Http.Headers.RangeHeaderValue(from, null);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        using var received = new MemoryStream();
        var buffer = new byte[4096];
        try
        {
            while (await body.ReadAsync(buffer) is > 0 and var count) received.Write(buffer, 0, count);
        }
        catch (IOException)
        {
            // The cut that was ordered.
        }

        return (response.Content.Headers.ContentLength!.Value, received.ToArray());
    }
}
