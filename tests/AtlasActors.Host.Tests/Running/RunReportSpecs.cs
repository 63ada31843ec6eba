using AtlasActors.Batches;
using AtlasActors.Host.Running;
using AtlasActors.Host.Settings;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Jobs;
using Xunit;

namespace AtlasActors.Host.Tests.Running;

public sealed class RunReportSpecs
{
    [Theory]
    [InlineData(ExitCode.Succeeded, JobStage.Succeeded)]
    [InlineData(ExitCode.SomeFailed, JobStage.Failed)]
    [InlineData(ExitCode.SomeFailed, JobStage.InDoubt)]
    [InlineData(ExitCode.SomeFailed, JobStage.Overdue)]
    [InlineData(ExitCode.SomeFailed, JobStage.Cancelled)]
    [InlineData(ExitCode.BudgetReached, JobStage.Refused)]
    [InlineData(ExitCode.BudgetReached, JobStage.Refused, JobStage.Failed)]
    internal void A_finished_batch_exits_by_how_its_jobs_ended(ExitCode expected, params JobStage[] stages)
    {
        var jobs = stages.Select((stage, i) => Views.Job(i + 2, stage)).Prepend(Views.Done(1)).ToList();
        Assert.Equal(expected, Report(BatchPhase.Finished, jobs).ExitCode);
    }

    [Theory]
    [InlineData(HaltReason.KeyRefused, ExitCode.AccountRefused)]
    [InlineData(HaltReason.OutOfBalance, ExitCode.AccountRefused)]
    [InlineData(HaltReason.BudgetReached, ExitCode.BudgetReached)]
    [InlineData(HaltReason.DiskRefused, ExitCode.Fault)]
    [InlineData(HaltReason.JournalFailed, ExitCode.Fault)]
    [InlineData(HaltReason.Paused, ExitCode.Interrupted)]
    internal void A_halted_batch_exits_by_why(HaltReason reason, ExitCode expected) =>
        Assert.Equal(expected, Report(BatchPhase.Halted, [Views.Job(1, JobStage.Queued)], reason).ExitCode);

    [Fact]
    public void A_stopped_batch_was_interrupted() =>
        Assert.Equal(
            ExitCode.Interrupted, Report(BatchPhase.Idle, [Views.Done(1), Views.Job(2, JobStage.Queued)]).ExitCode);

    [Theory]
    [InlineData(BatchPhase.Idle, JobStage.Queued, "atlas-actors resume 'my results'")]
    [InlineData(BatchPhase.Halted, JobStage.Queued, "atlas-actors resume 'my results'")]
    [InlineData(BatchPhase.Finished, JobStage.Failed, "atlas-actors retry 'my results'")]
    [InlineData(BatchPhase.Finished, JobStage.Refused, "atlas-actors retry 'my results'")]
    [InlineData(BatchPhase.Finished, JobStage.Overdue, "atlas-actors resume 'my results'")]
    [InlineData(BatchPhase.Finished, JobStage.InDoubt, "atlas-actors retry 'my results' --in-doubt")]
    [InlineData(BatchPhase.Finished, JobStage.Cancelled, null)]
    [InlineData(BatchPhase.Finished, JobStage.Succeeded, null)]
    [InlineData(BatchPhase.Running, JobStage.Queued, null)]
    public void The_command_to_go_on_fits_what_is_left(BatchPhase phase, JobStage stage, string? command) =>
        Assert.Equal(command, Report(phase, [Views.Job(1, stage)]).Next);

    [Fact]
    public void Models_are_listed_dearest_first_then_by_name()
    {
        var report = Report(
            BatchPhase.Finished,
            [
                Views.Done(1, model: "b/x", cost: 0.05m), Views.Done(2, model: "a/x", cost: 0.05m),
                Views.Done(3, model: "c/x", cost: 0.01m), Views.Done(4, model: "c/x", cost: 0.20m),
            ]);
        Assert.Equal(["c/x", "a/x", "b/x"], report.ByModel.Select(model => model.Model));
        Assert.Equal(0.21m, report.ByModel[0].Cost.Amount);
    }

    private static RunReport Report(BatchPhase phase, IReadOnlyList<JobView> jobs, HaltReason? halt = null) => new(
        Views.Batch(phase, jobs, halt), jobs, [], StateFolder.Of("my results", "/"), TimeSpan.FromSeconds(5));
}
