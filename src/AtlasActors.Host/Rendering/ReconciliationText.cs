using System.Text;
using AtlasActors.Costs;
using AtlasActors.Host.Running;

namespace AtlasActors.Host.Rendering;

/// <summary>What <c>costs --reconcile</c> prints: the ledger beside Atlas's list, and what a difference means.</summary>
internal static class ReconciliationText
{
    private static readonly (ReconcileVerdict Verdict, string Words, string Sentence)[] Meanings =
    [
        (ReconcileVerdict.Agrees, "agrees", ""),
        (ReconcileVerdict.NotAllCountedYet, "not all counted yet",
            "a day that is not over, or of which Atlas has not counted all yet."),
        (ReconcileVerdict.DoubtCharged, "in doubt here",
            "no more than what is in doubt here: Atlas seems to have charged for it."),
        (ReconcileVerdict.EstimateOff, "estimate off",
            "the ledger has an estimate where Atlas has not told the charge; others may use the account, too."),
        (ReconcileVerdict.OthersToo, "others too",
            "charges that no batch here knows of: other programs, or other output folders, use the same account."),
        (ReconcileVerdict.LessThanTold, "less than told",
            "Atlas lists less than it told for each job: it may count a charge on another day."),
    ];

    public static string Of(CostsResult.Compared comparison)
    {
        var text = new StringBuilder();
        text.AppendLine();
        if (comparison.Trouble is { } trouble)
            text.AppendLine($"Atlas Cloud could not be asked for its charges: {Texts.OneLine(trouble.Message)}");
        else if (comparison.Reconciled is not { } both)
            text.AppendLine("Nothing was charged here, so there is nothing to compare.");
        else
            Append(text, both);
        return text.ToString();
    }

    private static void Append(StringBuilder text, Reconciliation both)
    {
        var width = both.Lines.Select(line => Name(line).Length).Append("Model".Length).Max();
        text.AppendLine(
            $"The ledger beside Atlas Cloud's list, {CostsText.Day(both.From)} to {CostsText.Day(both.Before.AddDays(-1))} (UTC):");
        text.AppendLine(Row(width, "Day", "Model", "Ledger", "Atlas", "Difference", ""));
        foreach (var line in both.Lines)
            text.AppendLine(Row(
                width, CostsText.Day(line.Day), Name(line), line.Counted.ToString(),
                line.Listed is { } listed ? listed.ToString() : "-", Signed(line.Difference),
                Words(line.Verdict) + (line.IsPartial ? " (partial day)" : "")));
        text.AppendLine(Row(
            width, "Total", "", both.Counted.ToString(), both.Listed.ToString(), Signed(both.Difference), ""));
        foreach (var (verdict, _, sentence) in Meanings)
            if (sentence.Length > 0 && both.Lines.Where(line => line.Verdict == verdict).ToList() is { Count: > 0 } lines)
                text.AppendLine($"USD {Signed(lines.Select(line => line.Difference).Sum())}: {sentence}");
        var partial = both.Lines.Where(line => line.IsPartial).Select(line => CostsText.Day(line.Day)).Distinct().ToList();
        if (partial.Count > 0)
            text.AppendLine($"Partial, not over or not all counted yet: {string.Join(", ", partial)}.");
        if (both.Lines.All(line => line.Verdict == ReconcileVerdict.Agrees))
            text.AppendLine("Both say the same.");
    }

    private static string Words(ReconcileVerdict verdict) => Meanings.First(meaning => meaning.Verdict == verdict).Words;

    private static string Name(ReconciledLine line) => line.Model is { } model ? Texts.OneLine(model) : "(no model named)";

    private static string Signed(Usd amount) => amount > Usd.Zero ? $"+{amount}" : amount.ToString();

    private static string Row(
        int width, string day, string model, string counted, string listed, string difference, string words) =>
        $"{day,-10}  {model.PadRight(width)}  {counted,10}  {listed,10}  {difference,11}  {words}".TrimEnd();
}
