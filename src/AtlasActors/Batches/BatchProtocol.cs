using AtlasActors.Costs;
using AtlasActors.Hosting;
using AtlasActors.Jobs;

namespace AtlasActors.Batches;

/// <summary>Something that is asked of one batch.</summary>
public interface IBatchCommand
{
    /// <summary>The batch.</summary>
    BatchId Batch { get; }
}

/// <summary>
/// What an actor tells <c>/user/atlas</c> to have something done. A <see cref="BatchView"/> is the reply, or a
/// <c>Status.Failure</c> with a <see cref="Hosting.BatchException"/>, so that <c>Tell</c> and <c>Ask</c> both do.
/// </summary>
public static class BatchCommands
{
    /// <summary>
    /// Records a new batch, durably, and begins to work on it; the reply brings its id. Told again with the same
    /// <paramref name="Id"/>, it goes on with the batch that is there: nothing is made or paid for twice, whoever crashed.
    /// </summary>
    /// <param name="Definition">A batch file, read and found to be in order.</param>
    /// <param name="Budget">The most that may be spent on it, or null.</param>
    /// <param name="Id">An id of the sender's own, such as an order's number; null for a new one.</param>
    public sealed record StartBatch(BatchDefinition Definition, Usd? Budget = null, BatchId? Id = null);

    /// <summary>Goes on with a batch where it was; nothing that Atlas took is submitted again.</summary>
    public sealed record ContinueBatch(BatchId Batch) : IBatchCommand;

    /// <summary>
    /// Goes on with a batch as <see cref="ContinueBatch"/> does, but for one that is paused: it stays so, and only what Atlas
    /// has of it is seen through. For those who take up what was left, asked by no person.
    /// </summary>
    public sealed record TakeUpBatch(BatchId Batch) : IBatchCommand;

    /// <summary>Goes on with a batch, with further attempts for what failed or was refused by the budget.</summary>
    /// <param name="Batch">The batch.</param>
    /// <param name="InDoubt">Also for jobs in doubt, which may be paid for twice.</param>
    /// <param name="Budget">From now on the most that may be spent on the whole batch; null leaves it as it is.</param>
    /// <param name="Jobs">
    /// Only for these, by their numbers, and for cancelled ones among them too; those that need no attempt are left as they
    /// are, and so are those that need what another job did not make and is not to make now. Null for all but the cancelled.
    /// </param>
    public sealed record RetryBatch(
        BatchId Batch, bool InDoubt = false, Usd? Budget = null, IReadOnlyList<int>? Jobs = null) : IBatchCommand;

    /// <summary>
    /// Submits no more, sees through what Atlas has, and then rests, until a person has it go on: over crashes and restarts
    /// too. The reply comes when that is recorded; from then on no call leaves whose intent was not recorded before. A batch
    /// that is finished stays as it is.
    /// </summary>
    public sealed record PauseBatch(BatchId Batch) : IBatchCommand;

    /// <summary>
    /// Cancels jobs. Those that wait end, and those that wait for them; those that Atlas has are paid for: they are seen
    /// through, and come to no further attempt. The reply comes when that is recorded; from then on no call leaves for any of
    /// them whose intent was not recorded before. Jobs that have ended stay as they are.
    /// </summary>
    /// <param name="Batch">The batch. One at rest stays at rest; without anything left to do it is finished.</param>
    /// <param name="Jobs">Their numbers; null for all.</param>
    public sealed record CancelJobs(BatchId Batch, IReadOnlyList<int>? Jobs = null) : IBatchCommand;

    /// <summary>
    /// Fetches again what the batch made and what is not in its place any more. Nothing is generated and nothing is paid; what
    /// Atlas keeps no longer fails. Where all is in its place, nothing happens.
    /// </summary>
    /// <param name="Batch">The batch.</param>
    /// <param name="Verify">Reads every file, to find those whose content has changed too; otherwise lengths are looked at.</param>
    public sealed record RefetchBatch(BatchId Batch, bool Verify = false) : IBatchCommand;

    /// <summary>Stops a batch, resumable; the reply comes when all that is on its way is recorded.</summary>
    public sealed record StopBatch(BatchId Batch) : IBatchCommand;

    /// <summary>
    /// Asks Atlas once for each charge that it has not told yet, and records those that it tells; a
    /// <see cref="ChargesAnswer"/> is the reply, when ledger and manifest have them. The batch may be running or at rest.
    /// </summary>
    /// <param name="Batch">The batch.</param>
    /// <param name="Most">How many charges are asked for, the oldest first.</param>
    /// <param name="Within">After which time what was not answered is left for another day.</param>
    public sealed record CollectCharges(BatchId Batch, int Most, TimeSpan Within) : IBatchCommand;

    /// <summary>
    /// Puts one snapshot in the place of all events of a finished batch, so that its journal is short. Nothing is lost
    /// but the way by which it came to where it is; <see cref="BatchView.Revision"/> stays. Where it is done already,
    /// nothing happens.
    /// </summary>
    public sealed record CompactBatch(BatchId Batch) : IBatchCommand;

    /// <summary>
    /// Removes the files that a finished batch made, and no others; an <see cref="OutputsRemoval"/> is the reply. From
    /// then on nobody misses them: <see cref="RefetchBatch"/> leaves them out, and so do those who ask for them by
    /// name.
    /// </summary>
    public sealed record RemoveOutputs(BatchId Batch) : IBatchCommand;

    /// <summary>Records a new batch under an id and begins to work on it.</summary>
    internal sealed record CreateBatch(BatchId Batch, BatchDefinition Definition, Usd? Budget) : IBatchCommand;
}

/// <summary>
/// What an actor asks <c>/user/atlas</c>. What cannot be answered is answered with a <c>Status.Failure</c> with a
/// <see cref="Hosting.BatchException"/>.
/// </summary>
public static class BatchQueries
{
    /// <summary>How a batch is; a <see cref="BatchAnswer"/> is the reply.</summary>
    public sealed record GetBatch(BatchId Batch) : IBatchCommand;

    /// <summary>
    /// How it and all its jobs are, at one moment; a <see cref="BatchReading"/> is the reply. A batch that is finished is let
    /// go of at once.
    /// </summary>
    public sealed record ReadBatch(BatchId Batch) : IBatchCommand;

    /// <summary>How each of its jobs is; a <see cref="JobsAnswer"/> is the reply.</summary>
    public sealed record GetJobs(BatchId Batch) : IBatchCommand;

    /// <summary>
    /// What its submissions cost, from its own journal: what the ledger counts when it has heard all of it. A
    /// <see cref="LedgerView"/> is the reply.
    /// </summary>
    public sealed record GetCosts(BatchId Batch) : IBatchCommand;

    /// <summary>What a command would do to which jobs; nothing is done. A <see cref="BatchPreview"/> is the reply.</summary>
    /// <param name="Batch">The batch.</param>
    /// <param name="Action">What would be asked.</param>
    /// <param name="Jobs">Of which jobs, by their numbers; null for all.</param>
    /// <param name="InDoubt">With <see cref="BatchAction.Retry"/>: also of jobs in doubt.</param>
    public sealed record GetPreview(
        BatchId Batch, BatchAction Action, IReadOnlyList<int>? Jobs = null, bool InDoubt = false) : IBatchCommand;

    /// <summary>
    /// The sender is told how the batch goes, by <see cref="BatchNotice"/>s: first the ends that jobs came to since the
    /// batch was taken up, then how it is, then all that happens, over stops and restarts of the batch, until the sender
    /// unwatches it or ends. A <c>Status.Failure</c> ends the watch too: there is no such batch, or it failed for good.
    /// </summary>
    public sealed record WatchBatch(BatchId Batch) : IBatchCommand;

    /// <summary>The sender is told no more; notices that are on their way may still come.</summary>
    public sealed record UnwatchBatch(BatchId Batch) : IBatchCommand;
}

/// <summary>How a batch is.</summary>
/// <param name="Batch">The batch; null when the journal has nothing of it: the program ended before its first event was written.</param>
public sealed record BatchAnswer(BatchView? Batch);

/// <summary>How the jobs of a batch are.</summary>
/// <param name="Jobs">All of them, in the file's order.</param>
public sealed record JobsAnswer(IReadOnlyList<JobView> Jobs);

/// <summary>A batch and all its jobs at one moment.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Jobs">All of them, in the file's order.</param>
public sealed record BatchReading(BatchView Batch, IReadOnlyList<JobView> Jobs);

/// <summary>What was removed of what a batch had made.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Files">How many files; those that were not there, or were others by then, do not count.</param>
/// <param name="Bytes">Their lengths.</param>
public sealed record OutputsRemoval(BatchView Batch, int Files, long Bytes);

internal static class BatchEvents
{
    /// <summary>A batch was taken on. What is optional is null where the file says nothing, and in journals of before.</summary>
    public sealed record BatchCreated(
        BatchId Batch, DateTimeOffset At, string Source, string Fingerprint, string Endpoint, int MaxWorkers, Usd? Budget,
        IReadOnlyList<SkippedJob> Skipped, IReadOnlyDictionary<string, string>? Labels = null, BatchPriority? Priority = null,
        BatchWebhook? Webhook = null);

    /// <summary>From now on this is the most that may be spent on the whole batch.</summary>
    public sealed record BudgetSet(DateTimeOffset At, Usd Budget);

    /// <summary>Some of its jobs, in the file's order; many jobs come in several of these.</summary>
    public sealed record JobsPlanned(IReadOnlyList<PlannedJob> Jobs) : IPackedInJournal;

    /// <summary>Atlas has a file of this content, and its jobs need not bring it again.</summary>
    public sealed record InputUploaded(DateTimeOffset At, string Sha256, string Url);

    /// <summary>A person paused it: nothing more is submitted until one has it go on.</summary>
    public sealed record BatchPaused(DateTimeOffset At);

    /// <summary>A person has it go on.</summary>
    public sealed record BatchUnpaused(DateTimeOffset At);

    /// <summary>
    /// No more is wanted of these jobs, or of all where there are none: those that waited have ended by this, those that Atlas
    /// has come to no further attempt.
    /// </summary>
    public sealed record CancellationAsked(DateTimeOffset At, IReadOnlyList<int>? Jobs = null);

    /// <summary>
    /// What its jobs had made until then was removed: nobody misses it, and nothing of it is fetched again.
    /// </summary>
    public sealed record OutputsRemoved(DateTimeOffset At);

    /// <summary>Nothing is left to be done, and ledger and manifest have all of it.</summary>
    public sealed record BatchSettled(DateTimeOffset At);
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
