using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace AtlasActors.Host.Serving;

/// <summary>JSON documents as answers, written as those on standard output are.</summary>
internal static class Answer
{
    public const string Json = "application/json";

    public static Task WriteAsync(HttpContext context, object document, string contentType = Json) =>
        WriteAsync(context, BytesOf(document), contentType);

    public static Task WriteAsync(HttpContext context, byte[] bytes, string contentType)
    {
        context.Response.ContentType = contentType;
        context.Response.ContentLength = bytes.Length;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    public static byte[] BytesOf(object document)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        Rendering.Json.Write(text, document);
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
