using System.Globalization;
using System.Text;
using AtlasActors.Host.Rendering;
using Microsoft.AspNetCore.Http;

namespace AtlasActors.Host.Serving;

/// <summary>JSON documents as answers, written as those on standard output are.</summary>
internal static class Answer
{
    public static Task WriteAsync(HttpContext context, object document, string contentType = "application/json")
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        Json.Write(text, document);
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        context.Response.ContentType = contentType;
        context.Response.ContentLength = bytes.Length;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }
}
