using System.Globalization;
using System.Text;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Jobs;

namespace AtlasActors.Host.Rendering;

/// <summary>What <c>estimate</c> prints: a table by model, the total, the time.</summary>
internal static class EstimateText
{
    /// <summary>All of it.</summary>
    public static string Of(BatchDefinition definition, BatchEstimate estimate)
    {
        var models = estimate.ByModel
            .OrderByDescending(model => model.Price)
            .ThenBy(model => model.Model, StringComparer.Ordinal)
            .ToList();
        var width = models.Select(model => model.Model.Length).Append("Model".Length).Max();
        var text = new StringBuilder();
        text.AppendLine(Row(width, "Model", "Jobs", "Each", "USD"));
        foreach (var model in models)
            text.AppendLine(
                Row(width, Texts.OneLine(model.Model), Number(model.Count), Each(model), model.Price.ToString())
                + Mark(model));
        text.AppendLine(Row(width, "Total", Number(definition.Jobs.Count), "", estimate.Total.ToString()));
        text.AppendLine();
        text.AppendLine(
            $"{Texts.ShortMoney(estimate.Total)} for {Texts.Count(definition.Jobs.Count, "job")}, "
            + $"about {Texts.Duration(estimate.Time)} with {Number(definition.MaxWorkers)} at once.");
        if (models.Any(model => model.IsAssumed))
            text.AppendLine(
                $"Assumed prices are {Texts.ShortMoney(PriceTable.AssumedRate)} an image, second of video, sound or "
                + "3D model; 'prices' in the file sets them.");
        if (models.Any(model => model.SeenAt is not null))
            text.AppendLine(
                "Seen prices are the model catalog's; --live asks Atlas for yours, and 'prices' in the file sets them.");
        foreach (var skipped in definition.Skipped)
            text.AppendLine(JobLine.Of(skipped));
        return text.ToString();
    }

    private static string Mark(ModelEstimate model) =>
        model.IsAssumed ? "  assumed: no price is known"
        : model.SeenAt is { } day ? $"  seen {Seen(day)}, may differ"
        : "";

    // A catalog may know the month only, or nothing.
    private static string Seen(string day) => day switch
    {
        "?" => "once",
        { Length: <= 7 } month => "in " + Texts.OneLine(month),
        _ => "on " + Texts.OneLine(day, 20),
    };

    // Videos of one model differ in length: the mean says more than a rate.
    private static string Each(ModelEstimate model)
    {
        var each = new Usd(model.Price.Amount / model.Count);
        return $"{each} {model.Kind.OneNoun()}";
    }

    private static string Row(int width, string model, string jobs, string each, string cost) =>
        $"{model.PadRight(width)}  {jobs,6}  {each,-15}  {cost,10}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
