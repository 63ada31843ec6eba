using System.Globalization;
using System.Text;
using AtlasActors.Host.Rendering;
using AtlasActors.Host.Serving.Records;
using Microsoft.AspNetCore.Http;

namespace AtlasActors.Host.Serving;

/// <summary>
/// An answer of server-sent events: the documents of the lists, a line each, with the number of the change as id.
/// </summary>
internal sealed class EventStream(HttpResponse response, string outputDir)
{
    /// <summary>Proxies give up on what says nothing for a minute, and some for half of one.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public async Task BeginAsync(CancellationToken cancellation)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        // For nginx, which would keep them back to fill a buffer.
        response.Headers["X-Accel-Buffering"] = "no";
        await WriteAsync("retry: 1000\n\n", cancellation).ConfigureAwait(false);
        await FlushAsync(cancellation).ConfigureAwait(false);
    }

    public Task SendAsync(Change change, CancellationToken cancellation) => change.Job is { } job
        ? SendAsync(change.Number, "job", JobDocument.Of(change.Id.Value, job), cancellation)
        : SendAsync(change.Number, "batch", BatchDocument.Of(change.Batch!, outputDir), cancellation);

    /// <summary>
    /// The batch rests, and everything was told: there is nothing to come again for, until somebody takes it up.
    /// </summary>
    public async Task EndAsync(long last, BatchRow batch, CancellationToken cancellation)
    {
        await SendAsync(last, "end", BatchDocument.Of(batch, outputDir), cancellation).ConfigureAwait(false);
        await FlushAsync(cancellation).ConfigureAwait(false);
    }

    public Task FlushAsync(CancellationToken cancellation) => response.Body.FlushAsync(cancellation);

    /// <summary>Waits for news, and shows meanwhile that the connection lives.</summary>
    public async Task BeatUntilAsync(Task news, CancellationToken cancellation)
    {
        while (await Task.WhenAny(news, Task.Delay(Heartbeat, cancellation)).ConfigureAwait(false) != news)
        {
            cancellation.ThrowIfCancellationRequested();
            await WriteAsync(": heartbeat\n\n", cancellation).ConfigureAwait(false);
            await FlushAsync(cancellation).ConfigureAwait(false);
        }
    }

    private Task SendAsync(long id, string name, object document, CancellationToken cancellation) => WriteAsync(
        string.Create(CultureInfo.InvariantCulture, $"id: {id}\nevent: {name}\ndata: {Json.Line(document)}\n\n"), cancellation);

    private Task WriteAsync(string text, CancellationToken cancellation) =>
        response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation).AsTask();
}
