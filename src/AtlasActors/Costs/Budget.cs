using System.Text.Json.Serialization;

namespace AtlasActors.Costs;

/// <summary>How often a budget begins anew, in UTC.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BudgetPeriod>))]
public enum BudgetPeriod
{
    /// <summary>At midnight UTC.</summary>
    Day,

    /// <summary>At midnight UTC of a month's first day.</summary>
    Month,

    /// <summary>Never.</summary>
    Total,
}

/// <summary>
/// The most that batches may spend together. A submission takes of the period in which it is begun, whenever it ends; what
/// is charged counts, what is on its way, and what is in doubt.
/// </summary>
/// <param name="Name">What people call it: a small letter from a to z, then at most 62 of these, digits, '_', '.' and '-'.</param>
/// <param name="Label">
/// The label of the batches that it is for, name and text as in <c>team:films</c>; null for all batches of the journal.
/// </param>
/// <param name="Per">How often it begins anew.</param>
/// <param name="Limit">US dollars. With 0 nothing is submitted.</param>
public sealed record Budget(string Name, string? Label, BudgetPeriod Per, Usd Limit)
{
    /// <summary>Whether it is for batches with these labels.</summary>
    internal bool Touches(IReadOnlyDictionary<string, string>? labels)
    {
        if (Label is null) return true;
        var colon = Label.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && labels is not null && labels.TryGetValue(Label[..colon], out var text)
            && Label.AsSpan(colon + 1).SequenceEqual(text);
    }

    /// <summary>Its limit for people: <c>USD 50.0000 a day</c>.</summary>
    internal string ShownLimit => $"USD {Limit}" + Per switch
    {
        BudgetPeriod.Day => " a day",
        BudgetPeriod.Month => " a month",
        _ => "",
    };
}

/// <summary>A budget at one moment.</summary>
/// <param name="Budget">What it is.</param>
/// <param name="Spent">What is charged of what was begun in this period; as Atlas told, or as it was estimated.</param>
/// <param name="Reserved">What is on its way, or about to be.</param>
/// <param name="InDoubt">What is possibly spent.</param>
/// <param name="BeginsAnew">When its next period begins; null of a total.</param>
public sealed record BudgetView(Budget Budget, Usd Spent, Usd Reserved, Usd InDoubt, DateTimeOffset? BeginsAnew)
{
    /// <summary>What may still be submitted; 0 where charges came to more than their estimates and passed the limit.</summary>
    public Usd Left => Budget.Limit > Committed ? Budget.Limit - Committed : Usd.Zero;

    internal Usd Committed => Spent + Reserved + InDoubt;

    /// <summary>Why a submission of this amount waits, for people; a clause.</summary>
    internal string WhyNot(Usd amount)
    {
        var state = Left == Usd.Zero
            ? $"is used up: USD {Committed} is spent or on its way"
            : $"does not reach: USD {Committed} is spent or on its way, and this attempt costs USD {amount}";
        return $"the budget '{Budget.Name}' ({Budget.ShownLimit}) {state}{Anew}";
    }

    /// <summary>Why a batch of this estimate is refused, for people; a sentence.</summary>
    internal string Refusal(Usd estimate) =>
        $"The budget '{Budget.Name}' ({Budget.ShownLimit}) does not reach for this batch, which is estimated to cost USD {estimate}: "
        + $"USD {Spent} is spent, USD {Reserved} reserved and USD {InDoubt} in doubt, so USD {Left} is left{Anew}.";

    private string Anew => BeginsAnew is { } next ? FormattableString.Invariant($"; it begins anew at {next:yyyy-MM-dd HH:mm} UTC") : "";
}
