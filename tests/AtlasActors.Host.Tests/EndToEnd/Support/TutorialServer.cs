using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace AtlasActors.Host.Tests.EndToEnd.Support;

/// <summary>What a tutorial's server was asked to make, and what it made of it.</summary>
internal sealed record TutorialJob(string Id, bool IsVideo, JsonElement Body, byte[] File)
{
    private static readonly JsonSerializerOptions AsItIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Prompt => Body.GetProperty("prompt").GetString()!;

    /// <summary>The body without blanks, its fields in their order.</summary>
    public string Compact => JsonSerializer.Serialize(Body, AsItIs);
}

/// <summary>
/// Just what the tutorial's script needs of a server and nothing else, written from the tutorial alone: a flat
/// <c>request_id</c>, polls at <c>…/{id}/get</c> of which the third finds it done, files of random bytes, and 404 for all
/// other addresses.
/// </summary>
internal sealed class TutorialServer : IAsyncDisposable
{
    private const int PollsToDone = 3;
    private const string Submits = "/api/v1/model/generate";
    private const string Predictions = "/api/v1/model/prediction/";
    private const string Files = "/files/";

    private readonly ConcurrentQueue<TutorialJob> _jobs = new();
    private readonly ConcurrentDictionary<string, int> _polls = [];
    private readonly int _fileLength;
    private LocalServer? _server;

    private TutorialServer(int fileLength) => _fileLength = fileLength;

    public Uri BaseUrl => new(_server!.Origin, "/api/v1");

    /// <summary>Everything that was ever submitted, in order.</summary>
    public IReadOnlyList<TutorialJob> Jobs => [.. _jobs];

    public static async Task<TutorialServer> StartAsync(int fileLength = 20_000)
    {
        var server = new TutorialServer(fileLength);
        server._server = await LocalServer.StartAsync(server.AnswerAsync);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path.StartsWith(Files, StringComparison.Ordinal))
            return SendFileAsync(context, path[Files.Length..]);
        if (context.Request.Headers.Authorization != "Bearer apikey-for-tests")
            return RefuseAsync(context, StatusCodes.Status401Unauthorized);
        if (context.Request.Method == HttpMethods.Post && path is Submits + "Image" or Submits + "Video")
            return SubmitAsync(context, path == Submits + "Video");
        return path.StartsWith(Predictions, StringComparison.Ordinal) && path.EndsWith("/get", StringComparison.Ordinal)
            ? PollAsync(context, path[Predictions.Length..^"/get".Length])
            : RefuseAsync(context, StatusCodes.Status404NotFound);
    }

    private async Task SubmitAsync(HttpContext context, bool isVideo)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        var file = RandomNumberGenerator.GetBytes(_fileLength);
        // By chance they could look like a file of another kind.
        file[0] = 0;
        var id = string.Create(CultureInfo.InvariantCulture, $"request-{Guid.NewGuid():N}");
        _jobs.Enqueue(new TutorialJob(id, isVideo, body.RootElement.Clone(), file));
        await WriteAsync(context, new { request_id = id });
    }

    private Task PollAsync(HttpContext context, string id)
    {
        if (Find(id) is not { } job)
            return RefuseAsync(context, StatusCodes.Status404NotFound);
        if (_polls.AddOrUpdate(id, 1, (_, count) => count + 1) < PollsToDone)
            return WriteAsync(context, new { status = "processing" });
        var url = new Uri(new Uri($"http://{context.Request.Host}"), Files + id).ToString();
        return job.IsVideo
            ? WriteAsync(context, new { status = "completed", output = new { video_url = url } })
            : WriteAsync(context, new { status = "completed", output = new { image_url = url } });
    }

    private Task SendFileAsync(HttpContext context, string id)
    {
        if (Find(id) is not { } job)
            return RefuseAsync(context, StatusCodes.Status404NotFound);
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = job.File.Length;
        return context.Response.Body.WriteAsync(job.File).AsTask();
    }

    private TutorialJob? Find(string id) => _jobs.FirstOrDefault(job => job.Id == id);

    private static Task RefuseAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static Task WriteAsync<T>(HttpContext context, T answer)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(JsonSerializer.Serialize(answer));
    }
}
