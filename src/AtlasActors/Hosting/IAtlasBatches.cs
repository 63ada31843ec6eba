using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Gate;

namespace AtlasActors.Hosting;

/// <summary>
/// Batches, for those who have no wish to hold an actor. All members may be called from any thread; they throw
/// <see cref="BatchException"/>, with a sentence for people, when what was asked cannot be done.
/// </summary>
public interface IAtlasBatches
{
    /// <summary>Records a batch, durably, and begins to work on it.</summary>
    /// <exception cref="BudgetException">A budget of the configuration has no room for all of it.</exception>
    Task<BatchView> StartAsync(BatchDefinition definition, Usd? budget = null, CancellationToken cancellation = default);

    /// <summary>
    /// The same under an id of the caller's own, such as an order's number. Told again with the same id and the same
    /// definition, it goes on with the batch that is there.
    /// </summary>
    Task<BatchView> StartAsync(
        BatchId id, BatchDefinition definition, Usd? budget = null, CancellationToken cancellation = default);

    /// <summary>Goes on with a batch where it was. Overdue jobs get their whole wait again; nothing that Atlas took is submitted again.</summary>
    Task<BatchView> ResumeAsync(BatchId id, CancellationToken cancellation = default);

    /// <summary>
    /// Goes on with a batch as <see cref="ResumeAsync"/> does, but for one that is paused: it stays so, and only what Atlas has
    /// of it is seen through. For a host that takes up at its start what was left.
    /// </summary>
    Task<BatchView> TakeUpAsync(BatchId id, CancellationToken cancellation = default);

    /// <summary>
    /// Submits no more, sees through what Atlas has, and then rests, until <see cref="ResumeAsync"/> or a retry has it go on:
    /// over crashes and restarts too. Completes when that is recorded; the view has <see cref="HaltReason.Paused"/>, and its
    /// phase is Running as long as there is something to see through. A batch that is finished stays as it is.
    /// </summary>
    Task<BatchView> PauseAsync(BatchId id, CancellationToken cancellation = default);

    /// <summary>
    /// Cancels jobs, by their numbers; null for all. Those that wait end, and those that wait for them; those that Atlas has
    /// are paid for: they are seen through, and come to no further attempt. Completes when that is recorded: from then on no call
    /// leaves for any of them whose intent was not recorded before. Jobs that have ended stay as they are, and a batch at rest
    /// stays at rest; without anything left to do it is finished.
    /// </summary>
    Task<BatchView> CancelAsync(BatchId id, IReadOnlyList<int>? jobs = null, CancellationToken cancellation = default);

    /// <summary>
    /// What an action would do to which jobs, and what it may cost; nothing is done. <paramref name="jobs"/> as the action
    /// takes them, null for all; <paramref name="inDoubt"/> for a retry of jobs in doubt, too.
    /// </summary>
    Task<BatchPreview> PreviewAsync(
        BatchId id, BatchAction action, IReadOnlyList<int>? jobs = null, bool inDoubt = false,
        CancellationToken cancellation = default);

    /// <summary>
    /// Goes on with a batch, with further attempts for jobs that failed or were refused by the budget, and where
    /// <paramref name="inDoubt"/> for jobs in doubt too (they may be paid for twice). <paramref name="budget"/>, where it is
    /// given, is from now on the most that may be spent on the whole batch.
    /// </summary>
    Task<BatchView> RetryAsync(BatchId id, bool inDoubt = false, Usd? budget = null, CancellationToken cancellation = default);

    /// <summary>
    /// As <see cref="RetryAsync"/>, with further attempts only for those of <paramref name="jobs"/>, by their numbers, that
    /// failed, were refused or were cancelled, and where <paramref name="inDoubt"/> are in doubt. The others of them are left
    /// as they are, and so is one that needs what another job did not make and is not to make now.
    /// </summary>
    Task<BatchView> RetryJobsAsync(
        BatchId id, IReadOnlyList<int> jobs, bool inDoubt = false, Usd? budget = null, CancellationToken cancellation = default);

    /// <summary>
    /// Fetches again what a batch made and what is not in its place any more; with <paramref name="verify"/> what has another
    /// content, too. Nothing is generated or paid; what Atlas keeps no longer fails. At rest it stays where all is in its place.
    /// </summary>
    Task<BatchView> RefetchAsync(BatchId id, bool verify = false, CancellationToken cancellation = default);

    /// <summary>
    /// Puts one snapshot in the place of all events of a finished batch, so that its journal is short and soon read.
    /// Nothing is lost but the way by which it came to where it is: it can be looked at and gone on with as before, and
    /// <see cref="BatchView.Revision"/> stays. One that is not finished is refused.
    /// </summary>
    Task<BatchView> CompactAsync(BatchId id, CancellationToken cancellation = default);

    /// <summary>
    /// Removes the files that a finished batch made: those by its own records, as long as they were made, and no
    /// others. <see cref="BatchView.OutputsRemovedAt"/> says so from then on, and <see cref="RefetchAsync"/> leaves
    /// them out. One that is not finished is refused.
    /// </summary>
    Task<OutputsRemoval> RemoveOutputsAsync(BatchId id, CancellationToken cancellation = default);

    /// <summary>Submits no more, lets what is on its way to Atlas be answered and recorded, and leaves the batch resumable.</summary>
    Task<BatchView> StopAsync(BatchId id, CancellationToken cancellation = default);

    /// <summary>Stops all that are at work, as <see cref="StopAsync"/> does each.</summary>
    Task StopAllAsync(CancellationToken cancellation = default);

    /// <summary>
    /// The same, for no longer than <paramref name="within"/>: returns the batches that have not stopped by then. What of them
    /// is submitted and not answered is recorded as such, and is in doubt at the next start. The actor system's own end waits
    /// for no answers after that, unless something is taken up again.
    /// </summary>
    Task<IReadOnlyList<BatchId>> StopAllAsync(TimeSpan within, CancellationToken cancellation = default);

    /// <summary>The ids of the batches in this journal, oldest first. None of them is read for it.</summary>
    Task<IReadOnlyList<BatchId>> ListIdsAsync(CancellationToken cancellation = default);

    /// <summary>
    /// How many events each batch's journal has, as <see cref="BatchView.Revision"/> counts them; none of them is read for
    /// it. A batch of which somebody keeps a view with this revision is as that view says, except that nobody works on it.
    /// One whose journal cannot be read is left out.
    /// </summary>
    Task<IReadOnlyDictionary<BatchId, long>> GetRevisionsAsync(CancellationToken cancellation = default);

    /// <summary>
    /// A batch and all its jobs, at one moment. One that is finished, and was read from the journal for it, is let go of at
    /// once: for who goes through many batches.
    /// </summary>
    Task<BatchReading> ReadAsync(BatchId id, CancellationToken cancellation = default);

    /// <summary>The batches in this journal, oldest first. All of them are read, and kept for a while.</summary>
    Task<IReadOnlyList<BatchView>> ListAsync(CancellationToken cancellation = default);

    /// <summary>A batch at this moment.</summary>
    Task<BatchView> GetAsync(BatchId id, CancellationToken cancellation = default);

    /// <summary>All jobs of a batch at this moment, in the file's order.</summary>
    Task<IReadOnlyList<JobView>> GetJobsAsync(BatchId id, CancellationToken cancellation = default);

    /// <summary>What the ledger has counted of a batch: the same money, kept by another actor in its own journal stream.</summary>
    Task<LedgerView> GetLedgerAsync(BatchId id, CancellationToken cancellation = default);

    /// <summary>
    /// What a batch's submissions cost by day and model, from its own journal: what the ledger counts when it has heard
    /// all of it.
    /// </summary>
    Task<LedgerView> GetCostsAsync(BatchId id, CancellationToken cancellation = default);

    /// <summary>
    /// Asks Atlas once for each charge that it has not told yet, at most for <paramref name="most"/>, the oldest first, and
    /// for no longer than <paramref name="within"/>; what it tells is recorded when this completes. Prices may come minutes after a
    /// generation's end, and with some models never.
    /// </summary>
    Task<ChargesAnswer> CollectChargesAsync(BatchId id, int most, TimeSpan within, CancellationToken cancellation = default);

    /// <summary>How each budget of the configuration is at this moment.</summary>
    Task<IReadOnlyList<BudgetView>> GetBudgetsAsync(CancellationToken cancellation = default);

    /// <summary>
    /// Puts these budgets in the place of those that are in force, until the program ends; batches that wait go on at once where
    /// there is room now. Where something is wrong with them, all of it is told, and those in force stay.
    /// </summary>
    Task<IReadOnlyList<BudgetView>> SetBudgetsAsync(IReadOnlyList<Budget> budgets, CancellationToken cancellation = default);

    /// <summary>How much may be in flight at this moment.</summary>
    Task<GateLimits> GetLimitsAsync(CancellationToken cancellation = default);

    /// <summary>
    /// Puts these limits in the place of those that are in force, until the program ends. Where they are lower than what is in
    /// flight, nothing is submitted until enough of it has come back; what Atlas has is seen through. A model that is narrowed
    /// after a 429 stays so, and widens to its new limit. Where something is wrong with them, all of it is told, and those in
    /// force stay.
    /// </summary>
    Task<GateLimits> SetLimitsAsync(GateLimits limits, CancellationToken cancellation = default);

    /// <summary>
    /// What happens from now on: first the ends that jobs came to since the batch was taken up, then how the batch is; ends after a <see cref="BatchNotice.PhaseChanged"/> to Idle,
    /// Halted or Finished, by which time manifest.json is written.
    /// </summary>
    IAsyncEnumerable<BatchNotice> WatchAsync(BatchId id, CancellationToken cancellation = default);

    /// <summary>
    /// All that changes in all batches, also in those that begin later: each job at each change of its, and each batch when
    /// its phase changes and, at rest, when anything does. Completes when it has begun: nothing after that is missed. What is
    /// not read is kept in memory. It ends when the token is cancelled, or AtlasActors stops.
    /// </summary>
    Task<IAsyncEnumerable<BatchNotice>> WatchAllAsync(CancellationToken cancellation = default);
}

/// <summary>What was asked of a batch cannot be done; the message is one or two sentences for people.</summary>
public class BatchException : Exception
{
    public BatchException(string message, Exception? inner = null) : base(message, inner) { }
}
