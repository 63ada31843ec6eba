using System.Globalization;
using AtlasActors.Host.Serving.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace AtlasActors.Host.Serving;

/// <summary>
/// <c>GET /v1/batches/{id}/manifest</c> and <c>…/files/{name}</c>: what a batch made. Names are looked up in the records, and
/// what stands there is opened: no path of a request reaches the file system.
/// </summary>
internal sealed class FilesEndpoint(ServiceState service)
{
    private const string AnyBytes = "application/octet-stream";

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>What is made, by its ending. Nothing that a browser would run.</summary>
    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = "image/png", [".jpg"] = "image/jpeg", [".jpeg"] = "image/jpeg", [".webp"] = "image/webp",
        [".gif"] = "image/gif", [".avif"] = "image/avif", [".mp4"] = "video/mp4", [".webm"] = "video/webm",
        [".mov"] = "video/quicktime", [".mp3"] = "audio/mpeg", [".wav"] = "audio/wav", [".ogg"] = "audio/ogg",
        [".flac"] = "audio/flac", [".m4a"] = "audio/mp4", [".aac"] = "audio/aac", [".glb"] = "model/gltf-binary",
        [".gltf"] = "model/gltf+json", [".obj"] = "model/obj", [".stl"] = "model/stl", [".zip"] = "application/zip",
    };

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/v1/batches/{batch}/manifest", Methods, ManifestAsync);
        routes.MapMethods("/v1/batches/{batch}/files/{**name}", Methods, FileAsync);
    }

    private Task ManifestAsync(HttpContext context)
    {
        new QueryReading(context.Request).ThrowIfFaulty();
        var batch = service.RecordOf(context);
        var file = Open(Path.Combine(service.OutputDir, batch.Id, "manifest.json"))
            ?? throw NotFound("The batch has no manifest yet: it is written when the first job comes to an end.");
        // It is written beside its place and moved there: of one moment there is one length.
        var written = File.GetLastWriteTimeUtc(file.SafeFileHandle);
        var tag = FormattableString.Invariant($"\"{written.Ticks:x}-{file.Length:x}\"");
        return SendAsync(context, file, "application/json", tag, written, downloadName: null);
    }

    private Task FileAsync(HttpContext context)
    {
        var query = new QueryReading(context.Request);
        var isDownload = query.Flag("download");
        query.ThrowIfFaulty();
        var batch = service.RecordOf(context);
        var made = service.ToList().FindFile(batch.Place, context.GetRouteValue("name") as string ?? "")
            ?? throw NotFound("The batch made no file of this name.");
        var place = Path.Combine(service.OutputDir, batch.Id, made.Path.Replace('/', Path.DirectorySeparatorChar));
        var file = Open(place)
            ?? throw Missing(batch, made.Path);
        var type = Types.GetValueOrDefault(Path.GetExtension(made.Path), AnyBytes);
        return SendAsync(
            context, file, type, $"\"{made.Sha256}\"", File.GetLastWriteTimeUtc(file.SafeFileHandle),
            isDownload ? Path.GetFileName(made.Path) : null);
    }

    private static Task SendAsync(
        HttpContext context, FileStream file, string type, string tag, DateTime written, string? downloadName)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.Stream(
            file, type, downloadName, new DateTimeOffset(written, TimeSpan.Zero), new EntityTagHeaderValue(tag),
            enableRangeProcessing: true).ExecuteAsync(context);
    }

    private static FileStream? Open(string path)
    {
        try
        {
            return new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1, useAsync: true);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private ProblemException Missing(BatchRow batch, string path)
    {
        if (batch.OutputsRemoved is not { } until || !service.ToList().WasMadeUntil(batch.Place, path, until))
            return NotFound("The batch made this file, and it is not in its place any more.");
        var day = new DateTimeOffset(until, TimeSpan.Zero);
        return new ProblemException(StatusCodes.Status410Gone, string.Create(CultureInfo.InvariantCulture,
            $"The batch made this file, and it was removed on {day:yyyy-MM-dd}: "
            + $"the service keeps what batches made for a time only."));
    }

    private static ProblemException NotFound(string sentence) => new(StatusCodes.Status404NotFound, sentence);
}
