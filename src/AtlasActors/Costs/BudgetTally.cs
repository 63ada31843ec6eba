using System.Globalization;

namespace AtlasActors.Costs;

/// <summary>What one budget's batches took of it, by the day on which their submissions were begun.</summary>
internal sealed class BudgetTally(Budget budget)
{
    private readonly Dictionary<DateOnly, BudgetDay> _days = [];

    public Budget Budget => budget;

    public void Add(BudgetDay change)
    {
        var after = _days.TryGetValue(change.Day, out var before) ? before + change : change;
        if (after.IsNothing) _days.Remove(change.Day);
        else _days[change.Day] = after;
    }

    /// <summary>What is taken in the period that has this day.</summary>
    public Usd Committed(DateOnly day) => Sum(day).Committed;

    /// <summary>What something takes in the period that has this day.</summary>
    public Usd Part(BudgetDay? something, DateOnly day) =>
        something is not null && Begin(something.Day) == Begin(day) ? something.Committed : Usd.Zero;

    public BudgetView View(DateOnly day)
    {
        var sum = Sum(day);
        return new BudgetView(budget, sum.Charged, sum.Reserved, sum.InDoubt, Next(day));
    }

    private BudgetDay Sum(DateOnly day)
    {
        var nothing = BudgetDay.Nothing(day);
        if (budget.Per == BudgetPeriod.Day) return _days.GetValueOrDefault(day, nothing);
        var begin = Begin(day);
        return _days.Values.Where(one => Begin(one.Day) == begin).Aggregate(nothing, (sum, one) => sum + one);
    }

    private DateOnly Begin(DateOnly day) => budget.Per switch
    {
        BudgetPeriod.Day => day,
        BudgetPeriod.Month => new DateOnly(day.Year, day.Month, 1),
        BudgetPeriod.Total => DateOnly.MinValue,
        _ => throw new InvalidOperationException(
            string.Create(CultureInfo.InvariantCulture, $"No period {budget.Per}.")),
    };

    private DateTimeOffset? Next(DateOnly day) => budget.Per switch
    {
        BudgetPeriod.Day => Midnight(day.AddDays(1)),
        BudgetPeriod.Month => Midnight(Begin(day).AddMonths(1)),
        _ => null,
    };

    private static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
