using System.Globalization;
using AtlasActors.Simulator.Predictions;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AtlasActors.Simulator.Http;

/// <summary>Serves outputs, whole or in parts, as long as they are kept.</summary>
internal sealed class OutputEndpoint(SimulatorOptions options, PredictionBook book, SeenTraffic seen, OutputShelf shelf)
{
    public async Task ServeAsync(HttpContext context)
    {
        if (!SignedLinks.IsSigned(options, context.Request))
        {
            await Answers.RefuseAsync(context, StatusCodes.Status403Forbidden, "the signature is missing");
            return;
        }

        var name = (string)context.Request.RouteValues["name"]!;
        if (Find(name) is not var (tracked, index))
        {
            await Answers.RefuseAsync(context, StatusCodes.Status404NotFound, "no such file");
            return;
        }

        var prediction = tracked.Prediction;
        var download = seen.CountDownload(tracked, index);
        var content = await shelf.GetAsync(prediction, context.RequestAborted);
        if (IsCut(tracked, download))
        {
            await CutAsync(context, content, prediction.Format);
            return;
        }

        await Results.Bytes(
            content, OutputFormats.ContentType(prediction.Format), enableRangeProcessing: true,
            lastModified: prediction.DoneAt, entityTag: new EntityTagHeaderValue($"\"{prediction.Id}\""))
            .ExecuteAsync(context);
    }

    private (TrackedPrediction Tracked, int Index)? Find(string name)
    {
        if (OutputName.Parse(name) is not { } output) return null;
        if (book.Find(output.PredictionId) is not { Prediction: var prediction } tracked) return null;
        var now = options.Clock.GetUtcNow();
        return prediction.IsDone(now) && now < prediction.OutputsUntil(options.OutputLifetime)
            && !IsGone(tracked) && prediction.OutputNames().Contains(name)
            ? (tracked, output.Index)
            : null;
    }

    private bool IsGone(TrackedPrediction tracked) =>
        tracked.Markers.Has(PromptMarker.OutputExpired)
        || Chance.Hits(
            options.Faults.ExpiredOutputRate, options.Seed, ChancePurpose.ExpiredOutput, tracked.Prediction.Number);

    private bool IsCut(TrackedPrediction tracked, int download) =>
        (options.Faults.CutFirstDownloads && download == 1)
        || tracked.Markers.Hits(PromptMarker.DownloadCut, download)
        || Chance.Hits(
            options.Faults.DownloadCutRate, options.Seed, ChancePurpose.DownloadCut, tracked.Prediction.Number,
            download);

    // The length of the whole is promised and half of it sent: the server then has to close the connection.
    private static async Task CutAsync(HttpContext context, byte[] content, OutputFormat format)
    {
        var from = context.Request.GetTypedHeaders().Range?.Ranges.FirstOrDefault()?.From ?? 0;
        var start = (int)Math.Min(from, content.Length);
        if (start > 0)
        {
            context.Response.StatusCode = StatusCodes.Status206PartialContent;
            context.Response.Headers.ContentRange = string.Create(
                CultureInfo.InvariantCulture, $"bytes {start}-{content.Length - 1}/{content.Length}");
        }

        context.Response.ContentType = OutputFormats.ContentType(format);
        context.Response.ContentLength = content.Length - start;
        await context.Response.Body.WriteAsync(content.AsMemory(start, (content.Length - start) / 2));
        await context.Response.Body.FlushAsync();
    }
}
