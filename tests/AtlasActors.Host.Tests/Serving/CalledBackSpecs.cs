using AtlasActors.Host.Tests.EndToEnd.Support;
using AtlasActors.Host.Tests.Serving.Support;
using AtlasActors.Host.Tests.Support;
using Xunit;

namespace AtlasActors.Host.Tests.Serving;

/// <summary>The real program, and an Atlas that calls back: answers that are lost, programs that are killed.</summary>
public sealed class CalledBackSpecs
{
    private static readonly Moment Taken = Moment.Of("submission 1 taken");

    [Fact]
    public async Task A_submission_whose_answer_was_cut_is_found_and_ends_well_and_is_paid_once()
    {
        await using var runs = await ServedRuns.StartAsync();
        runs.Gateway.At = moment => Task.FromResult(moment == Taken ? Deed.Cut : Deed.PassOn);
        await runs.ServeAsync();
        var batch = await runs.BeginAsync("a lake");
        await runs.RestsAsync(batch, "in_doubt", 1);
        runs.Entrance.Open();
        runs.AssertPaidOnce(await runs.RestsAsync(batch, "succeeded", 1), 1);
    }

    [Fact]
    public async Task Called_for_before_its_answer_is_cut_it_is_never_in_doubt()
    {
        await using var runs = await ServedRuns.StartAsync();
        runs.Entrance.Open();
        runs.Gateway.At = async moment =>
        {
            if (moment != Taken) return Deed.PassOn;
            await runs.Entrance.TakenAsync();
            return Deed.Cut;
        };
        var program = await runs.ServeAsync();
        var batch = await runs.BeginAsync("a lake");
        runs.AssertPaidOnce(await runs.RestsAsync(batch, "succeeded", 1), 1);
        Assert.Empty(program.Error);
    }

    [Fact]
    public async Task Killed_between_intent_and_answer_it_finds_what_it_submitted_when_Atlas_calls()
    {
        await using var runs = await ServedRuns.StartAsync();
        var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = new TaskCompletionSource<ProgramProcess>();
        runs.Gateway.At = async moment =>
        {
            if (moment != Taken || killed.Task.IsCompleted) return Deed.PassOn;
            Signals.Kill(await started.Task);
            killed.SetResult();
            return Deed.Cut;
        };
        var program = await runs.ServeAsync();
        var batch = await runs.BeginAsync("a lake", "a tea house", "a winter sea");
        // Not before: who sends the batch must have its answer.
        started.SetResult(program);
        await killed.Task.WaitAsync(ProgramProcess.Patience);
        await program.EndsAsync();
        await runs.Gateway.QuietAsync();

        await runs.ServeAsync();
        runs.Entrance.Open();
        runs.AssertPaidOnce(await runs.RestsAsync(batch, "succeeded", 3), 3);
    }

    [Fact]
    public async Task Asked_to_end_while_an_answer_is_awaited_it_records_it_and_goes_on_at_the_next_start()
    {
        await using var runs = await ServedRuns.StartAsync();
        runs.Entrance.Open();
        var started = new TaskCompletionSource<ProgramProcess>();
        runs.Gateway.At = async moment =>
        {
            if (moment != Taken) return Deed.PassOn;
            Signals.Terminate(await started.Task);
            await (await started.Task).SeesAsync("Stopping");
            return Deed.PassOn;
        };
        var program = await runs.ServeAsync();
        var batch = await runs.BeginAsync("a lake");
        started.SetResult(program);
        var code = await program.EndsAsync();
        Assert.True(code == 0, $"{code}: {program.Out} {program.Error}");

        await runs.ServeAsync();
        runs.AssertPaidOnce(await runs.RestsAsync(batch, "succeeded", 1), 1);
    }

    [Fact]
    public async Task Calls_that_are_forged_stale_or_repeated_count_once_and_when_they_are_right()
    {
        await using var runs = await ServedRuns.StartAsync();
        runs.Entrance.Open();
        await runs.ServeAsync();
        var batch = await runs.BeginAsync(
            "a lake [webhook-twice]", "a tea house [webhook-forged:1]", "a winter sea [webhook-skewed:1]", "a bridge [webhook-unknown-key:1]");
        runs.AssertPaidOnce(await runs.RestsAsync(batch, "succeeded", 4), 4);
        Assert.All(runs.Entrance.Answers, status => Assert.True(status is 204 or 401, $"{status}"));
        Assert.Equal(3, runs.Entrance.Answers.Count(status => status == 401));
    }

    [Fact]
    public async Task With_the_simulator_inside_it_is_called_too_and_ends_on_Ctrl_C()
    {
        await using var runs = await ServedRuns.StartAsync();
        var program = await runs.RehearseAsync();
        var batch = await runs.BeginAsync("a lake", "a tea house");
        var end = await runs.RestsAsync(batch, "succeeded", 2);
        Assert.Equal("simulator", end.GetProperty("endpoint").GetString());
        program.Interrupt();
        Assert.Equal(0, await program.EndsAsync());
        Assert.Empty(program.Error);
    }
}
