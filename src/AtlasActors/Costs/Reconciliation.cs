using AtlasActors.Atlas;

namespace AtlasActors.Costs;

/// <summary>What the difference between the ledger and Atlas's own list of charges means.</summary>
public enum ReconcileVerdict
{
    /// <summary>Both say the same, to a hundredth of a cent.</summary>
    Agrees,

    /// <summary>Atlas lists less, on a day that is not over or not all counted yet.</summary>
    NotAllCountedYet,

    /// <summary>
    /// Atlas lists more, and no more than what is in doubt: it seems to have charged for what nobody could account for.
    /// </summary>
    DoubtCharged,

    /// <summary>They differ, and some of the ledger is only our estimate.</summary>
    EstimateOff,

    /// <summary>Atlas lists more than it told for the ledger's own jobs: other programs use the same account.</summary>
    OthersToo,

    /// <summary>Atlas lists less than it told for each job: it may count a charge on another day.</summary>
    LessThanTold,
}

/// <summary>A model on a day, as the ledger and as Atlas has it.</summary>
/// <param name="Day">The day, in UTC.</param>
/// <param name="Model">The model's id at Atlas; null where Atlas names none.</param>
/// <param name="Counted">What the ledger counts as charged.</param>
/// <param name="Unconfirmed">The part of it that is only our estimate.</param>
/// <param name="InDoubt">What the ledger holds for possibly charged.</param>
/// <param name="Listed">What Atlas lists as charged; null where it lists nothing.</param>
/// <param name="IsPartial">The day is not over, or Atlas has not counted all of it yet.</param>
public sealed record ReconciledLine(
    DateOnly Day, string? Model, Usd Counted, Usd Unconfirmed, Usd InDoubt, Usd? Listed, bool IsPartial)
{
    /// <summary>Atlas lists six decimals, and may have rounded: what is less than is shown is no difference.</summary>
    private const decimal Unseen = 0.00005m;

    /// <summary>By how much Atlas lists more than the ledger counts.</summary>
    public Usd Difference => (Listed ?? Usd.Zero) - Counted;

    /// <summary>What that means.</summary>
    public ReconcileVerdict Verdict =>
        Math.Abs(Difference.Amount) < Unseen ? ReconcileVerdict.Agrees
        : Difference < Usd.Zero && IsPartial ? ReconcileVerdict.NotAllCountedYet
        : Difference > Usd.Zero && Difference <= InDoubt ? ReconcileVerdict.DoubtCharged
        : Unconfirmed > Usd.Zero ? ReconcileVerdict.EstimateOff
        : Difference > Usd.Zero ? ReconcileVerdict.OthersToo
        : ReconcileVerdict.LessThanTold;
}

/// <summary>The ledger beside Atlas's own list of charges, for the same UTC days.</summary>
/// <param name="From">The first day.</param>
/// <param name="Before">The day after the last.</param>
/// <param name="Lines">By day and model.</param>
public sealed record Reconciliation(DateOnly From, DateOnly Before, IReadOnlyList<ReconciledLine> Lines)
{
    /// <summary>Atlas lists no more days at once.</summary>
    private const int MostDays = 180;

    /// <summary>What the ledger counts.</summary>
    public Usd Counted => Lines.Select(line => line.Counted).Sum();

    /// <summary>What Atlas lists.</summary>
    public Usd Listed => Lines.Select(line => line.Listed ?? Usd.Zero).Sum();

    /// <summary>By how much Atlas lists more.</summary>
    public Usd Difference => Listed - Counted;

    /// <summary>
    /// The days to be asked for: those of the ledger's charges and doubts, the last 180 of them; null without any.
    /// </summary>
    public static (DateOnly From, DateOnly Before)? DaysOf(LedgerView ledger)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        var days = ledger.Lines.Where(IsOfInterest).Select(line => line.Day).ToList();
        if (days.Count == 0) return null;
        var before = days.Max().AddDays(1);
        return (Later(days.Min(), before.AddDays(-MostDays)), before);
    }

    /// <summary>Sets both beside each other.</summary>
    /// <param name="ledger">What was counted.</param>
    /// <param name="days">The days that Atlas was asked for.</param>
    /// <param name="charges">What it listed.</param>
    /// <param name="idOf">A model's id at Atlas, by the name that the ledger has.</param>
    /// <param name="today">The day that is not over, in UTC.</param>
    public static Reconciliation Of(
        LedgerView ledger, (DateOnly From, DateOnly Before) days, IReadOnlyList<ModelCost> charges, Func<string, string> idOf,
        DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        var counted = ledger.Lines.Where(line => IsOfInterest(line) && line.Day >= days.From && line.Day < days.Before)
            .ToLookup(line => (line.Day, Model: (string?)idOf(line.Model)));
        var listed = charges.Where(charge => charge.Day >= days.From && charge.Day < days.Before)
            .ToLookup(charge => (charge.Day, charge.Model));
        var partial = charges.Where(charge => charge.IsPartial).Select(charge => charge.Day).ToHashSet();
        return new Reconciliation(days.From, days.Before,
        [
            .. from key in counted.Select(lines => lines.Key).Union(listed.Select(lines => lines.Key))
               orderby key.Day, key.Model
               let ours = counted[key]
               select new ReconciledLine(
                   key.Day, key.Model, ours.Select(line => line.Charged).Sum(), ours.Select(line => line.Unconfirmed).Sum(),
                   ours.Select(line => line.InDoubt).Sum(),
                   listed.Contains(key) ? new Usd(listed[key].Sum(charge => charge.Amount)) : null,
                   key.Day >= today || partial.Contains(key.Day)),
        ]);
    }

    private static bool IsOfInterest(LedgerLine line) => line.Charges > 0 || line.InDoubt > Usd.Zero;

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
