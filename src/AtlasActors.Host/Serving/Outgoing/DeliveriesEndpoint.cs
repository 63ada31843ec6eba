using AtlasActors.Host.Serving.Callers;
using AtlasActors.Host.Serving.Posting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AtlasActors.Host.Serving.Outgoing;

/// <summary><c>/v1/webhooks/deliveries</c>: what was told to whom, and what became of it.</summary>
internal sealed class DeliveriesEndpoint(
    ServiceState service, Outbox outbox, PostDesk desk, BatchBody bodies, TimeProvider clock)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/webhooks/deliveries", ListAsync);
        routes.MapPost(
            "/v1/webhooks/deliveries/{delivery}/redeliver",
            desk.Taking<SentDocument>(bodies.ReadDocumentAsync, post => Task.FromResult(Redeliver(post))))
            .For(Role.Submit);
    }

    private Task ListAsync(HttpContext context)
    {
        var query = new QueryReading(context.Request);
        var limit = query.Count("limit", BatchListEndpoint.UsualPage, 1, BatchListEndpoint.LargestPage);
        var filter = new DeliveryFilter(query.Text("batch"), query.AnyOf<DeliveryState>("state"));
        var before = PageCursor.Read(context.Request, query, numbers: 1);
        query.ThrowIfFaulty();
        service.ToList();
        var found = outbox.List(filter, limit + 1, before is [var number] ? number : null);
        var page = found.Take(limit).ToList();
        var next = found.Count > limit ? PageCursor.Of(context.Request, page[^1].Number) : null;
        return Answer.WriteAsync(context, new DeliveryListDocument([.. page.Select(one => one.Document)], next));
    }

    private Reply Redeliver(Post<SentDocument> post)
    {
        post.Query.ThrowIfFaulty();
        new FieldReading(post.Body.Bytes).ThrowIfFaulty();
        service.ToChange();
        var id = post.Context.GetRouteValue("delivery") as string ?? "";
        return outbox.Redeliver(id, clock.GetUtcNow()) is { } delivery
            ? Reply.Of(delivery)
            : throw new ProblemException(
                StatusCodes.Status404NotFound, "There is no such delivery, or it was settled long ago and is kept no more.");
    }
}
