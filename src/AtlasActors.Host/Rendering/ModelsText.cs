using System.Globalization;
using System.Text;
using AtlasActors.Costs;
using AtlasActors.Jobs;
using AtlasActors.Models;

namespace AtlasActors.Host.Rendering;

/// <summary>What <c>models</c> prints: a table, or of one model all that is known.</summary>
internal static class ModelsText
{
    /// <summary>What is said of all other models.</summary>
    public const string Unlisted =
        "A model that is not listed works too: it is sent its job's fields as they are written.";

    private const string Unknown = "-";

    /// <summary>The text for these models, at least one.</summary>
    public static string Of(IReadOnlyList<ModelEntry> models) => models is [var model] ? Whole(model) : Table(models);

    /// <summary>What a price counts: <c>image</c>, <c>second</c> or <c>job</c>.</summary>
    public static string Unit(PriceUnit unit) => unit switch
    {
        PriceUnit.Image => "image",
        PriceUnit.Second => "second",
        _ => "job",
    };

    /// <summary>How a size is written for the model.</summary>
    public static string Form(ModelField size) => size.Form switch
    {
        SizeForm.Asterisk => "W*H",
        SizeForm.Cross => "WxH",
        _ => "width, height",
    };

    private static string Table(IReadOnlyList<ModelEntry> models)
    {
        var width = models.Max(model => model.Id.Length);
        var text = new StringBuilder();
        text.AppendLine(Row(width, "Model", "Type", "USD", "Seconds", "Size"));
        foreach (var model in models)
            text.AppendLine(Row(
                width, model.Id, TypeOf(model), model.Price is { } seen ? Money(seen) : Unknown,
                Seconds(model), Sizes(model) + (model.Deprecated is null ? "" : "  no longer listed")));
        text.AppendLine();
        text.AppendLine(
            $"{Texts.Count(models.Count, "model")}. The prices were seen once and change; "
            + "the batch file's 'prices' go before them.");
        text.AppendLine(Unlisted);
        return text.ToString();
    }

    private static string Row(int width, string model, string type, string price, string seconds, string size) =>
        $"{model.PadRight(width)}  {type,-5}  {price,-16}  {seconds,-14}  {size}".TrimEnd();

    private static string TypeOf(ModelEntry model) => model.Kind.Word();

    /// <summary>A price that was seen, and for what: <c>0.40 a second</c>.</summary>
    public static string Money(SeenPrice seen) => string.Create(
        CultureInfo.InvariantCulture,
        $"{seen.Price.Rate.Amount:0.00##} {Article(seen.Price.Unit)} {Unit(seen.Price.Unit)}");

    private static string Article(PriceUnit unit) => unit == PriceUnit.Image ? "an" : "a";

    private static string Seconds(ModelEntry model)
    {
        if (model.Field(CommonField.Duration) is not { } length)
            return Unknown;
        var lengths = length.Values.Count > 0
            ? string.Join(", ", length.Values)
            : string.Create(CultureInfo.InvariantCulture, $"{length.Least}-{length.Greatest}");
        return length.HasAuto ? lengths + " or -1" : lengths;
    }

    private static string Sizes(ModelEntry model)
    {
        var field = model.Field(CommonField.Resolution) ?? model.Field(CommonField.Size)
            ?? model.Field(CommonField.AspectRatio);
        if (field is null)
            return Unknown;
        if (field.Values.Count > 0)
            return string.Join(", ", field.Values);
        return field.Least is null && field.Greatest is null
            ? Unknown
            : string.Create(CultureInfo.InvariantCulture, $"sides of {field.Least} to {field.Greatest}");
    }

    private static string Whole(ModelEntry model)
    {
        var text = new StringBuilder();
        text.AppendLine($"{model.Id} ({TypeOf(model)})");
        if (model.Deprecated is { } since)
            text.AppendLine($"  no longer listed by Atlas, since {since}");
        foreach (var alias in model.Aliases)
            text.AppendLine($"  also found as {alias}");
        foreach (var field in model.Fields)
            text.AppendLine($"  {field.From.Word(),-16} {FieldLine(field)}");
        foreach (var condition in model.Conditions)
            text.AppendLine(
                $"  when {condition.When.Word()} is {string.Join(" or ", condition.Is)}, "
                + $"{condition.Then.Word()} must be {string.Join(" or ", condition.Wants)}");
        if (model.Also.Count > 0)
            text.AppendLine($"  {"params",-16} {string.Join(", ", model.Also)}");
        if (model.Price is { } seen)
            text.AppendLine($"  {"price seen",-16} USD {Money(seen)}{SeenAt(seen)}");
        return text.ToString();
    }

    private static string FieldLine(ModelField field)
    {
        var parts = new List<string>();
        if (field.Takes != "any")
            parts.Add(field.Takes + (field.IsSure ? ", nothing else" : ""));
        if (field.From == CommonField.Size)
            parts.Add($"as \"{Form(field)}\"");
        if (field.Name != field.From.Word())
            parts.Add($"sent as {field.Name}");
        if (field.Most is { } most)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"at most {most}"));
        if (field.Usual is { } usual)
            parts.Add($"{usual} by itself");
        if (field.IsRequired)
            parts.Add("must be there");
        return parts.Count == 0 ? "as it is" : string.Join("; ", parts);
    }

    private static string SeenAt(SeenPrice seen) =>
        (seen.AsOf is { } asOf ? $", {asOf}" : "") + (seen.Note is { } note ? $" ({note})" : "");
}
