using AtlasActors.Host.Tests.EndToEnd.Support;
using AtlasActors.Host.Tests.Support;
using Xunit;

namespace AtlasActors.Host.Tests.EndToEnd;

/// <summary>SIGTERM and SIGINT at chosen moments of a run, and two runs at once.</summary>
public sealed class StopSpecs
{
    [Theory]
    [InlineData("submission 1 taken")]
    [InlineData("submission 3 arrived")]
    [InlineData("poll 3 arrived")]
    [InlineData("download 2 half")]
    public async Task Asked_to_end_it_records_what_is_under_way_and_the_next_run_ends_it(string moment)
    {
        await using var runs = await WatchedRuns.StartAsync();
        var started = new TaskCompletionSource<ProgramProcess>();
        runs.At(async now =>
        {
            if (now == Moment.Of(moment))
            {
                var running = await started.Task;
                Signals.Terminate(running);
                await running.SeesAsync("Stopping");
            }
            return Deed.PassOn;
        });
        var program = runs.Start("run", "pack.yaml");
        started.SetResult(program);
        var code = await program.EndsAsync();
        Assert.True(code == 130, $"{code}: {program.Out} {program.Error}");
        Assert.Contains("Go on by: atlas-actors resume out", program.Out, StringComparison.Ordinal);
        Assert.Empty(program.Error);
        // A stop leaves nothing in doubt: it waits for answers that are on their way.
        await runs.NoteDoubtsAsync();
        Assert.Empty(runs.InDoubt);
        await runs.FinishAsync("run", "pack.yaml");
        await runs.AssertAllIsAccountedForAsync();
    }

    [Fact]
    public async Task Of_two_runs_in_one_folder_the_second_is_sent_away_and_the_first_ends()
    {
        await using var runs = await WatchedRuns.StartAsync();
        var there = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        runs.At(async now =>
        {
            if (now == Moment.Of("submission 2 taken"))
            {
                there.SetResult();
                await go.Task;
            }
            return Deed.PassOn;
        });
        var first = runs.Start("run", "pack.yaml");
        await there.Task.WaitAsync(ProgramProcess.Patience);
        var seconds = await Task.WhenAll(runs.RunAsync("run", "pack.yaml"), runs.RunAsync("resume", "out"));
        go.SetResult();
        Assert.All(seconds, second => Sentence.AssertIs(2, $"process {first.Id} is at work", second));
        Assert.True(await first.EndsAsync() == 0, first.Out + first.Error);
        await runs.AssertAllIsAccountedForAsync();
    }
}
