using System.Text.Json;

namespace AtlasActors.Atlas;

/// <summary>Tells pages and error documents from media. Bytes that no rule knows are taken for media.</summary>
internal static class Markup
{
    private const string WebPage = "a web page";

    /// <summary>What came instead of media, as the end of a sentence; null when it may be media.</summary>
    /// <param name="contentType">The media type that the server named, in lower case.</param>
    /// <param name="head">The first bytes.</param>
    /// <param name="length">How many bytes came altogether.</param>
    /// <param name="mayBeText">Whether a document is what was promised; a web page is an error all the same.</param>
    public static string? InsteadOfMedia(
        string? contentType, ReadOnlySpan<byte> head, long length, bool mayBeText = false)
    {
        if (length == 0)
            return "nothing at all";
        if (MediaMagic.Of(head) is not null)
            return null;
        var other = Named(contentType) ?? Seen(contentType, head, length);
        return mayBeText && other != WebPage ? null : other;
    }

    /// <summary>The text without byte order mark and leading blanks.</summary>
    public static ReadOnlySpan<byte> Start(ReadOnlySpan<byte> head) =>
        (head.StartsWith("\uFEFF"u8) ? head[3..] : head).TrimStart(" \t\r\n"u8);

    private static string? Named(string? contentType) => contentType switch
    {
        "text/html" or "application/xhtml+xml" => WebPage,
        "application/json" or "text/json" => "a JSON document",
        "application/xml" or "text/xml" => "an XML document",
        "image/svg+xml" => null,
        not null when contentType.EndsWith("+json", StringComparison.Ordinal) => "a JSON document",
        not null when contentType.EndsWith("+xml", StringComparison.Ordinal) => "an XML document",
        _ => null,
    };

    private static string? Seen(string? contentType, ReadOnlySpan<byte> head, long length)
    {
        var text = Start(head);
        if (StartsWith(text, "<!doctype html") || StartsWith(text, "<html"))
            return WebPage;
        if (contentType is not null && IsMedia(contentType))
            return null;
        if (StartsWith(text, "<?xml") || StartsWith(text, "<error>"))
            return "an XML document";
        return length <= head.Length && IsJsonObject(text) ? "a JSON document" : null;
    }

    private static bool IsMedia(string contentType) =>
        contentType.StartsWith("image/", StringComparison.Ordinal)
        || contentType.StartsWith("video/", StringComparison.Ordinal)
        || contentType.StartsWith("audio/", StringComparison.Ordinal)
        || contentType.StartsWith("model/", StringComparison.Ordinal);

    private static bool StartsWith(ReadOnlySpan<byte> text, string start)
    {
        if (text.Length < start.Length)
            return false;
        for (var at = 0; at < start.Length; at++)
            if (char.ToLowerInvariant((char)text[at]) != start[at])
                return false;
        return true;
    }

    private static bool IsJsonObject(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith("{"u8))
            return false;
        try
        {
            JsonElement.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
