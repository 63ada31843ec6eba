using System.Text.Json;
using System.Text.Json.Nodes;

namespace AtlasActors.Simulator.Http;

/// <summary>
/// What is kept of a submission's body: all of it, or its long texts shortened, so that memory is bounded.
/// </summary>
internal static class KeptBody
{
    private const int MostCharacters = 4096;
    private const int LongText = 200;

    public static string? Of(JsonElement body)
    {
        var text = body.GetRawText();
        if (text.Length <= MostCharacters) return text;
        var shortened = Shortened(JsonObject.Create(body))!.ToJsonString();
        return shortened.Length <= MostCharacters ? shortened : null;
    }

    private static JsonNode? Shortened(JsonNode? node) => node switch
    {
        JsonObject fields => new JsonObject(
            fields.Select(field => KeyValuePair.Create(field.Key, Shortened(field.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Shortened)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String
            && value.GetValue<string>() is { Length: > LongText } text =>
            $"{text[..LongText]}… ({text.Length} characters)",
        _ => node?.DeepClone(),
    };
}
