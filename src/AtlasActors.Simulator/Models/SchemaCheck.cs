using System.Text.Json;

namespace AtlasActors.Simulator.Models;

/// <summary>Compares a submission's fields with what a model's schema says of them.</summary>
internal static class SchemaCheck
{
    // The platform's own fields: no schema has them, and they are good with every model.
    private static readonly HashSet<string> PlatformFields = new(StringComparer.Ordinal) { "model", "webhook_url" };

    /// <summary>Whether every field is the model's and has a good value, and none that it needs is missing.</summary>
    public static bool Accepts(SimulatedModel model, JsonElement fields) =>
        MissingField(model, fields) is null
        && fields.EnumerateObject().All(field => PlatformFields.Contains(field.Name)
            || (model.Fields.TryGetValue(field.Name, out var schema) && IsGood(field.Value, schema)));

    /// <summary>The first field that the model needs and the submission lacks.</summary>
    public static string? MissingField(SimulatedModel model, JsonElement fields) =>
        model.Required.FirstOrDefault(name =>
            !fields.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null);

    private static bool IsGood(JsonElement value, JsonElement schema) =>
        HasType(value, schema)
        && (!schema.TryGetProperty("enum", out var choices)
            || choices.EnumerateArray().Any(choice => JsonElement.DeepEquals(choice, value)))
        && value.ValueKind switch
        {
            JsonValueKind.Number => IsWithin(value.GetDecimal(), schema, "minimum", "maximum"),
            JsonValueKind.String => IsWithin(value.GetString()!.Length, schema, "minLength", "maxLength"),
            JsonValueKind.Array => IsWithin(value.GetArrayLength(), schema, "minItems", "maxItems")
                && (!schema.TryGetProperty("items", out var items)
                    || value.EnumerateArray().All(item => IsGood(item, items))),
            _ => true,
        };

    private static bool HasType(JsonElement value, JsonElement schema) =>
        !schema.TryGetProperty("type", out var type) || type.GetString() switch
        {
            "string" => value.ValueKind == JsonValueKind.String,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "number" => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out _),
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "array" => value.ValueKind == JsonValueKind.Array,
            "object" => value.ValueKind == JsonValueKind.Object,
            _ => true,
        };

    private static bool IsWithin(decimal number, JsonElement schema, string least, string most) =>
        (!schema.TryGetProperty(least, out var minimum) || number >= minimum.GetDecimal())
        && (!schema.TryGetProperty(most, out var maximum) || number <= maximum.GetDecimal());
}
