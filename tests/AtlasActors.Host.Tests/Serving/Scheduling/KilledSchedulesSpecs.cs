using System.Globalization;
using System.Text.Json;
using AtlasActors.Host.Serving.Scheduling;
using AtlasActors.Host.Tests.EndToEnd.Support;
using AtlasActors.Host.Tests.Serving.Support;
using AtlasActors.Host.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace AtlasActors.Host.Tests.Serving.Scheduling;

/// <summary>The real program with a schedule of every other second, killed and stopped again and again.</summary>
public sealed class KilledSchedulesSpecs(ITestOutputHelper output)
{
    private const string Pack = """
        jobs:
          - { name: One, type: image, model: black-forest-labs/flux-2-pro/text-to-image, prompt: a lake, width: 64, height: 64 }
        """;

    [Fact]
    public async Task Killed_and_stopped_again_and_again_each_instant_has_one_batch_and_each_batch_one_submission()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"Seed {seed}.");
        var chance = new Random(seed);
        await using var runs = await ServedRuns.StartAsync();
        runs.Entrance.Open();
        await runs.WriteAsync("pack.yaml", Pack);
        await runs.WriteAsync("service.conf", """
            atlas-service.schedules = [ { name = tick, cron = "*/2 * * * * *", file = pack.yaml, overlap = allow, misfire = all } ]
            """);
        var program = await runs.ServeAsync("--config", "service.conf");
        using var ledger = new LedgerWrites(Path.Combine(runs.Out, ".atlas-actors"));
        foreach (var isKill in new[] { true, false, true, true })
        {
            var before = (await TicksAsync(runs)).Count;
            await UntilAsync(runs, batches => batches.Count > before);
            // Each write of the ledger is one of three of a firing: decided, begun, known.
            await ledger.WrittenAsync(chance.Next(1, 10));
            if (isKill) Signals.Kill(program);
            else Signals.Terminate(program);
            Assert.True(await program.EndsAsync() == 0 || isKill, program.Error);
            program = await runs.ServeAsync("--config", "service.conf");
        }
        Assert.Equal(200, await runs.DoAsync("/v1/schedules/tick/pause"));

        var all = await UntilAsync(runs, batches => batches.All(batch => Text(batch, "state") == "finished"));
        var ids = all.Select(batch => Text(batch, "id")).Order(StringComparer.Ordinal).ToList();
        output.WriteLine($"{ids.Count} batches, {runs.Seen.SubmitRequests} submissions.");
        Assert.Equal(InstantsFrom(ids[0], ids[^1]).Select(instant => Firing.IdOf("tick", instant).Value), ids);
        Assert.InRange(runs.Seen.SubmitRequests, Count(all, "succeeded"), ids.Count);
        Assert.Equal(ids.Count, Count(all, "succeeded") + Count(all, "in_doubt"));
        var last = (await runs.GetAsync("/v1/schedules")).GetProperty("schedules")[0].GetProperty("last");
        Assert.Equal(("started", ids[^1]), (Text(last, "state"), Text(last, "batch")));
    }

    private static async Task<IReadOnlyList<JsonElement>> UntilAsync(ServedRuns runs, Func<IReadOnlyList<JsonElement>, bool> isSo)
    {
        using var limit = new CancellationTokenSource(ProgramProcess.Patience);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            var batches = await TicksAsync(runs);
            if (isSo(batches)) return batches;
            await ticks.WaitForNextTickAsync(limit.Token);
        }
    }

    /// <summary>The batches of the schedule, by its label.</summary>
    private static async Task<IReadOnlyList<JsonElement>> TicksAsync(ServedRuns runs)
    {
        var (all, cursor) = (new List<JsonElement>(), (string?)"");
        while (cursor is not null)
        {
            var page = await runs.GetAsync($"/v1/batches?label=schedule:tick{cursor}");
            all.AddRange(page.GetProperty("batches").EnumerateArray());
            cursor = page.GetProperty("next").GetString() is { } next ? $"&cursor={next}" : null;
        }
        return all;
    }

    private static IEnumerable<DateTimeOffset> InstantsFrom(string first, string last)
    {
        for (var instant = InstantOf(first); instant <= InstantOf(last); instant += TimeSpan.FromSeconds(2)) yield return instant;
    }

    private static DateTimeOffset InstantOf(string id) => DateTimeOffset.ParseExact(
        id.Split('z')[0], "yyyyMMdd-HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static int Count(IEnumerable<JsonElement> batches, string stage) =>
        batches.Sum(batch => batch.GetProperty("counts").TryGetProperty(stage, out var count) ? count.GetInt32() : 0);

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;

    /// <summary>Sees the ledger's file grow.</summary>
    private sealed class LedgerWrites : IDisposable
    {
        private readonly FileSystemWatcher _watcher;
        private readonly SemaphoreSlim _writes = new(0);

        public LedgerWrites(string folder)
        {
            _watcher = new FileSystemWatcher(folder, "schedules.db-wal") { NotifyFilter = NotifyFilters.Size | NotifyFilters.LastWrite };
            _watcher.Changed += (_, _) => _writes.Release();
            _watcher.EnableRaisingEvents = true;
        }

        /// <summary>Completes at once after so many more writes.</summary>
        public async Task WrittenAsync(int number)
        {
            while (_writes.Wait(0)) continue;
            for (var i = 0; i < number; i++)
                Assert.True(await _writes.WaitAsync(ProgramProcess.Patience), "Nothing is written any more.");
        }

        public void Dispose()
        {
            _watcher.Dispose();
            _writes.Dispose();
        }
    }
}
