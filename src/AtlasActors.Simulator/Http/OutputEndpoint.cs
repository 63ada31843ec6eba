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
        var name = (string)context.Request.RouteValues["name"]!;
        if (Find(name) is not { } prediction)
        {
            await Answers.RefuseAsync(context, StatusCodes.Status404NotFound, "no such file");
            return;
        }

        var download = seen.CountDownload(name);
        var content = await shelf.GetAsync(prediction, context.RequestAborted);
        if (IsCut(prediction, download))
        {
            await CutAsync(context, content, prediction.Format);
            return;
        }

        await Results.Bytes(
            content, OutputFormats.ContentType(prediction.Format), enableRangeProcessing: true,
            lastModified: prediction.DoneAt, entityTag: new EntityTagHeaderValue($"\"{prediction.Id}\""))
            .ExecuteAsync(context);
    }

    private Prediction? Find(string name)
    {
        if (OutputName.Parse(name) is not { } output) return null;
        if (book.Find(output.PredictionId) is not { } prediction) return null;
        var now = options.Clock.GetUtcNow();
        return prediction.IsDone(now) && now < prediction.AcceptedAt + options.OutputLifetime
            && prediction.OutputNames().Contains(name)
            ? prediction
            : null;
    }

    private bool IsCut(Prediction prediction, int download) =>
        (options.Faults.CutFirstDownloads && download == 1)
        || Chance.Hits(
            options.Faults.DownloadCutRate, options.Seed, ChancePurpose.DownloadCut, prediction.Number, download);

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
