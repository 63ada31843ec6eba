using AtlasActors.Batches;
using AtlasActors.Host.Tests.Serving.Support;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Jobs;
using Xunit;

namespace AtlasActors.Host.Tests.Serving;

/// <summary>The feed of changes, as clients of server-sent events read it.</summary>
public sealed class EventsApiSpecs : IAsyncLifetime
{
    private readonly ServedBatches _served = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });

    public async Task InitializeAsync()
    {
        SomeBatches.AddTo(_served.Batches);
        await _served.StartAsync();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _served.DisposeAsync();
    }

    [Fact]
    public async Task A_batch_at_rest_is_told_as_it_is_and_then_its_end()
    {
        var events = await AllAsync("/v1/batches/b-2/events");
        Assert.Equal(["job 1 succeeded", "job 2 failed", "batch finished", "end finished"], events.Select(Said));
        Assert.Equal(events[..^1].Select(one => long.Parse(one.Id)), events[..^1].Select(one => long.Parse(one.Id)).Distinct().Order());
        Assert.Equal(events[^2].Id, events[^1].Id);
    }

    [Fact]
    public async Task Who_comes_again_is_told_what_is_new_alone()
    {
        var events = await AllAsync("/v1/batches/b-2/events");
        Assert.Equal(["job 2 failed", "batch finished", "end finished"], (await AllAsync("/v1/batches/b-2/events", events[0].Id)).Select(Said));
        Assert.Equal(["end finished"], (await AllAsync("/v1/batches/b-2/events", events[^1].Id)).Select(Said));
        Assert.Equal(["batch finished", "end finished"], (await AllAsync($"/v1/batches/b-2/events?after={events[1].Id}")).Select(Said));
        Assert.Equal(["end finished"], (await AllAsync($"/v1/batches/b-2/events?after={events[1].Id}", events[^1].Id)).Select(Said));
        Assert.Equal(["end finished"], (await AllAsync("/v1/batches/b-2/events?from=now")).Select(Said));
    }

    [Fact]
    public async Task What_happens_while_somebody_listens_is_told_until_the_batch_rests()
    {
        var batch = _served.Batches.Known[1];
        _served.Batches.Tell(new BatchNotice.PhaseChanged(batch with { Phase = BatchPhase.Running, Revision = 20 }));
        await _served.JsonAsync("POST", "/v1/batches/b-1/resume", 200); // Written after what was told before it.
        var events = new List<string>();
        await foreach (var one in ReadEvents.FromAsync(_client, new Uri(_served.Address, "/v1/batches/b-2/events")))
        {
            events.Add(Said(one));
            // All that was is told, and the connection stays.
            if (events[^1] != "batch running") continue;
            _served.Batches.Tell(new BatchNotice.JobMoved(batch.Id, Views.Job(2, JobStage.Generating, "Storm_100%") with { Revision = 8 }));
            _served.Batches.Tell(new BatchNotice.JobMoved(batch.Id, Views.Job(2, JobStage.Succeeded, "Storm_100%") with { Revision = 9 }));
            _served.Batches.Tell(new BatchNotice.PhaseChanged(batch with { Revision = 30 }));
        }
        Assert.Contains("job 2 succeeded", events);
        Assert.Equal(["batch finished", "end finished"], events[^2..]);
    }

    [Fact]
    public async Task All_batches_are_told_of_in_one_stream()
    {
        var seen = new List<ReadEvent>();
        await foreach (var one in ReadEvents.FromAsync(_client, new Uri(_served.Address, "/v1/events?from=start")))
        {
            seen.Add(one);
            if (seen.Count == 13 + 5) break;
        }
        Assert.Equal(13, seen.Count(one => one.Name == "job"));
        Assert.Equal(["b-1", "b-2", "b-3", "b-4", "b-5"], seen.Where(one => one.Name == "batch").Select(one => one.Data.GetProperty("id").GetString()));
        Assert.Equal("b-2", seen.First(one => Said(one) == "job 2 failed").Data.GetProperty("batch").GetString());

        var next = ReadEvents.FromAsync(_client, new Uri(_served.Address, "/v1/events"), seen[^1].Id).GetAsyncEnumerator();
        var waiting = next.MoveNextAsync();
        _served.Batches.Tell(new BatchNotice.JobMoved(BatchId.Parse("b-4"), Views.Job(1, JobStage.Succeeded, "Found") with { Revision = 50 }));
        Assert.True(await waiting);
        Assert.Equal("job 1 succeeded", Said(next.Current));
        await next.DisposeAsync();
    }

    [Fact]
    public async Task A_service_that_stops_ends_its_streams()
    {
        var stream = ReadEvents.FromAsync(_client, new Uri(_served.Address, "/v1/events?from=start")).GetAsyncEnumerator();
        Assert.True(await stream.MoveNextAsync());
        Assert.Equal(0, await _served.StopAsync());
        await stream.DisposeAsync();
    }

    private static string Said(ReadEvent one) => one.Name == "job"
        ? $"job {one.Data.GetProperty("number").GetInt32()} {one.Data.GetProperty("status").GetString()}"
        : $"{one.Name} {one.Data.GetProperty("state").GetString()}";

    private async Task<List<ReadEvent>> AllAsync(string path, string? lastId = null)
    {
        var events = new List<ReadEvent>();
        await foreach (var one in ReadEvents.FromAsync(_client, new Uri(_served.Address, path), lastId)) events.Add(one);
        return events;
    }
}
