using AtlasActors.Batches;
using AtlasActors.Host.Serving;
using AtlasActors.Host.Tests.EndToEnd.Support;
using AtlasActors.Host.Tests.Serving.Support;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Jobs;
using Xunit;
using ManualClock = AtlasActors.Host.Tests.Simulator.Support.ManualClock;

namespace AtlasActors.Host.Tests.Serving;

/// <summary>A stop has a time limit of its own.</summary>
public sealed class StopWithinSpecs
{
    [Theory]
    [InlineData(100, 90)]
    [InlineData(40, 30)]
    [InlineData(4, 3)]
    [InlineData(3600, 3590)]
    public void Most_of_the_time_is_for_answers(int within, int answers) =>
        Assert.Equal(TimeSpan.FromSeconds(answers), StopPlan.ForAnswers(TimeSpan.FromSeconds(within)));

    [Fact]
    public async Task What_has_no_answer_in_time_is_told_with_how_much_it_is()
    {
        await using var served = await new ServedBatches().StartAsync("--stop-within", "20s");
        served.Batches.Known.Add(Views.Batch(
            BatchPhase.Stopping, [Views.Job(1, JobStage.Submitting), Views.Job(2, JobStage.Submitting), Views.Job(3, JobStage.Queued)], id: "slow"));
        served.Batches.Unstoppable = [BatchId.Parse("slow")];

        Assert.Equal(0, await served.StopAsync());

        Assert.Equal(TimeSpan.FromSeconds(15), served.Batches.StopWithin);
        Assert.Contains(
            "2 submissions were not answered within 15.0s: what Atlas took of it is in doubt at the next start.", served.Out, StringComparison.Ordinal);
        Assert.EndsWith("Stopped.", served.Out.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_holds_the_stop_up_it_ends_at_its_limit()
    {
        var (clock, never) = (new ManualClock(), new TaskCompletionSource());
        await using var served = await new ServedBatches { Clock = clock }.StartAsync("--stop-within", "20s");
        served.Batches.Stopping = never.Task;
        served.Signal();
        await served.SeesAsync("Stopping");

        var ended = served.EndedAtOnce;
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (; !ended.IsCompleted; await ticks.WaitForNextTickAsync())
            clock.Advance(TimeSpan.FromSeconds(20));

        await ended;
        Assert.Contains("The stop has taken 20 s and is ended", served.Errors, StringComparison.Ordinal);
        never.SetResult();
    }

    [Fact]
    public async Task A_service_ends_though_Atlas_never_answers_and_pays_and_attempts_nothing_twice()
    {
        await using var runs = await ServedRuns.StartAsync();
        // A stop that waited for the answer would wait for a quarter of an hour.
        runs.With("ATLAS_SUBMIT_TIMEOUT", "600");
        runs.Entrance.Open();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        runs.Gateway.At = moment =>
        {
            if (moment is not { Kind: RequestKind.Submission, Number: 2, Point: Point.Arrived }) return Task.FromResult(Deed.PassOn);
            asked.TrySetResult();
            return Task.FromResult(Deed.Hang);
        };
        // 30 s of it are for the answer, and the rest is long enough to end on a machine that has much else to do.
        var program = await runs.ServeAsync("--stop-within", "40s");
        var id = await runs.BeginAsync("one", "two", "three");
        await asked.Task.WaitAsync(ProgramProcess.Patience);

        Signals.Terminate(program);

        Assert.Equal(0, await program.EndsAsync());
        Assert.Contains("1 submission was not answered within 30.0s", program.Out, StringComparison.Ordinal);
        Assert.Contains("Stopped.", program.Out, StringComparison.Ordinal);

        runs.Gateway.At = _ => Task.FromResult(Deed.PassOn);
        await runs.ServeAsync();
        var batch = await runs.RestsAsync(id, "in_doubt", 1);
        Assert.Equal(2, batch.GetProperty("counts").GetProperty("succeeded").GetInt32());
        Assert.Equal(2, runs.Seen.Submissions.Count);
        var money = batch.GetProperty("money");
        Assert.Equal(runs.Seen.Charged, money.GetProperty("charged").GetDecimal());
        Assert.Equal(0.04m, money.GetProperty("in_doubt").GetDecimal());
        var jobs = (await runs.GetAsync($"/v1/batches/{id}/jobs")).GetProperty("jobs").EnumerateArray();
        Assert.All(jobs, job => Assert.Equal(1, job.GetProperty("attempts").GetInt32()));
    }
}
