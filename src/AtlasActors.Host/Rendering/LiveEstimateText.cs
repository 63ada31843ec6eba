using System.Globalization;
using System.Text;
using AtlasActors.Costs;
using AtlasActors.Host.Running;
using AtlasActors.Jobs;

namespace AtlasActors.Host.Rendering;

/// <summary>What <c>estimate --live</c> prints: the account's prices by model, beside the list prices.</summary>
internal static class LiveEstimateText
{
    /// <summary>All of it.</summary>
    public static string Of(LiveEstimate live, BatchEstimate estimate)
    {
        var models = live.Models
            .OrderByDescending(model => model.Price)
            .ThenBy(model => model.Model, StringComparer.Ordinal)
            .ToList();
        var width = models.Select(model => model.Model.Length).Append("Model".Length).Max();
        var text = new StringBuilder();
        text.AppendLine(Row(width, "Model", "Jobs", "Each", "USD", "List USD", ""));
        foreach (var model in models)
            text.AppendLine(Row(
                width, Texts.OneLine(model.Model), Number(model.Jobs), Each(model), model.Price.ToString(),
                model.ListPrice is { } list ? list.ToString() : "-", Marks(model)));
        text.AppendLine(Row(width, "Total", Number(live.Batch.Jobs.Count), "", estimate.Total.ToString(), "", ""));
        text.AppendLine();
        text.AppendLine(
            $"{Texts.ShortMoney(estimate.Total)} for {Texts.Count(live.Batch.Jobs.Count, "job")}, "
            + $"about {Texts.Duration(estimate.Time)} with {Number(live.Batch.MaxWorkers)} at once.");
        text.AppendLine(Source(live));
        foreach (var note in Notes(live))
            text.AppendLine(note);
        foreach (var skipped in live.Batch.Skipped)
            text.AppendLine(JobLine.Of(skipped));
        return text.ToString();
    }

    private static string Source(LiveEstimate live)
    {
        var quoted = live.Models.Sum(model => model.Quoted);
        return $"Atlas Cloud quoted {Number(quoted)} of {Texts.Count(live.Batch.Jobs.Count, "job")}, "
            + $"asked {Texts.Count(live.Questions, "question")}"
            + (quoted > 0 ? "; what it quotes is what this account pays." : ".");
    }

    private static IEnumerable<string> Notes(LiveEstimate live)
    {
        if (live.Models.Any(model => model.IsEstimate))
            yield return "Estimated: billed by tokens; the charge may differ.";
        if (live.Models.Any(model => model.IsPartial))
            yield return "Partial: the length of an input video is not in the quote; the charge will be higher.";
        foreach (var gap in LivePrices.Gaps(live))
            yield return gap;
    }

    private static string Marks(LiveModel model)
    {
        List<string> marks = [];
        if (model.DiscountPercent is { } percent and not 100)
            marks.Add(string.Create(CultureInfo.InvariantCulture, $"pays {percent:0.##} %"));
        if (model.IsEstimate)
            marks.Add("estimated");
        if (model.IsPartial)
            marks.Add("partial");
        if (model.Quoted < model.Jobs)
            marks.Add(model.Quoted == 0 ? NoQuote(model) : $"{Number(model.Jobs - model.Quoted)} {NoQuote(model)}");
        return string.Join(", ", marks);
    }

    private static string NoQuote(LiveModel model) => model.Assumed > 0 ? "assumed: no quote" : "price table: no quote";

    private static string Each(LiveModel model) =>
        $"{new Usd(model.Price.Amount / model.Jobs)} {model.Kind.OneNoun()}";

    private static string Row(int width, string model, string jobs, string each, string cost, string list, string marks) =>
        $"{model.PadRight(width)}  {jobs,6}  {each,-15}  {cost,10}  {list,10}  {marks}".TrimEnd();

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
