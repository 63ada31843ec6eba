using System.Text.Json;
using AtlasActors.Batches;
using AtlasActors.Host.Serving.Outgoing;
using AtlasActors.Host.Tests.Serving.Support;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Jobs;
using Xunit;

namespace AtlasActors.Host.Tests.Serving.Outgoing;

/// <summary>What was told, asked for over HTTP, and what of a webhook is refused before anything is sent.</summary>
public sealed class DeliveriesApiSpecs : IAsyncLifetime
{
    private readonly ServedBatches _served = new();
    private Receiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await Receiver.StartAsync();

    public async Task DisposeAsync()
    {
        await _served.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task Deliveries_are_listed_by_batch_and_state_and_page_by_page()
    {
        await ServeAsync(arePrivateAllowed: true, "b-1", "b-2");
        await _receiver.HasAsync(all => all.Count >= 6);
        var all = await ListAsync("", deliveries => deliveries.Count(one => State(one) == "delivered") == 6);
        Assert.Equal(
            ["batch.ended", "job.ended", "job.ended"],
            all.Where(one => Text(one, "batch") == "b-1").Select(one => Text(one, "type")));
        Assert.DoesNotContain(all, one => Text(one, "url").Contains("s3cret", StringComparison.Ordinal));
        Assert.Equal(3, (await ListAsync("?batch=b-2")).Count);
        Assert.Empty(await ListAsync("?state=failed&state=pending"));
        var (paged, next) = (new List<string>(), "");
        do
        {
            var page = await _served.JsonAsync("GET", $"/v1/webhooks/deliveries?limit=4{next}", 200);
            paged.AddRange(page.GetProperty("deliveries").EnumerateArray().Select(one => Text(one, "id")));
            next = page.GetProperty("next").GetString() is { } cursor ? "&cursor=" + cursor : null;
        }
        while (next is not null);
        Assert.Equal(all.Select(one => Text(one, "id")), paged);
    }

    [Fact]
    public async Task An_event_is_redelivered_as_it_was()
    {
        await ServeAsync(arePrivateAllowed: true, "b-1");
        var all = await _receiver.HasAsync(all => all.Count == 3);
        var first = all[0];
        await ListAsync("?state=delivered", deliveries => deliveries.Count == 3);
        var document = await _served.JsonAsync("POST", $"/v1/webhooks/deliveries/{first.Id}/redeliver", 200);
        Assert.Equal("pending", State(document));
        var again = (await _receiver.HasAsync(all => all.Count == 4))[3];
        Assert.Equal((first.Id, first.Body), (again.Id, again.Body));
        await ListAsync("?batch=b-1", deliveries => deliveries
            .Single(one => Text(one, "id") == first.Id).GetProperty("tries").GetArrayLength() == 2);
        await _served.JsonAsync("POST", "/v1/webhooks/deliveries/msg_none/redeliver", 404);
    }

    [Fact]
    public async Task An_address_that_turns_out_to_be_private_is_not_called_and_the_log_says_so()
    {
        // As records of a service would have it that was started with the setting before.
        await ServeAsync(arePrivateAllowed: false, "b-1");
        var failed = await ListAsync("?state=failed", deliveries => deliveries.Count == 3);
        Assert.All(failed, one => Assert.Contains(
            "private network", Text(Assert.Single(one.GetProperty("tries").EnumerateArray()), "error"), StringComparison.Ordinal));
        Assert.Empty(_receiver.All);
    }

    [Theory]
    [InlineData("http://example.org/", "is http")]
    [InlineData("https://127.0.0.1:9/", "private network")]
    [InlineData("https://[fe80::1]/", "private network")]
    [InlineData("https://localhost/", "private network")]
    public async Task A_batch_that_wants_to_tell_such_an_address_is_not_taken_on(string url, string why)
    {
        await _served.StartAsync();
        var answer = await _served.SendAsync("POST", "/v1/batches", $"webhook: '{url}'\n{Files.Pack}");
        Assert.Equal(422, answer.Status);
        Assert.Contains(why, answer.Body, StringComparison.Ordinal);
        Assert.Empty(_served.Batches.Known);
        var refused = new ServedBatches();
        Assert.Equal(2, await refused.RunAsync("--webhook", url));
        Assert.Contains("--webhook", refused.Errors, StringComparison.Ordinal);
        await refused.DisposeAsync();
    }

    [Fact]
    public async Task A_batch_s_webhook_goes_with_it()
    {
        await _served.StartAsync();
        await _served.JsonAsync("POST", "/v1/batches", 201, $"webhook: https://example.org/hooks\n{Files.Pack}");
        Assert.Equal(new BatchWebhook("https://example.org/hooks"), _served.Batches.Started!.Webhook);
    }

    private async Task ServeAsync(bool arePrivateAllowed, params string[] ids)
    {
        foreach (var id in ids)
        {
            _served.Batches.JobsOf[id] = [SomeBatches.Priced(1, "Hero"), Views.Job(2, JobStage.Failed)];
            _served.Batches.Known.Add(Views.Batch(BatchPhase.Finished, _served.Batches.JobsOf[id], id: id) with
            {
                IsSettled = true, Webhook = new BatchWebhook(_receiver.Url.ToString()),
            });
        }
        if (arePrivateAllowed) _served.Variables["ATLAS_ALLOW_PRIVATE_ADDRESSES"] = "1";
        await _served.StartAsync();
    }

    private async Task<List<JsonElement>> ListAsync(string query, Func<List<JsonElement>, bool>? isEnough = null)
    {
        using var limit = new CancellationTokenSource(ProgramProcess.Patience);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            var page = await _served.JsonAsync("GET", "/v1/webhooks/deliveries" + query, 200);
            List<JsonElement> found = [.. page.GetProperty("deliveries").EnumerateArray()];
            if (isEnough is null || isEnough(found)) return found;
            await ticks.WaitForNextTickAsync(limit.Token);
        }
    }

    private static string State(JsonElement delivery) => Text(delivery, "state");

    private static string Text(JsonElement document, string name) => document.GetProperty(name).GetString()!;
}
