using AtlasActors.Batches;

namespace AtlasActors.Costs;

/// <summary>The money of one job as its batch knows it, at its revision.</summary>
internal sealed record JobMoney(int Job, int Revision, string Model, IReadOnlyList<SubmissionMoney> Submissions);

/// <summary>Something that a batch tells the ledger.</summary>
internal interface ILedgerCommand;

/// <summary>
/// What batches tell the ledger. All of it may be told again, and but for reservations in any order: a batch's revision, which
/// grows with each event of its jobs, says what is newer.
/// </summary>
internal static class LedgerCommands
{
    /// <summary>
    /// Tells of some jobs, once or many times; each change is counted once. <see cref="MoneyTaken"/> is the reply, or
    /// <see cref="AccountWanted"/> where the account is closed and the batch has got on since.
    /// </summary>
    public sealed record TakeMoney(
        BatchId Batch, IReadOnlyList<JobMoney> Jobs, int? Revision = null, IReadOnlyDictionary<string, string>? Labels = null) : ILedgerCommand;

    /// <summary>All jobs of a batch that works, to take the place of its lines; <see cref="MoneyTaken"/> is the reply.</summary>
    public sealed record TakeAccount(
        BatchId Batch, int Revision, IReadOnlyList<JobMoney> Jobs, IReadOnlyDictionary<string, string>? Labels) : ILedgerCommand;

    /// <summary>
    /// A batch is at its end, at this revision; <see cref="AccountWanted"/> is the reply where its submissions are still kept.
    /// </summary>
    public sealed record OfferAccount(BatchId Batch, int Revision) : ILedgerCommand;

    /// <summary>What a batch at rest comes to, and the jobs of which that tells; <see cref="MoneyTaken"/> is the reply.</summary>
    public sealed record CloseAccount(
        LedgerEvents.AccountClosed Account, IReadOnlyList<JobRevision> Jobs,
        IReadOnlyDictionary<string, string>? Labels) : ILedgerCommand;

    /// <summary>
    /// Asks for an amount before a submission leaves; <see cref="ReservationGranted"/> or <see cref="ReservationRefused"/> is
    /// the reply. Asking again for the same is asking once.
    /// </summary>
    public sealed record ReserveMoney(
        LedgerEvents.MoneyReserved Wanted, IReadOnlyDictionary<string, string>? Labels) : ILedgerCommand;

    /// <summary>
    /// The batch has told of all submissions that it began: what else is reserved for it is given back. It relies on the
    /// order in which one batch's messages come, which no restart of its actor changes.
    /// </summary>
    public sealed record ReleaseUnused(BatchId Batch) : ILedgerCommand;

    /// <summary>These are the budgets from now on.</summary>
    public sealed record UseBudgets(IReadOnlyList<Budget> Budgets);
}

internal static class LedgerQueries
{
    /// <summary>A <see cref="LedgerView"/> is the reply.</summary>
    public sealed record GetLedger(BatchId Batch);
}

/// <summary>The ledger has it, durably, at these revisions.</summary>
internal sealed record MoneyTaken(IReadOnlyList<JobRevision> Jobs);

/// <summary>
/// The ledger asks for all of a batch's money: because it has only lines of it and was told news, or, where
/// <paramref name="IsOpen"/>, because it has its submissions and the batch is at its end.
/// </summary>
internal sealed record AccountWanted(BatchId Batch, bool IsOpen);

/// <summary>The amount is reserved, durably: the submission may leave.</summary>
internal sealed record ReservationGranted(int Job, int Submission);

/// <summary>This budget has no room for it.</summary>
internal sealed record ReservationRefused(int Job, int Submission, Usd Amount, BudgetView Budget);

/// <summary>Told once to whoever was refused: something was given back, or the budgets are others. Ask again.</summary>
internal sealed record RoomMade;

/// <summary>A job and how many of its events were taken in.</summary>
internal sealed record JobRevision(int Job, int Revision);

internal static class LedgerEvents
{
    /// <summary>
    /// The money of one submission is this now. <paramref name="Revision"/>: the job's, at which it was told;
    /// <paramref name="Told"/>: the batch's. Both null in journals of before.
    /// </summary>
    public sealed record MoneyCounted(
        BatchId Batch, int Job, string Model, SubmissionMoney Money, DateTimeOffset At, int? Revision = null, int? Told = null);

    /// <summary>A batch has these labels.</summary>
    public sealed record AccountLabelled(BatchId Batch, IReadOnlyDictionary<string, string> Labels);

    /// <summary>A batch is at rest, and at its revision its money comes to these lines, and takes this of budgets.</summary>
    public sealed record AccountClosed(BatchId Batch, int Revision, IReadOnlyList<LedgerLine> Lines, IReadOnlyList<BudgetDay> Days);

    /// <summary>It works again, and its submissions follow, in the place of the lines.</summary>
    public sealed record AccountOpened(BatchId Batch, int Revision);

    /// <summary>An amount is reserved for a submission that is about to leave.</summary>
    public sealed record MoneyReserved(BatchId Batch, int Job, int Submission, Usd Amount, DateTimeOffset At);

    /// <summary>Whatever is reserved for a batch, and of which it did not tell, is given back: it never left.</summary>
    public sealed record ReservationsReleased(BatchId Batch);
}
