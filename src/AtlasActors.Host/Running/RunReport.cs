using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Host.Settings;
using AtlasActors.Jobs;

namespace AtlasActors.Host.Running;

/// <summary>
/// What came of a run, as far as it came: all that summary, JSON document and exit code are made from.
/// </summary>
/// <param name="Batch">The batch at the end.</param>
/// <param name="Jobs">All its jobs.</param>
/// <param name="Skipped">Jobs of the file that were left out.</param>
/// <param name="Folder">Where it lies.</param>
/// <param name="Duration">How long this run took; null when it did nothing.</param>
internal sealed record RunReport(
    BatchView Batch, IReadOnlyList<JobView> Jobs, IReadOnlyList<SkippedJob> Skipped, StateFolder Folder,
    TimeSpan? Duration)
{
    /// <summary>What the program exits with.</summary>
    public ExitCode ExitCode => Batch.Halt switch
    {
        HaltReason.KeyRefused or HaltReason.OutOfBalance => ExitCode.AccountRefused,
        HaltReason.BudgetReached => ExitCode.BudgetReached,
        HaltReason.DiskRefused or HaltReason.JournalFailed => ExitCode.Fault,
        HaltReason.Paused => ExitCode.Interrupted,
        null when Batch.Phase != BatchPhase.Finished => ExitCode.Interrupted,
        null when Batch.Count(JobStage.Refused) > 0 => ExitCode.BudgetReached,
        null => Batch.Count(JobStage.Succeeded) == Batch.Total ? ExitCode.Succeeded : ExitCode.SomeFailed,
        var other => throw new InvalidOperationException($"No exit code for a batch halted by {other}."),
    };

    /// <summary>The command that goes on from here; null where nothing is left to do, or somebody does it.</summary>
    public string? Next
    {
        get
        {
            var folder = ShellWord.Of(Folder.Shown);
            if (Batch.Phase is BatchPhase.Running or BatchPhase.Stopping)
                return null;
            if (Batch.Phase != BatchPhase.Finished)
                return $"atlas-actors resume {folder}";
            if (Batch.Count(JobStage.Failed) + Batch.Count(JobStage.Refused) > 0)
                return $"atlas-actors retry {folder}";
            if (Batch.Count(JobStage.Overdue) > 0)
                return $"atlas-actors resume {folder}";
            return Batch.Count(JobStage.InDoubt) > 0 ? $"atlas-actors retry {folder} --in-doubt" : null;
        }
    }

    /// <summary>What each model has cost, dearest first; models that cost nothing included.</summary>
    public IReadOnlyList<ModelCost> ByModel =>
    [
        .. Jobs.GroupBy(job => job.Model)
            .Select(jobs => new ModelCost(
                jobs.Key, jobs.Count(), jobs.Count(job => job.Stage == JobStage.Succeeded),
                jobs.Select(job => job.Cost).Sum(), jobs.Select(job => job.Unconfirmed).Sum()))
            .OrderByDescending(model => model.Cost)
            .ThenBy(model => model.Model, StringComparer.Ordinal),
    ];
}

/// <summary>What one model has cost in a batch, and how much of it Atlas has not told.</summary>
internal sealed record ModelCost(string Model, int Jobs, int Succeeded, Usd Cost, Usd Unconfirmed);
