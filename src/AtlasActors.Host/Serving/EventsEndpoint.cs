using System.Globalization;
using AtlasActors.Batches;
using AtlasActors.Host.Serving.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AtlasActors.Host.Serving;

/// <summary>
/// <c>GET /v1/batches/{id}/events</c> and <c>GET /v1/events</c>: server-sent events from the records' feed of changes. Whoever
/// comes again with the last id that it has is told all that changed since; each job and each batch as it is by then.
/// </summary>
internal sealed class EventsEndpoint(ServiceState service)
{
    private const int MostAtOnce = 500;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/batches/{batch}/events", OfBatchAsync);
        routes.MapGet("/v1/events", OfAllAsync);
    }

    private Task OfBatchAsync(HttpContext context)
    {
        var records = service.ToList();
        var after = StartOf(context, records, EventsFrom.Start);
        return SendAsync(context, records, after, service.RecordOf(context));
    }

    private Task OfAllAsync(HttpContext context)
    {
        var records = service.ToList();
        return SendAsync(context, records, StartOf(context, records, EventsFrom.Now), batch: null);
    }

    /// <summary>
    /// The number after which changes are told. The header wins: a client that comes again sends its old address with it.
    /// </summary>
    private static long StartOf(HttpContext context, ServiceRecords records, EventsFrom usual)
    {
        var query = new QueryReading(context.Request);
        var (from, last) = (query.OneOf("from", usual), query.Text("after"));
        var header = context.Request.Headers["Last-Event-ID"] is [{ Length: > 0 } id] ? id : null;
        var start = Number(query, "Last-Event-ID", header, records)
            ?? Number(query, "after", last, records)
            ?? (from == EventsFrom.Start ? 0 : records.Last);
        query.ThrowIfFaulty();
        return start;
    }

    private static long? Number(QueryReading query, string name, string? text, ServiceRecords records)
    {
        if (text is null) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= records.Last)
            return number;
        query.Fault(name, $"is '{text}': give the id of an event of this service, or leave it out.");
        return null;
    }

    private async Task SendAsync(HttpContext context, ServiceRecords records, long after, BatchRow? batch)
    {
        var lifetime = context.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, lifetime.ApplicationStopping);
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var stream = new EventStream(context.Response, service.OutputDir);
        try
        {
            await stream.BeginAsync(end.Token).ConfigureAwait(false);
            while (true)
            {
                var news = records.WhenNews;
                // Looked at before the changes: these are then all that led to it.
                var isOver = batch is not null && IsOver(records, ref batch);
                var changes = records.ChangesAfter(after, MostAtOnce, batch?.Place);
                foreach (var change in changes) await stream.SendAsync(change, end.Token).ConfigureAwait(false);
                if (changes is [.., var last])
                {
                    after = last.Number;
                    await stream.FlushAsync(end.Token).ConfigureAwait(false);
                }
                else if (isOver)
                {
                    await stream.EndAsync(after, batch!, end.Token).ConfigureAwait(false);
                    return;
                }
                else
                    await stream.BeatUntilAsync(news, end.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Who listened is gone, or the service is: it comes again with its last id.
        }
    }

    /// <summary>Whether the batch, as it is now, rests; one that is gone from the records rests as it was.</summary>
    private static bool IsOver(ServiceRecords records, ref BatchRow batch)
    {
        var now = records.Find(BatchId.Parse(batch.Id));
        batch = now ?? batch;
        return now is null || now.IsOver;
    }

    /// <summary>Where a client begins that has no id yet.</summary>
    private enum EventsFrom
    {
        /// <summary>With everything as it is, and then all that changes.</summary>
        Start,

        /// <summary>With the next change.</summary>
        Now,
    }
}
