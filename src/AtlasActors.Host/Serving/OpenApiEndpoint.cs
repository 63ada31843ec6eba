using AtlasActors.Host.Serving.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AtlasActors.Host.Serving;

/// <summary>
/// <c>/openapi/v1.json</c>: the API described, OpenAPI 3.1. It is written by hand, for the routes here take and give
/// bytes and say nothing of themselves that could be described; a test holds it against the routes and against the
/// answers.
/// </summary>
internal static class OpenApiEndpoint
{
    private const string Resource = "AtlasActors.Host.openapi.json";

    private static readonly Lazy<byte[]> Document = new(Read);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/openapi/v1.json", ShowAsync).For(Role.Read);

    private static Task ShowAsync(HttpContext context)
    {
        new QueryReading(context.Request).ThrowIfFaulty();
        return Answer.WriteAsync(context, Document.Value, Answer.Json);
    }

    private static byte[] Read()
    {
        using var stream = typeof(OpenApiEndpoint).Assembly.GetManifestResourceStream(Resource)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
