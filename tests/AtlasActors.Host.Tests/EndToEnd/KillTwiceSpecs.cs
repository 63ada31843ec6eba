using AtlasActors.Host.Tests.EndToEnd.Support;
using AtlasActors.Host.Tests.Support;
using Xunit;

namespace AtlasActors.Host.Tests.EndToEnd;

/// <summary><c>kill -9</c> again while it recovers, before it has begun, and when its files appear.</summary>
public sealed class KillTwiceSpecs
{
    [Theory]
    [InlineData("submission 2 taken", "poll 1 arrived")]
    [InlineData("submission 1 taken", "submission 1 taken")]
    [InlineData("poll 3 arrived", "download 1 half")]
    [InlineData("download 1 half", "download 1 half")]
    public async Task Killed_in_its_recovery_it_recovers_from_that(string first, string second)
    {
        await using var runs = await WatchedRuns.StartAsync();
        await runs.KillAsync(Moment.Of(first), "run", "pack.yaml");
        await runs.KillAsync(Moment.Of(second), "resume", "out");
        await runs.FinishAsync("run", "pack.yaml");
        await runs.AssertAllIsAccountedForAsync();
    }

    [Fact]
    public async Task Killed_six_times_on_its_way_it_arrives()
    {
        await using var runs = await WatchedRuns.StartAsync();
        await runs.KillAsync(Moment.Of("poll 1 arrived"), "run", "pack.yaml");
        foreach (var moment in new[] { "poll 1 taken", "poll 2 arrived", "poll 2 taken", "poll 3 arrived", "poll 2 answered" })
            await runs.KillAsync(Moment.Of(moment), "resume", "out");
        await runs.FinishAsync("run", "pack.yaml");
        await runs.AssertAllIsAccountedForAsync();
    }

    [Fact]
    public async Task Killed_when_it_says_what_it_will_do_it_does_it_the_next_time()
    {
        await using var runs = await WatchedRuns.StartAsync();
        var program = runs.Start("run", "pack.yaml");
        await program.SeesAsync("4 jobs");
        Signals.Kill(program);
        await EndAsync(runs, program);
    }

    [Theory]
    [InlineData(".atlas-actors", "journal.db")]
    [InlineData(".atlas-actors", "journal.db-*")]
    [InlineData(".", "manifest.json")]
    public async Task Killed_when_a_file_of_its_own_appears_it_goes_on_from_there(string folder, string file)
    {
        await using var runs = await WatchedRuns.StartAsync();
        Directory.CreateDirectory(Path.Combine(runs.Results.FullPath, ".atlas-actors"));
        using var watcher = new FileSystemWatcher(Path.Combine(runs.Results.FullPath, folder), file);
        var appeared = new TaskCompletionSource();
        watcher.Created += (_, _) => appeared.TrySetResult();
        watcher.Renamed += (_, _) => appeared.TrySetResult();
        watcher.EnableRaisingEvents = true;
        var program = runs.Start("run", "pack.yaml");
        await appeared.Task.WaitAsync(ProgramProcess.Patience);
        Signals.Kill(program);
        await EndAsync(runs, program);
    }

    private static async Task EndAsync(WatchedRuns runs, ProgramProcess killed)
    {
        await killed.EndsAsync();
        await runs.NoteDoubtsAsync();
        await runs.FinishAsync("run", "pack.yaml");
        await runs.AssertAllIsAccountedForAsync();
    }
}
