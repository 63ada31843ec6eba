using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AtlasActors.Host.Serving;

/// <summary>Bodies of requests, bounded.</summary>
internal static class RequestText
{
    /// <summary>All bytes of a body; one that is longer ends the request with 413.</summary>
    public static async Task<byte[]> BytesAsync(HttpContext context, int most)
    {
        Limit(context, most);
        using var body = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        }
        catch (IOException fault) when (fault.GetType() == typeof(IOException))
        {
            // As the server tells of chunks whose sizes make no sense; of all else it has exceptions of their own.
            throw new ProblemException(StatusCodes.Status400BadRequest, "The body is not in order, or not all of it came.");
        }
        return body.ToArray();
    }

    /// <summary>Ends the request with 413 where its body is longer, or turns out to be.</summary>
    public static void Limit(HttpContext context, long most)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = most;
        if (context.Request.ContentLength > most)
            throw new BadHttpRequestException("Too long.", StatusCodes.Status413PayloadTooLarge);
    }

    /// <summary>The text in UTF-8, with or without a mark.</summary>
    public static string Of(byte[] bytes)
    {
        try
        {
            var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
            return utf8.GetString(bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsSpan(3) : bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "The body is not UTF-8.");
        }
    }
}
