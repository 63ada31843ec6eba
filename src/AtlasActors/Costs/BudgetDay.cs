using System.Text.Json.Serialization;
using static AtlasActors.Costs.LedgerEvents;

namespace AtlasActors.Costs;

/// <summary>
/// What submissions that were begun on one UTC day take of budgets. It is the day of their beginning, not of their end: it is
/// then that a budget says yes or no, and what it said yes to never comes to lie in another day.
/// </summary>
/// <param name="Day">The day on which they were begun.</param>
/// <param name="Charged">What of them is spent.</param>
/// <param name="Reserved">What of them is on its way, or about to be.</param>
/// <param name="InDoubt">What of them is possibly spent.</param>
internal sealed record BudgetDay(DateOnly Day, Usd Charged, Usd Reserved, Usd InDoubt)
{
    [JsonIgnore]
    public Usd Committed => Charged + Reserved + InDoubt;

    [JsonIgnore]
    public bool IsNothing => Charged == Usd.Zero && Reserved == Usd.Zero && InDoubt == Usd.Zero;

    /// <summary>The sums of two, under the first one's day.</summary>
    public static BudgetDay operator +(BudgetDay one, BudgetDay other) => one with
    {
        Charged = one.Charged + other.Charged, Reserved = one.Reserved + other.Reserved, InDoubt = one.InDoubt + other.InDoubt,
    };

    public static BudgetDay operator -(BudgetDay one) => one with
    {
        Charged = Usd.Zero - one.Charged, Reserved = Usd.Zero - one.Reserved, InDoubt = Usd.Zero - one.InDoubt,
    };

    public static BudgetDay Nothing(DateOnly day) => new(day, Usd.Zero, Usd.Zero, Usd.Zero);

    public static BudgetDay Of(MoneyReserved reserved) => Nothing(DayOf(reserved.At)) with { Reserved = reserved.Amount };

    public static BudgetDay Of(MoneyCounted counted)
    {
        var money = counted.Money;
        var day = Nothing(DayOf(money.Begun ?? money.At ?? counted.At));
        return money.Status switch
        {
            MoneyStatus.Reserved => day with { Reserved = money.Amount },
            MoneyStatus.Charged => day with { Charged = money.Amount },
            MoneyStatus.InDoubt => day with { InDoubt = money.Amount },
            _ => day,
        };
    }

    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}
