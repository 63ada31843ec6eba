using AtlasActors.Host.Serving.Records;
using AtlasActors.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AtlasActors.Host.Serving;

/// <summary><c>GET /v1/batches/{id}/jobs</c>: the jobs of a batch, page by page.</summary>
internal sealed class JobListEndpoint(ServiceState service)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/batches/{batch}/jobs", ListAsync);

    private Task ListAsync(HttpContext context)
    {
        var query = new QueryReading(context.Request);
        var limit = query.Count("limit", BatchListEndpoint.UsualPage, 1, BatchListEndpoint.LargestPage);
        var filter = new JobFilter(
            query.AnyOf<JobStage>("state"), query.Text("model"), query.Text("error"), query.Text("text"));
        var after = PageCursor.Read(context.Request, query, numbers: 1);
        query.ThrowIfFaulty();
        var batch = service.RecordOf(context);
        var found = service.ToList().Jobs(batch.Place, filter, limit + 1, after is [var number] ? number : 0);
        var page = found.Take(limit).ToList();
        var next = found.Count > limit ? PageCursor.Of(context.Request, page[^1].Number) : null;
        return Answer.WriteAsync(context, new JobListDocument([.. page.Select(job => DocumentOf(batch, job))], next));
    }

    /// <summary>What a queued job was last said to wait for is over when nobody works on its batch.</summary>
    private static JobDocument DocumentOf(BatchRow batch, JobRow job)
    {
        var document = JobDocument.Of(batch.Id, job);
        return batch.IsAtRest && document.Status == JobStage.Queued
            ? document with { Why = "the batch to be taken up again" }
            : document;
    }
}
