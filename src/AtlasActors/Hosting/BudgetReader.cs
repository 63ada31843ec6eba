using System.Globalization;
using Akka.Configuration;
using Akka.Configuration.Hocon;
using AtlasActors.BatchFiles;
using AtlasActors.Costs;

namespace AtlasActors.Hosting;

/// <summary>Reads <c>atlas-actors.budgets</c>, and tells all that is wrong with it.</summary>
internal static class BudgetReader
{
    private const string Key = "budgets";
    private const string Example = "{ name = films-daily, label = \"team:films\", per = day, limit = 50.00 }";

    private static readonly string[] Members = ["name", "label", "per", "limit"];

    private static readonly Dictionary<string, BudgetPeriod> Periods = new(StringComparer.Ordinal)
    {
        ["day"] = BudgetPeriod.Day, ["month"] = BudgetPeriod.Month, ["total"] = BudgetPeriod.Total,
    };

    public static IReadOnlyList<Budget> Read(SettingsReader from, HoconValue? written)
    {
        if (written is null || written.IsEmpty) return [];
        if (!SettingsReader.IsList(written))
        {
            from.Fault(Key, $"is a list: write each budget between braces in brackets, [{Example}].");
            return [];
        }
        List<(Budget Budget, HashSet<string> Wrong)> read = [.. written.GetArray().Select((value, index) => One(from, value, index))];
        foreach (var (index, member, fault) in BudgetRules.Faults([.. read.Select(one => one.Budget)]))
            if (!read[index].Wrong.Contains(member)) from.Fault(PathOf(index, member), fault);
        return [.. read.Select(one => one.Budget)];
    }

    /// <summary>Budgets that code gave.</summary>
    public static void Check(SettingsReader from, IReadOnlyList<Budget> budgets)
    {
        foreach (var (index, member, fault) in BudgetRules.Faults(budgets))
            from.Fault($"{nameof(AtlasActorsOptions)}.{nameof(AtlasActorsOptions.Budgets)}[{index + 1}].{member} {fault}");
    }

    /// <summary>A budget, with what was wrong and is said already.</summary>
    private static (Budget Budget, HashSet<string> Wrong) One(SettingsReader from, HoconValue value, int index)
    {
        var wrong = new HashSet<string>();
        if (!value.IsObject())
        {
            from.Fault(PathOf(index), $"is no budget: write it between braces, {Example}.");
            return (new Budget("", null, BudgetPeriod.Day, Usd.Zero), [.. Members]);
        }
        var items = value.GetObject().Items;
        foreach (var key in items.Keys.Except(Members))
        {
            var guess = DidYouMean.Word(key, Members);
            if (guess is not null) wrong.Add(guess);
            from.Fault(PathOf(index, key), guess is null
                ? $"is nothing of a budget: it has {string.Join(", ", Members)}."
                : $"is nothing of a budget: did you mean '{guess}'?");
        }
        var text = Members.ToDictionary(member => member, member => Text(from, items, index, member, wrong));
        return (new Budget(
            text["name"] ?? "", text["label"], Period(from, text["per"], index, wrong), Limit(from, text["limit"], index, wrong)), wrong);
    }

    private static string? Text(
        SettingsReader from, Dictionary<string, HoconValue> items, int index, string member, HashSet<string> wrong)
    {
        if (!items.TryGetValue(member, out var value))
        {
            if (member != "label" && wrong.Add(member)) from.Fault(PathOf(index, member), $"is missing: a budget is {Example}.");
            return null;
        }
        if (value.IsString()) return value.GetString()?.Trim();
        wrong.Add(member);
        from.Fault(PathOf(index, member), "is a text: give one value, without braces or brackets.");
        return null;
    }

    private static BudgetPeriod Period(SettingsReader from, string? text, int index, HashSet<string> wrong)
    {
        if (text is null) return BudgetPeriod.Day;
        if (Periods.TryGetValue(text, out var period)) return period;
        wrong.Add("per");
        from.Fault(PathOf(index, "per"), $"is '{text}': give day, month or total.");
        return BudgetPeriod.Day;
    }

    private static Usd Limit(SettingsReader from, string? text, int index, HashSet<string> wrong)
    {
        if (text is null) return Usd.Zero;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount))
            return new Usd(amount);
        wrong.Add("limit");
        from.Fault(PathOf(index, "limit"), $"is '{text}': give US dollars such as 50.00.");
        return Usd.Zero;
    }

    private static string PathOf(int index, string? member = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{Key}[{index + 1}]") + (member is null ? "" : "." + member);
}
