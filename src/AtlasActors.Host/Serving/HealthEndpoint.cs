using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AtlasActors.Host.Serving;

/// <summary><c>/healthz</c>: whether the process answers, and whether it takes batches on.</summary>
internal sealed class HealthEndpoint(ServiceState service)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz/live", context => Answer.WriteAsync(context, new HealthDocument("live")));
        routes.MapGet("/healthz/ready", context => service.IsReady
            ? Answer.WriteAsync(context, new HealthDocument("ready"))
            : Problem.AnswerAsync(
                context, StatusCodes.Status503ServiceUnavailable, "The service is starting, or being stopped."));
    }

    private sealed record HealthDocument(string Status);
}
