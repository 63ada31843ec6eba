using System.Text.Json;

namespace AtlasActors.Atlas;

/// <summary>Finds the addresses of what was made, in every form seen: lists, texts and objects, new and old.</summary>
internal static class AnswerOutputs
{
    /// <summary>The first place that holds any, in Atlas's order.</summary>
    public static IReadOnlyList<string> Of(JsonElement job, JsonElement root) =>
        In(job.At("outputs"u8)) ?? In(job.At("output"u8)) ?? In(root.At("outputs"u8)) ?? In(root.At("output"u8))
        ?? In(job.At("url"u8)) ?? In(root.At("url"u8)) ?? (IReadOnlyList<string>)[];

    private static List<string>? In(JsonElement? value, List<string>? found = null)
    {
        switch (value?.ValueKind)
        {
            case JsonValueKind.String when JsonFields.Unicode(value.Value) is { } text && IsAddress(text):
                (found ??= []).Add(text.Trim());
                break;
            case JsonValueKind.Array:
                foreach (var item in value.Value.EnumerateArray()) found = In(item, found);
                break;
            case JsonValueKind.Object when InObject(value.Value) is { } more:
                if (found is null) return more;
                found.AddRange(more);
                break;
        }
        return found;
    }

    // "text" and flags, of models that make no media, are not among them: AnswerTexts finds those.
    private static List<string>? InObject(JsonElement value) =>
        In(value.At("url"u8)) ?? In(value.At("download_url"u8)) ?? In(value.At("image_url"u8)) ?? In(value.At("video_url"u8))
        ?? In(value.At("audio_url"u8)) ?? In(value.At("output"u8)) ?? In(value.At("uri"u8));

    private static bool IsAddress(string text)
    {
        var start = text.AsSpan().TrimStart();
        return start.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("data:", StringComparison.OrdinalIgnoreCase);
    }
}
