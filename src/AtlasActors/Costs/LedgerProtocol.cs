using AtlasActors.Batches;

namespace AtlasActors.Costs;

/// <summary>The money of one job as its batch knows it, at its revision.</summary>
internal sealed record JobMoney(int Job, int Revision, string Model, IReadOnlyList<SubmissionMoney> Submissions);

internal static class LedgerCommands
{
    /// <summary>Tells the ledger, once or many times; it counts each change once. <see cref="MoneyTaken"/> is the reply.</summary>
    public sealed record TakeMoney(BatchId Batch, IReadOnlyList<JobMoney> Jobs);
}

internal static class LedgerQueries
{
    /// <summary>A <see cref="LedgerView"/> is the reply.</summary>
    public sealed record GetLedger(BatchId Batch);
}

/// <summary>The ledger has it, durably, at these revisions.</summary>
internal sealed record MoneyTaken(IReadOnlyList<JobRevision> Jobs);

/// <summary>A job and how many of its events were taken in.</summary>
internal sealed record JobRevision(int Job, int Revision);

internal static class LedgerEvents
{
    /// <summary>
    /// The money of one submission is this now. <paramref name="Revision"/>: the job's, at which it was told; null in
    /// journals of before.
    /// </summary>
    public sealed record MoneyCounted(
        BatchId Batch, int Job, string Model, SubmissionMoney Money, DateTimeOffset At, int? Revision = null);
}
