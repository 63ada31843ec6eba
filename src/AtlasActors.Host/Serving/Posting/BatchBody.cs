using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AtlasActors.Host.Serving.Posting;

/// <summary>Reads the bodies of POSTs.</summary>
/// <param name="limits">How long they may be.</param>
/// <param name="incoming">The folder in which files lie while they are being sent.</param>
internal sealed class BatchBody(ServiceLimits limits, string incoming)
{
    /// <summary>A batch file, by itself or as a form.</summary>
    public async Task<SentBody> ReadBatchAsync(HttpContext context)
    {
        RefuseEncoded(context);
        var type = context.Request.ContentType;
        if (MediaTypeHeaderValue.TryParse(type, out var media)
            && media.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return await new SentForm(context, limits, Path.Combine(incoming, Guid.NewGuid().ToString("n")))
                .ReadAsync(HeaderUtilities.RemoveQuotes(media.Boundary).Value).ConfigureAwait(false);
        var ending = EndingOf(type) ?? throw new ProblemException(
            StatusCodes.Status415UnsupportedMediaType,
            "Send the batch file as JSON or YAML, or as multipart/form-data with the files that it names.");
        return new SentBatch(await RequestText.BytesAsync(context, limits.BatchFileBytes).ConfigureAwait(false), ending);
    }

    /// <summary>A JSON document, or nothing.</summary>
    public async Task<SentBody> ReadDocumentAsync(HttpContext context)
    {
        RefuseEncoded(context);
        var bytes = await RequestText.BytesAsync(context, limits.DocumentBytes).ConfigureAwait(false);
        return bytes.Length == 0 || EndingOf(context.Request.ContentType) is "" or ".json"
            ? new SentDocument(bytes)
            : throw new ProblemException(StatusCodes.Status415UnsupportedMediaType, "Send a JSON document, or none.");
    }

    /// <summary>
    /// Which kind of file a type says it is: <c>.json</c>, <c>.yaml</c>, or nothing where the text's first letter has
    /// to say it; null where it is another's. A form's type is what curl says of every text that it is not told about.
    /// </summary>
    public static string? EndingOf(string? contentType)
    {
        var type = contentType?.Split(';')[0].Trim().ToLowerInvariant() ?? "";
        return type switch
        {
            "" or "text/plain" or "application/octet-stream" or "application/x-www-form-urlencoded" => "",
            "application/json" or "text/json" => ".json",
            "application/yaml" or "application/x-yaml" or "text/yaml" or "text/x-yaml" => ".yaml",
            _ when type.EndsWith("+json", StringComparison.Ordinal) => ".json",
            _ when type.EndsWith("+yaml", StringComparison.Ordinal) => ".yaml",
            _ => null,
        };
    }

    private static void RefuseEncoded(HttpContext context)
    {
        if (context.Request.Headers.ContentEncoding.ToString() is not ("" or "identity"))
            throw new ProblemException(StatusCodes.Status415UnsupportedMediaType, "Send the body as it is, not compressed.");
    }
}
