using System.Text.Json;

namespace AtlasActors.Atlas;

/// <summary>Finds the addresses of what was made, in every form seen: lists, texts and objects, new and old.</summary>
internal static class AnswerOutputs
{
    // "text" and flags, of models that make no media, are not among them: AnswerTexts finds those.
    private static readonly string[] AddressFields =
        ["url", "download_url", "image_url", "video_url", "audio_url", "output", "uri"];

    /// <summary>The first place that holds any, in Atlas's order.</summary>
    public static IReadOnlyList<string> Of(JsonElement job, JsonElement root)
    {
        JsonElement?[] places =
        [
            job.At("outputs"), job.At("output"), root.At("outputs"), root.At("output"), job.At("url"), root.At("url"),
        ];
        foreach (var place in places)
            if (place is { } value && In(value).ToList() is { Count: > 0 } found)
                return found;
        return [];
    }

    private static IEnumerable<string> In(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => JsonFields.Unicode(value) is { } text && IsAddress(text) ? [text.Trim()] : [],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(In),
        JsonValueKind.Object => AddressFields
            .Select(field => value.At(field) is { } inner ? In(inner).ToList() : [])
            .FirstOrDefault(found => found.Count > 0) ?? [],
        _ => [],
    };

    private static bool IsAddress(string text)
    {
        var start = text.AsSpan().TrimStart();
        return start.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("data:", StringComparison.OrdinalIgnoreCase);
    }
}
