using System.Globalization;
using System.Text;
using AtlasActors.Costs;
using AtlasActors.Host.Running;

namespace AtlasActors.Host.Rendering;

/// <summary>What <c>costs</c> prints.</summary>
internal static class CostsText
{
    /// <summary>All of it.</summary>
    public static string Of(CostsResult result)
    {
        var costs = result.Costs;
        var text = new StringBuilder();
        AppendTotals(text, costs);
        AppendTable(text, "By model", costs.Ledger.ByModel(), line => Texts.OneLine(line.Model));
        AppendTable(text, "By day (UTC)", costs.Ledger.ByDay(), line => Day(line.Day));
        foreach (var note in Notes(costs))
            text.AppendLine(note);
        if (result.Comparison is { } comparison)
            text.Append(ReconciliationText.Of(comparison));
        return text.ToString();
    }

    /// <summary>A day as it is written everywhere here.</summary>
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void AppendTotals(StringBuilder text, FolderCosts costs)
    {
        var ledger = costs.Ledger;
        foreach (var batch in costs.Batches)
            text.AppendLine(
                $"{Texts.OneLine(batch.Source)}: {RunDecision.Progress(batch)}, "
                + $"{Texts.Money(batch.Money.Charged)} (batch {batch.Id}, with {EndpointText.Of(batch.Endpoint)})");
        text.AppendLine();
        AppendRow(text, "Estimated", $"{Texts.Money(costs.Estimated)} for all jobs");
        AppendRow(text, "Charged", Texts.Charged(ledger.Charged, ledger.Unconfirmed));
        if (ledger.Reserved > Usd.Zero)
            AppendRow(text, "On its way", $"{Texts.Money(ledger.Reserved)} more, submitted and not yet charged");
        if (ledger.InDoubt > Usd.Zero)
            AppendRow(text, "In doubt", $"{Texts.Money(ledger.InDoubt)} more, possibly charged");
    }

    private static void AppendTable(
        StringBuilder text, string title, IReadOnlyList<LedgerLine> lines, Func<LedgerLine, string> name)
    {
        if (lines.Count == 0)
            return;
        var width = lines.Select(line => name(line).Length).Append(title.Length).Max();
        text.AppendLine();
        text.AppendLine(Row(width, title, "Submitted", "Estimated", "Charged", "Confirmed", "On its way", "In doubt"));
        foreach (var line in lines)
            text.AppendLine(Row(
                width, name(line), line.Submissions.ToString(CultureInfo.InvariantCulture), line.Estimated.ToString(),
                line.Charged.ToString(), (line.Charged - line.Unconfirmed).ToString(), line.Reserved.ToString(),
                line.InDoubt.ToString()));
    }

    private static IEnumerable<string> Notes(FolderCosts costs)
    {
        if (costs.Collected is { } collected)
        {
            yield return "";
            yield return $"Atlas Cloud was asked for missing charges: {collected.Found} told, {collected.Missing} still missing"
                + (collected.Trouble is { } trouble ? $". {Texts.OneLine(trouble)}" : ".");
        }
        if (costs.WhyNotAsked is { } why)
        {
            yield return "";
            yield return $"Not asked for what is not confirmed: {why}.";
        }
        if (costs.OtherBatches > 0)
            yield return string.Create(
                CultureInfo.InvariantCulture, $"Left out: {costs.OtherBatches} of this folder, begun with another API.");
    }

    private static string Row(
        int width, string name, string submitted, string estimated, string charged, string confirmed, string reserved,
        string inDoubt) =>
        $"{name.PadRight(width)}  {submitted,9}  {estimated,10}  {charged,10}  {confirmed,10}  {reserved,10}  {inDoubt,10}";

    private static void AppendRow(StringBuilder text, string title, string value) =>
        text.Append((title + ":").PadRight(14)).AppendLine(value);
}
