using System.Globalization;
using AtlasActors.BatchFiles;

namespace AtlasActors.Costs;

/// <summary>What a budget must be like.</summary>
internal static class BudgetRules
{
    /// <summary>Far beyond any account: what is over it is a slip.</summary>
    public const decimal Largest = 10_000_000;

    private const int LongestText = 200;

    /// <summary>All that is wrong with some budgets: the place of each in the list, the name of its member, and what to do.</summary>
    public static IEnumerable<(int Index, string Member, string Fault)> Faults(IReadOnlyList<Budget> budgets)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < budgets.Count; index++)
        {
            var budget = budgets[index];
            if (!LabelSection.IsName(budget.Name))
                yield return (index, "name", $"is '{budget.Name}': give a small letter from a to z, then at most 62 of these, digits, '_', '.' and '-'.");
            else if (!names.Add(budget.Name))
                yield return (index, "name", $"is '{budget.Name}', as of another budget: give each a name of its own.");
            if (budget.Label is { } label && !IsLabel(label))
                yield return (index, "label", $"is '{label}': give a label's name and text, such as team:films, or leave it out for all batches.");
            if (!Enum.IsDefined(budget.Per))
                yield return (index, "per", $"is {(int)budget.Per}: give day, month or total.");
            if (budget.Limit.Amount is < 0 or > Largest)
                yield return (index, "limit", string.Create(
                    CultureInfo.InvariantCulture, $"is {budget.Limit.Amount}: give US dollars from 0 to {Largest}, such as 50.00."));
        }
    }

    private static bool IsLabel(string text) =>
        text.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && LabelSection.IsName(text[..colon])
        && text.Length - colon - 1 is > 0 and <= LongestText && !text.Any(char.IsControl);
}
