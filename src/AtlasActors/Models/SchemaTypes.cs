using System.Text.Json;
using AtlasActors.Atlas;

namespace AtlasActors.Models;

/// <summary>The <c>type</c> of a schema.</summary>
internal static class SchemaTypes
{
    /// <summary>What is wrong where a value is of none of the types; null where it is of one or none is named.</summary>
    public static string? Misfit(JsonElement schema, JsonElement value)
    {
        var types = TypesOf(schema);
        return types.Count == 0 || types.Any(type => IsOf(type, value))
            ? null
            : $"wants {Words(types)}, found {Found(value)}";
    }

    /// <summary>What a schema wants, in words; null where it names no type.</summary>
    public static string? Wanted(JsonElement schema) => TypesOf(schema) is { Count: > 0 } types ? Words(types) : null;

    private static List<string> TypesOf(JsonElement schema) => schema.At("type") is not { } type
        ? []
        : type.ValueKind == JsonValueKind.Array
            ? [.. type.EnumerateArray().Select(item => ((JsonElement?)item).String()).OfType<string>()]
            : ((JsonElement?)type).String() is { } one ? [one] : [];

    // A type that nobody knows is no reason to refuse a job.
    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number
            && (!value.TryGetDecimal(out var number) || decimal.IsInteger(number)),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => true,
    };

    private static string Words(List<string> types) => string.Join(" or ", types.Select(type => type switch
    {
        "string" => "text",
        "number" => "a number",
        "integer" => "a whole number",
        "boolean" => "true or false",
        "array" => "a list",
        "object" => "a map",
        _ => "nothing",
    }));

    private static string Found(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => $"the text {SchemaRules.Show(value)}",
        JsonValueKind.Number => $"the number {SchemaRules.Show(value)}",
        _ => SchemaRules.Show(value),
    };
}
