using AtlasActors.Host.Serving.Callers;
using AtlasActors.Host.Serving.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AtlasActors.Host.Serving;

/// <summary><c>/metrics</c>: what is measured, for Prometheus.</summary>
internal sealed class MetricsEndpoint(ServiceTelemetry telemetry)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/metrics", ShowAsync).For(Role.Read);

    private Task ShowAsync(HttpContext context)
    {
        context.Response.ContentType = PrometheusText.ContentType;
        return context.Response.WriteAsync(telemetry.Scrape(), context.RequestAborted);
    }
}
