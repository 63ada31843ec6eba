using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace AtlasActors.Simulator.Http;

/// <summary>Reads bodies up to Atlas's 50 MB.</summary>
internal static class RequestBody
{
    public const int Limit = 50 * 1024 * 1024;

    /// <summary>
    /// The body, or null when it is over the limit. It is read to its end even then: a sender that is still writing
    /// would see a broken connection in place of the answer.
    /// </summary>
    public static async Task<MemoryStream?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = new MemoryStream();
        var buffer = new byte[64 * 1024];
        long total = 0;
        while (await request.Body.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            total += count;
            if (total <= Limit) body.Write(buffer, 0, count);
            else body.SetLength(0);
        }

        body.Position = 0;
        return total <= Limit ? body : null;
    }

    /// <summary>The JSON object in a body, or null when it is none. Dispose of the document.</summary>
    public static JsonDocument? ParseObject(Stream body)
    {
        try
        {
            var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            document.Dispose();
        }
        catch (JsonException)
        {
            // Not JSON at all is answered like JSON of the wrong shape.
        }

        return null;
    }
}
