using AtlasActors.Batches;
using AtlasActors.Host.Serving.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AtlasActors.Host.Serving;

/// <summary><c>GET /v1/batches</c> and <c>GET /v1/batches/{id}</c>: what the records say of batches.</summary>
internal sealed class BatchListEndpoint(ServiceState service)
{
    /// <summary>As many as a page has when nobody says how many, and as it may have.</summary>
    public const int UsualPage = 50, LargestPage = 500;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/batches", ListAsync);
        routes.MapGet("/v1/batches/{batch}", ShowAsync);
    }

    private Task ListAsync(HttpContext context)
    {
        var query = new QueryReading(context.Request);
        var limit = query.Count("limit", UsualPage, 1, LargestPage);
        var filter = new BatchFilter(
            query.AnyOf<BatchPhase>("state"), query.Labels("label"), query.Time("from"), query.Time("to"), query.Text("text"));
        var after = PageCursor.Read(context.Request, query, numbers: 2);
        query.ThrowIfFaulty();
        // One more than is shown tells whether there is a next page.
        var found = service.ToList().Batches(
            filter, limit + 1, after is [var created, var place] ? new BatchPosition(created, place) : null);
        var page = found.Take(limit).ToList();
        var next = found.Count > limit ? PageCursor.Of(context.Request, page[^1].Created, page[^1].Place) : null;
        return Answer.WriteAsync(
            context, new BatchListDocument([.. page.Select(row => BatchDocument.Of(row, service.OutputDir))], next));
    }

    private Task ShowAsync(HttpContext context)
    {
        new QueryReading(context.Request).ThrowIfFaulty();
        return Answer.WriteAsync(context, BatchDocument.Of(service.RecordOf(context), service.OutputDir));
    }
}
