namespace AtlasActors.Costs;

/// <summary>What the ledger has counted. Estimate, reservation and charge are kept apart, and none stands for another.</summary>
/// <param name="Charged">Spent: as Atlas told, or, where it has not told, as it was estimated.</param>
/// <param name="Reserved">On its way.</param>
/// <param name="InDoubt">Possibly spent.</param>
/// <param name="ChargedByModel">Spent, by model.</param>
/// <param name="ChargedByDay">Spent, by the UTC day on which Atlas finished what it pays for.</param>
public sealed record LedgerView(
    Usd Charged, Usd Reserved, Usd InDoubt, IReadOnlyDictionary<string, Usd> ChargedByModel,
    IReadOnlyDictionary<DateOnly, Usd> ChargedByDay)
{
    /// <summary>The part of <see cref="Charged"/> that Atlas has not told, so that our estimate stands in for it.</summary>
    public Usd Unconfirmed { get; init; }

    /// <summary>The same by UTC day and model, the days in their order.</summary>
    public IReadOnlyList<LedgerLine> Lines { get; init; } = [];

    /// <summary>How many charges Atlas has not told.</summary>
    public int Untold => Lines.Sum(line => line.Untold);

    /// <summary>What the submissions were estimated to cost when they were begun, but for those that were released.</summary>
    public Usd Estimated => Lines.Select(line => line.Estimated).Sum();

    /// <summary>The lines summed by model, the dearest first; their day is the model's first.</summary>
    public IReadOnlyList<LedgerLine> ByModel() =>
    [
        .. Lines.GroupBy(line => line.Model).Select(LedgerLine.Sum)
            .OrderByDescending(line => line.Charged).ThenBy(line => line.Model, StringComparer.Ordinal),
    ];

    /// <summary>The lines summed by day; their model is one of the day's.</summary>
    public IReadOnlyList<LedgerLine> ByDay() =>
        [.. Lines.GroupBy(line => line.Day).Select(LedgerLine.Sum).OrderBy(line => line.Day)];

    /// <summary>What several batches come to together.</summary>
    public static LedgerView Sum(IEnumerable<LedgerView> views)
    {
        ArgumentNullException.ThrowIfNull(views);
        return Of(
        [
            .. views.SelectMany(view => view.Lines).GroupBy(line => (line.Day, line.Model)).Select(LedgerLine.Sum)
                .OrderBy(line => line.Day).ThenBy(line => line.Model, StringComparer.Ordinal),
        ]);
    }

    /// <summary>The view of these lines.</summary>
    public static LedgerView Of(IReadOnlyList<LedgerLine> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var charged = lines.Where(line => line.Charges > 0).ToList();
        return new LedgerView(
            lines.Select(line => line.Charged).Sum(), lines.Select(line => line.Reserved).Sum(),
            lines.Select(line => line.InDoubt).Sum(),
            charged.GroupBy(line => line.Model)
                .ToDictionary(group => group.Key, group => group.Select(line => line.Charged).Sum()),
            charged.GroupBy(line => line.Day)
                .ToDictionary(group => group.Key, group => group.Select(line => line.Charged).Sum()))
        {
            Unconfirmed = lines.Select(line => line.Unconfirmed).Sum(),
            Lines = lines,
        };
    }
}

/// <summary>What one model's submissions of one UTC day come to, but for those that were released.</summary>
/// <param name="Day">
/// For what was charged, the day on which Atlas finished it; for what is on its way or in doubt, that of its submission.
/// </param>
/// <param name="Model">The model, as the batch file names it.</param>
/// <param name="Submissions">How many they are.</param>
/// <param name="Charges">How many of them were charged.</param>
/// <param name="Untold">How many of these charges Atlas has not told.</param>
/// <param name="Estimated">What they were estimated to cost when they were begun.</param>
/// <param name="Reserved">What of them is on its way.</param>
/// <param name="Charged">What of them is spent.</param>
/// <param name="Unconfirmed">The part of it that is only our estimate.</param>
/// <param name="InDoubt">What of them is possibly spent.</param>
public sealed record LedgerLine(
    DateOnly Day, string Model, int Submissions, int Charges, int Untold, Usd Estimated, Usd Reserved, Usd Charged,
    Usd Unconfirmed, Usd InDoubt)
{
    /// <summary>Lines that are about one model, or one day, or all: their sums, under the first one's names.</summary>
    internal static LedgerLine Sum(IEnumerable<LedgerLine> lines) => lines.Aggregate((one, other) => one with
    {
        Submissions = one.Submissions + other.Submissions, Charges = one.Charges + other.Charges,
        Untold = one.Untold + other.Untold, Estimated = one.Estimated + other.Estimated,
        Reserved = one.Reserved + other.Reserved, Charged = one.Charged + other.Charged,
        Unconfirmed = one.Unconfirmed + other.Unconfirmed, InDoubt = one.InDoubt + other.InDoubt,
    });
}
