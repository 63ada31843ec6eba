using System.Collections.Concurrent;
using AtlasActors.Atlas;
using AtlasActors.Jobs;

namespace AtlasActors.Tests.Support;

/// <summary>An Atlas that answers as a test says, at once, and remembers what it was asked. By default all goes well.</summary>
internal sealed class ScriptedAtlas : IAtlasApi, IAtlasUploads, IOutputDownloads
{
    private int _taken;

    /// <summary>Decides a submission; gets the body and how often any body was submitted before.</summary>
    public Func<string, int, Task<SubmitAnswer>>? OnSubmit { get; set; }

    /// <summary>Decides a poll; gets the prediction's id and how often it was polled before.</summary>
    public Func<string, int, Task<PollAnswer>>? OnPoll { get; set; }

    /// <summary>Decides a download; gets the order and how often that address was asked for before.</summary>
    public Func<DownloadOrder, int, Task<DownloadAnswer>>? OnDownload { get; set; }

    /// <summary>Gets the token by which a job's actor ends its downloads, when it stops.</summary>
    public Action<CancellationToken>? OnDownloadToken { get; set; }

    /// <summary>Decides an upload; gets the file's name and how many uploads there were before.</summary>
    public Func<string, int, Task<FreeAnswer<UploadedFile>>>? OnUpload { get; set; }

    /// <summary>Whether an address still serves something.</summary>
    public Func<string, bool> IsThere { get; set; } = _ => true;

    public ConcurrentQueue<string> Submitted { get; } = new();

    public ConcurrentQueue<string> Uploaded { get; } = new();

    public ConcurrentDictionary<string, int> Polls { get; } = new();

    public ConcurrentDictionary<string, int> Downloads { get; } = new();

    public SubmitAnswer.Accepted Take() => new(new Prediction($"p{Interlocked.Increment(ref _taken)}", null), null);

    public static PollAnswer Done(string id) => new PollAnswer.Completed([$"https://cdn.example/{id}.png"], null);

    public static DownloadAnswer Saved(DownloadOrder order) => new DownloadAnswer.Saved(order.Target + ".png", 3, "ab");

    public Task<SubmitAnswer> SubmitAsync(MediaKind kind, string body, CancellationToken cancellation)
    {
        var before = Submitted.Count;
        Submitted.Enqueue(body);
        return OnSubmit?.Invoke(body, before) ?? Task.FromResult<SubmitAnswer>(Take());
    }

    public Task<PollAnswer> PollAsync(Prediction prediction, CancellationToken cancellation)
    {
        var before = Polls.AddOrUpdate(prediction.Id, 1, (_, count) => count + 1) - 1;
        return OnPoll?.Invoke(prediction.Id, before) ?? Task.FromResult(Done(prediction.Id));
    }

    public Task<DownloadAnswer> DownloadAsync(DownloadOrder order, CancellationToken cancellation)
    {
        OnDownloadToken?.Invoke(cancellation);
        var before = Downloads.AddOrUpdate(order.Url, 1, (_, count) => count + 1) - 1;
        return OnDownload?.Invoke(order, before) ?? Task.FromResult(Saved(order));
    }

    public Task<bool> IsThereAsync(string url, CancellationToken cancellation) => Task.FromResult(IsThere(url));

    public Task<FreeAnswer<UploadedFile>> UploadAsync(Stream content, string name, string contentType, CancellationToken cancellation)
    {
        var before = Uploaded.Count;
        Uploaded.Enqueue(name);
        return OnUpload?.Invoke(name, before)
            ?? Task.FromResult<FreeAnswer<UploadedFile>>(new FreeAnswer<UploadedFile>.Told(new UploadedFile($"https://storage.example/{before}/{name}")));
    }
}
