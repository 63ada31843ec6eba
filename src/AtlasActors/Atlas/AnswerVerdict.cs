using System.Globalization;

namespace AtlasActors.Atlas;

/// <summary>What an answer's codes and texts say, whatever it was the answer to.</summary>
internal static class AnswerVerdict
{
    /// <summary>Atlas's code for an input that moderation rejected.</summary>
    private const string ModerationCode = "1039";

    // Taken from recorded answers; there is no list of them.
    private static readonly string[] ModerationTexts =
    [
        "violates policy", "safety review", "prohibited content", "infringing",
    ];

    /// <summary>
    /// The code that counts: the body's, where it is an HTTP one, else the HTTP status, else a code of the platform's
    /// own in a body that came with status 200. A body's 5xx does not soften an HTTP 4xx.
    /// </summary>
    public static int Code(HttpAnswer answer, AnswerBody? body)
    {
        var isClientError = answer.Status is >= 400 and < 500;
        return body?.Code switch
        {
            >= 400 and < 500 => body.Code.Value,
            >= 500 and < 600 when !isClientError => body.Code.Value,
            >= 600 when answer.Status < 400 => body.Code.Value,
            _ => answer.Status,
        };
    }

    /// <summary>Whether moderation spoke: the same input would be refused again.</summary>
    public static bool IsModeration(AnswerBody body)
    {
        if (body.ErrorCode == ModerationCode || body.CodeText == ModerationCode)
            return true;
        return IsModeration(body.JobError) || IsModeration(body.Message);
    }

    /// <summary>How the answer is named within a sentence: <c>HTTP 401: unauthorized</c>.</summary>
    public static string Cause(HttpAnswer answer, AnswerBody? body, ServerText texts)
    {
        var status = answer.Status.ToString(CultureInfo.InvariantCulture);
        var code = body?.CodeText is { } text && text != status && body.Code is not (0 or 200)
            ? $", code {texts.Clean(text)}"
            : "";
        var said = body is null ? Kind(answer)
            : texts.Clean(body.Message) is { } message ? $": {message.TrimEnd('.')}"
            : "";
        return $"HTTP {status}{code}{said}";
    }

    /// <summary>A failure that names the answer it came from.</summary>
    public static AtlasFailure Failure(string message, HttpAnswer answer, AnswerBody? body, ServerText texts) =>
        new(message, answer.Status, CodeOf(body, texts), texts.Id(answer.RequestId) ?? texts.Id(body?.Trace));

    private static string? CodeOf(AnswerBody? body, ServerText texts) =>
        texts.Clean(body?.ErrorCode) ?? (body?.Code is 0 or 200 ? null : texts.Clean(body?.CodeText));

    private static bool IsModeration(string? text) =>
        text is not null && ModerationTexts.Any(known => text.Contains(known, StringComparison.OrdinalIgnoreCase));

    private static string Kind(HttpAnswer answer) =>
        answer.Body.IsEmpty ? ", an empty body"
        : LooksLikePage(answer) ? ", a web page"
        : ", a body that is not readable JSON";

    private static bool LooksLikePage(HttpAnswer answer) =>
        answer.ContentType is "text/html" or "application/xhtml+xml"
        || answer.Body.Span.TrimStart(" \t\r\n"u8).StartsWith("<"u8);
}
