using System.Globalization;
using System.Text.Json;
using AtlasActors.Atlas;
using AtlasActors.BatchFiles;

namespace AtlasActors.Models;

/// <summary>What a schema says of values of the right type: which there are, how great, how long, how many.</summary>
internal static class SchemaLimits
{
    /// <summary>What is wrong, and what would put it right; null where nothing is.</summary>
    public static (string Message, string? Hint)? Fault(JsonElement schema, JsonElement value) =>
        OfChoice(schema, value) ?? value.ValueKind switch
        {
            JsonValueKind.Number => OfNumber(schema, value),
            JsonValueKind.String => OfCount(
                schema, "minLength", "maxLength", (JsonFields.Unicode(value) ?? "").EnumerateRunes().Count(),
                "character"),
            JsonValueKind.Array => OfCount(schema, "minItems", "maxItems", value.GetArrayLength(), ""),
            _ => null,
        };

    private static (string, string?)? OfChoice(JsonElement schema, JsonElement value)
    {
        var choices = schema.At("const") is { } only ? [only] : SchemaRules.Items(schema, "enum").ToList();
        if (choices.Count == 0 || choices.Any(choice => IsSame(choice, value)))
            return null;
        var words = choices.Select(choice => choice.ValueKind == JsonValueKind.String
            ? Shown.Short(JsonFields.Unicode(choice) ?? "?")
            : SchemaRules.Show(choice)).ToList();
        var most = words.Count > 20 ? [.. words.Take(20), "…"] : words;
        return ($"takes {FieldRules.Either(most)}, found {SchemaRules.Show(value)}", Hint(choices, words, value));
    }

    private static string? Hint(List<JsonElement> choices, List<string> words, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String && JsonFields.Unicode(value) is { } text)
        {
            var same = words.FirstOrDefault(word => string.Equals(word, text, StringComparison.OrdinalIgnoreCase));
            return same is null ? DidYouMean.Hint(text, words) : $"did you mean '{same}'?";
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDecimal(out var number))
            return null;
        var numbers = choices.Where(choice => choice.ValueKind == JsonValueKind.Number)
            .Select(choice => choice.TryGetDecimal(out var known) ? known : (decimal?)null).OfType<decimal>().ToList();
        return numbers.Count == 0
            ? null
            : Invariant($"did you mean {numbers.MinBy(known => Distance(known, number))}?");
    }

    private static double Distance(decimal a, decimal b) => Math.Abs((double)a - (double)b);

    private static (string, string?)? OfNumber(JsonElement schema, JsonElement value)
    {
        if (!value.TryGetDecimal(out var number))
            return null;
        var (least, greatest) = (Bound(schema, "minimum"), Bound(schema, "maximum"));
        var above = Exclusive(schema, "exclusiveMinimum", least);
        var below = Exclusive(schema, "exclusiveMaximum", greatest);
        if (!(number < least || number > greatest || number <= above || number >= below))
            return null;
        var wanted = (above ?? least, below ?? greatest) switch
        {
            ({ } low, { } high) => Invariant(
                $"{(above is null ? "" : "more than ")}{low} to {(below is null ? "" : "less than ")}{high}"),
            ({ } low, null) => Invariant($"{(above is null ? "at least" : "more than")} {low}"),
            (null, { } high) => Invariant($"{(below is null ? "at most" : "less than")} {high}"),
            _ => "another number",
        };
        return ($"takes {wanted}, found {SchemaRules.Show(value)}", null);
    }

    private static (string, string?)? OfCount(JsonElement schema, string least, string most, int count, string what)
    {
        if (Bound(schema, most) is { } high && count > high)
            return (Invariant($"takes at most {high}{Plural(high, what)}, found {count}"), null);
        return Bound(schema, least) is { } low && count < low
            ? (Invariant($"takes at least {low}{Plural(low, what)}, found {count}"), null)
            : null;
    }

    private static string Plural(decimal number, string what) =>
        what.Length == 0 ? "" : number == 1 ? " " + what : $" {what}s";

    private static decimal? Bound(JsonElement schema, string name) =>
        schema.At(name) is { ValueKind: JsonValueKind.Number } bound && bound.TryGetDecimal(out var number)
            ? number
            : null;

    // OpenAPI 3.0 says true beside the bound, 3.1 the bound itself.
    private static decimal? Exclusive(JsonElement schema, string name, decimal? bound) =>
        schema.At(name).Flag() == true ? bound : Bound(schema, name);

    private static bool IsSame(JsonElement choice, JsonElement value) =>
        choice.ValueKind == JsonValueKind.Number && value.ValueKind == JsonValueKind.Number
        && choice.TryGetDecimal(out var known) && value.TryGetDecimal(out var number)
            ? known == number
            : JsonElement.DeepEquals(choice, value);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
