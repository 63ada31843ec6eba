using AtlasActors.Batches;
using AtlasActors.Hosting;
using AtlasActors.Host.Serving.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AtlasActors.Host.Serving;

/// <summary><c>GET /v1/batches</c>: showing batches.</summary>
internal sealed class BatchesEndpoint(ServiceState service)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/batches", ListAsync).For(Role.Read);
        routes.MapGet("/v1/batches/{batch}", ShowAsync).For(Role.Read);
        routes.MapGet("/v1/batches/{batch}/jobs", ShowJobsAsync).For(Role.Read);
    }

    private async Task ListAsync(HttpContext context)
    {
        new QueryReading(context.Request).ThrowIfFaulty();
        var batches = await service.ToLook().ListAsync(context.RequestAborted).ConfigureAwait(false);
        await Answer.WriteAsync(
            context, new BatchListDocument([.. batches.Select(batch => BatchDocument.Of(batch, service.OutputDir))])).ConfigureAwait(false);
    }

    private Task ShowAsync(HttpContext context) => AnswerAsync(
        context, async (batches, id) =>
            BatchDocument.Of(await batches.GetAsync(id, context.RequestAborted).ConfigureAwait(false), service.OutputDir));

    private Task ShowJobsAsync(HttpContext context) => AnswerAsync(
        context, async (batches, id) =>
            JobListDocument.Of(await batches.GetJobsAsync(id, context.RequestAborted).ConfigureAwait(false)));

    private async Task AnswerAsync(HttpContext context, Func<IAtlasBatches, BatchId, Task<object>> look)
    {
        new QueryReading(context.Request).ThrowIfFaulty();
        await Answer.WriteAsync(context, await BatchPath.WithAsync(service, context, look).ConfigureAwait(false)).ConfigureAwait(false);
    }
}
