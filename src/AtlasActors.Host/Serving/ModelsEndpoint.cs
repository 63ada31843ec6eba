using AtlasActors.Host.Rendering;
using AtlasActors.Host.Serving.Callers;
using AtlasActors.Jobs;
using AtlasActors.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AtlasActors.Host.Serving;

/// <summary><c>GET /v1/models</c>: what <c>models --json</c> tells.</summary>
internal static class ModelsEndpoint
{
    private static readonly string[] Types = [.. Enum.GetValues<MediaKind>().Select(kind => kind.Word())];

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/models", ListAsync).For(Role.Read);

    private static Task ListAsync(HttpContext context)
    {
        var query = new QueryReading(context.Request);
        var (word, type) = (query.Text("word"), query.Text("type"));
        if (type is not null && !Types.Contains(type))
            query.Fault("type", $"is '{type}': give {string.Join(", ", Types)}.");
        query.ThrowIfFaulty();
        return Answer.WriteAsync(context, ModelsDocument.Of(ModelsDocument.Select(ModelCatalog.Default, word ?? "", type)));
    }
}
