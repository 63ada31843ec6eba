using AtlasActors.Costs;
using AtlasActors.Jobs;

namespace AtlasActors.Batches;

/// <summary>Something that is asked of one batch.</summary>
internal interface IBatchCommand
{
    BatchId Batch { get; }
}

internal static class BatchCommands
{
    /// <summary>Records a new batch and begins to work on it; a <see cref="BatchView"/> is the reply.</summary>
    public sealed record CreateBatch(BatchId Batch, BatchDefinition Definition, Usd? Budget) : IBatchCommand;

    /// <summary>Goes on with a batch; a <see cref="BatchView"/> is the reply.</summary>
    public sealed record ContinueBatch(BatchId Batch) : IBatchCommand;

    /// <summary>Goes on with a batch, with further attempts for what failed; a <see cref="BatchView"/> is the reply.</summary>
    public sealed record RetryBatch(BatchId Batch, bool InDoubt, Usd? Budget) : IBatchCommand;

    /// <summary>Stops a batch; a <see cref="BatchView"/> is the reply, when everything is recorded.</summary>
    public sealed record StopBatch(BatchId Batch) : IBatchCommand;
}

internal static class BatchQueries
{
    /// <summary>A <see cref="BatchAnswer"/> is the reply.</summary>
    public sealed record GetBatch(BatchId Batch) : IBatchCommand;

    /// <summary>A <see cref="JobsAnswer"/> is the reply.</summary>
    public sealed record GetJobs(BatchId Batch) : IBatchCommand;

    /// <summary>The sender is told every <see cref="BatchNotice"/> from now on.</summary>
    public sealed record WatchBatch(BatchId Batch) : IBatchCommand;
}

/// <summary>A batch; null when the journal has nothing of it: the program ended before its first event was written.</summary>
internal sealed record BatchAnswer(BatchView? Batch);

internal sealed record JobsAnswer(IReadOnlyList<JobView> Jobs);

internal static class BatchEvents
{
    /// <summary>A batch was taken on.</summary>
    public sealed record BatchCreated(
        BatchId Batch, DateTimeOffset At, string Source, string Fingerprint, string Endpoint, int MaxWorkers, Usd? Budget,
        IReadOnlyList<SkippedJob> Skipped);

    /// <summary>From now on this is the most that may be spent on the whole batch.</summary>
    public sealed record BudgetSet(DateTimeOffset At, Usd Budget);

    /// <summary>Some of its jobs, in the file's order; many jobs come in several of these.</summary>
    public sealed record JobsPlanned(IReadOnlyList<PlannedJob> Jobs);
}

/// <summary>What a coordinator tells its supervisor.</summary>
internal static class BatchReports
{
    /// <summary>Its journal is read; it can be asked.</summary>
    public sealed record BatchRecovered(BatchId Batch, bool IsUnfinished);

    /// <summary>Its journal can't be read or written; the coordinator ends.</summary>
    public sealed record BatchBroken(BatchId Batch, string Message);

    /// <summary>It works no more: stopped, halted or finished.</summary>
    public sealed record BatchClosed(BatchId Batch);
}
