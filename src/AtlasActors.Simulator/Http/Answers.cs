using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace AtlasActors.Simulator.Http;

/// <summary>How answers are written: JSON bodies, error envelopes, a gateway's page.</summary>
internal static class Answers
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = JsonSerializerOptions.Default.TypeInfoResolver,
    };

    public static Task WriteAsync(HttpContext context, JsonObject body, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, Json);
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    /// <summary>Atlas's error envelope; <c>data: null</c> tells a client that nothing was accepted.</summary>
    public static Task RefuseAsync(HttpContext context, int code, string message, int? status = null) => WriteAsync(
        context,
        new JsonObject
        {
            ["code"] = code,
            ["msg"] = message,
            ["request_id"] = context.TraceIdentifier,
            ["data"] = null,
        },
        status ?? code);

    /// <summary>What a content network in front of the API says when it cannot reach it.</summary>
    public static Task WriteGatewayPageAsync(HttpContext context, int status)
    {
        var title = status switch
        {
            StatusCodes.Status502BadGateway => "502 Bad Gateway",
            StatusCodes.Status504GatewayTimeout => "504 Gateway Time-out",
            _ => "503 Service Temporarily Unavailable",
        };
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html";
        return context.Response.WriteAsync(
            $"<html>\n<head><title>{title}</title></head>\n<body><center><h1>{title}</h1></center></body>\n</html>\n",
            context.RequestAborted);
    }

    /// <summary>The address under which the caller reached the simulator, for links that it can follow.</summary>
    public static string Origin(HttpRequest request) => $"{request.Scheme}://{request.Host}";
}
