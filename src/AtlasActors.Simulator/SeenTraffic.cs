using System.Collections.Concurrent;
using AtlasActors.Simulator.Predictions;

namespace AtlasActors.Simulator;

/// <summary>What a simulator has seen; every member is of the moment it is read.</summary>
public sealed class SeenTraffic
{
    private readonly PredictionBook _book;
    private readonly ConcurrentDictionary<string, int> _requests = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<SeenUpload> _uploads = new();
    private int _submitRequests;
    private int _polls;
    private int _downloads;

    internal SeenTraffic(PredictionBook book) => _book = book;

    /// <summary>Every submission that was accepted, in order; with a journal, those of earlier runs too.</summary>
    public IReadOnlyList<Prediction> Submissions => [.. _book.All().Select(tracked => tracked.Prediction)];

    /// <summary>Requests to generate, refused ones among them.</summary>
    public int SubmitRequests => Volatile.Read(ref _submitRequests);

    /// <summary>Polls with a good key, whatever they were answered.</summary>
    public int Polls => Volatile.Read(ref _polls);

    /// <summary>Requests for an output, parts and cut ones among them.</summary>
    public int Downloads => Volatile.Read(ref _downloads);

    public int Uploads => _uploads.Count;

    /// <summary>The files that were uploaded, in order.</summary>
    public IReadOnlyList<SeenUpload> UploadedFiles => [.. _uploads];

    /// <summary>USD charged for generations that have completed by now.</summary>
    public decimal Charged => _book.Totals().Charged;

    /// <summary>Predictions that still generate.</summary>
    public int InFlight => _book.Totals().InFlight;

    public int PollsOf(string predictionId) => _book.Find(predictionId)?.Polls ?? 0;

    /// <summary>Requests for one output, by the last part of its address.</summary>
    public int DownloadsOf(string outputName) =>
        OutputName.Parse(outputName) is { } name && _book.Find(name.PredictionId) is { } tracked
        && name.Index >= 1 && name.Index <= tracked.Prediction.Shape.Count
            ? tracked.DownloadsOf(name.Index)
            : 0;

    /// <summary>How many requests each path has had, by method and pattern.</summary>
    internal IEnumerable<KeyValuePair<string, int>> Requests => _requests.OrderBy(
        request => request.Key, StringComparer.Ordinal);

    internal void CountRequest(string path) => _requests.AddOrUpdate(path, 1, (_, count) => count + 1);

    internal int CountSubmit() => Interlocked.Increment(ref _submitRequests);

    /// <summary>Counts a poll; of a prediction that there is, the number of its own polls is returned.</summary>
    internal int CountPoll(TrackedPrediction? tracked)
    {
        var all = Interlocked.Increment(ref _polls);
        return tracked?.CountPoll() ?? all;
    }

    internal int CountDownload(TrackedPrediction tracked, int index)
    {
        Interlocked.Increment(ref _downloads);
        return tracked.CountDownload(index);
    }

    internal void Add(SeenUpload file) => _uploads.Enqueue(file);
}
