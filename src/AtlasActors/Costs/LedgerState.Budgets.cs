using AtlasActors.Batches;
using static AtlasActors.Costs.LedgerEvents;

namespace AtlasActors.Costs;

/// <summary>What of the budgets is taken, and whether there is room for more.</summary>
internal sealed partial class LedgerState
{
    private List<BudgetTally> _tallies = [];

    /// <summary>Since it was last asked, something was given back, so that what was refused may fit now.</summary>
    private bool _freed;

    /// <summary>Holds the money against these budgets from now on, and against no others; all that was counted counts.</summary>
    public void Use(IReadOnlyList<Budget> budgets)
    {
        _tallies = [.. budgets.Select(budget => new BudgetTally(budget))];
        _freed = true;
        foreach (var account in _accounts.Values)
            foreach (var day in account.Days) Shift(account, day);
    }

    /// <summary>Whether something was given back since the last time that this was asked.</summary>
    public bool TakeFreed()
    {
        var freed = _freed;
        _freed = false;
        return freed;
    }

    /// <summary>How each budget is, in the order of the configuration.</summary>
    public IReadOnlyList<BudgetView> Budgets(DateTimeOffset now) => [.. _tallies.Select(tally => tally.View(BudgetDay.DayOf(now)))];

    /// <summary>The first budget that has no room for an amount on a day, as it is then; null when all have room.</summary>
    public BudgetView? WithoutRoom(IReadOnlyDictionary<string, string>? labels, Usd amount, DateTimeOffset at) =>
        WithoutRoom(labels, amount, BudgetDay.DayOf(at), besides: null);

    /// <summary>
    /// The events that reserve an amount for a submission before it leaves, none where it is reserved or known already; or
    /// the budget that has no room for it.
    /// </summary>
    public (IReadOnlyList<object> Events, BudgetView? Refusing) Reserve(
        MoneyReserved wanted, IReadOnlyDictionary<string, string>? labels)
    {
        var account = Find(wanted.Batch);
        var known = account?.Reservation(wanted.Job, wanted.Submission);
        if (account?.Entry(wanted.Job, wanted.Submission) is not null
            || (known is not null && BudgetDay.DayOf(known.At) == BudgetDay.DayOf(wanted.At) && known.Amount == wanted.Amount))
            return ([], null);
        var besides = known is null ? null : BudgetDay.Of(known);
        var refusing = WithoutRoom(labels, wanted.Amount, BudgetDay.DayOf(wanted.At), besides);
        return refusing is null ? ([.. Label(wanted.Batch, labels), wanted], null) : ([], refusing);
    }

    /// <summary>The event that drops what a batch reserved and did not begin; none where there is nothing to be dropped.</summary>
    public IReadOnlyList<object> Release(BatchId batch) =>
        Find(batch)?.Reservations.Any() == true ? [new ReservationsReleased(batch)] : [];

    /// <summary>The event that tells the labels of a batch, where it has some and they are not known.</summary>
    public IReadOnlyList<object> Label(BatchId batch, IReadOnlyDictionary<string, string>? labels) =>
        labels is { Count: > 0 } && Find(batch)?.Labels is null ? [new AccountLabelled(batch, labels)] : [];

    private BudgetView? WithoutRoom(IReadOnlyDictionary<string, string>? labels, Usd amount, DateOnly day, BudgetDay? besides)
    {
        foreach (var tally in _tallies.Where(tally => tally.Budget.Touches(labels)))
        {
            var taken = tally.Committed(day) - tally.Part(besides, day);
            if (taken + amount > tally.Budget.Limit) return tally.View(day);
        }
        return null;
    }

    private void Apply(MoneyCounted e)
    {
        var account = Account(e.Batch);
        e = Shared(e, account);
        var before = account.Entry(e.Job, e.Money.Submission);
        var reserved = account.Reservation(e.Job, e.Money.Submission);
        if (account.Closed is null)
        {
            List<BudgetDay> changes = [BudgetDay.Of(e)];
            if (before is not null) changes.Add(-BudgetDay.Of(before));
            if (reserved is not null) changes.Add(-BudgetDay.Of(reserved));
            ShiftAll(account, changes);
        }
        account.Apply(e);
    }

    /// <summary>What was told of already needs no reservation: it is read again because a snapshot was ahead of the journal.</summary>
    private void Apply(MoneyReserved e)
    {
        var account = Account(e.Batch);
        if (account.Entry(e.Job, e.Submission) is not null) return;
        var before = account.Reservation(e.Job, e.Submission);
        ShiftAll(account, before is null ? [BudgetDay.Of(e)] : [BudgetDay.Of(e), -BudgetDay.Of(before)]);
        account.Apply(e);
    }

    /// <summary>Changes a whole account, and what it takes of the budgets with it.</summary>
    private void Change(BatchId batch, Action<LedgerAccount> change)
    {
        var account = Account(batch);
        if (_tallies.Count == 0)
        {
            change(account);
            return;
        }
        var before = account.Days;
        var labels = account.Labels;
        change(account);
        if (ReferenceEquals(labels, account.Labels))
        {
            ShiftAll(account, [.. account.Days, .. before.Select(day => -day)]);
            return;
        }
        foreach (var tally in _tallies.Where(tally => tally.Budget.Touches(labels)))
            foreach (var day in before) tally.Add(-day);
        foreach (var day in account.Days) Shift(account, day);
    }

    private void ShiftAll(LedgerAccount account, IReadOnlyList<BudgetDay> changes)
    {
        if (_tallies.Count == 0) return;
        foreach (var day in changes.GroupBy(change => change.Day))
            Shift(account, day.Aggregate((one, other) => one + other));
    }

    private void Shift(LedgerAccount account, BudgetDay change)
    {
        if (change.IsNothing) return;
        if (change.Committed < Usd.Zero) _freed = true;
        foreach (var tally in _tallies)
            if (tally.Budget.Touches(account.Labels)) tally.Add(change);
    }
}
