using System.Text;
using System.Text.Json;

namespace AtlasActors.Atlas;

/// <summary>
/// Finds what models made that make no media: a transcript, a verdict. It stands in the answer itself, and is given on
/// as an address that holds the bytes.
/// </summary>
internal static class AnswerTexts
{
    /// <summary>Of an answer without media: the first place that holds anything, and a transcript's times.</summary>
    public static IReadOnlyList<string> Of(JsonElement job, JsonElement root)
    {
        JsonElement?[] places = [job.At("outputs"), job.At("output"), root.At("outputs"), root.At("output")];
        var found = places.Select(place => place is { } value ? In(value).ToList() : [])
            .FirstOrDefault(texts => texts.Count > 0) ?? [];
        if ((job.At("stt_result") ?? root.At("stt_result")).Object() is { } words)
            found.Add(Document(words));
        return found;
    }

    private static IEnumerable<string> In(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when JsonFields.Unicode(value) is { } text && IsText(text) => [Plain(text)],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(In),
        JsonValueKind.Object => InObject(value),
        _ => [],
    };

    private static IEnumerable<string> InObject(JsonElement value)
    {
        if (value.At("text").String() is { } text)
            yield return Plain(text);
        if (value.EnumerateObject().Any(field => field.Name != "text" && field.Value.ValueKind != JsonValueKind.Null))
            yield return Document(value);
    }

    // An address of another scheme than the web's is no text, but an output that cannot be brought.
    private static bool IsText(string text) =>
        !string.IsNullOrWhiteSpace(text)
        && (text.Any(char.IsWhiteSpace) || !text.Contains("://", StringComparison.Ordinal));

    private static string Plain(string text) => Address("text/plain", text);

    private static string Document(JsonElement value) => Address("application/json", value.GetRawText());

    private static string Address(string type, string text) =>
        $"data:{type};charset=utf-8;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}";
}
