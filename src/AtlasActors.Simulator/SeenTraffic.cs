using System.Collections.Concurrent;
using AtlasActors.Simulator.Predictions;

namespace AtlasActors.Simulator;

/// <summary>What a simulator has seen; every member is of the moment it is read.</summary>
public sealed class SeenTraffic
{
    private readonly PredictionBook _book;
    private readonly ConcurrentDictionary<string, int> _polls = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _downloads = new(StringComparer.Ordinal);
    private int _submitRequests;
    private int _uploads;

    internal SeenTraffic(PredictionBook book) => _book = book;

    /// <summary>Every submission that was accepted, in order; with a journal, those of earlier runs too.</summary>
    public IReadOnlyList<Prediction> Submissions => _book.All();

    /// <summary>Requests to generate, refused ones among them.</summary>
    public int SubmitRequests => Volatile.Read(ref _submitRequests);

    /// <summary>Polls with a good key, whatever they were answered.</summary>
    public int Polls => _polls.Values.Sum();

    /// <summary>Requests for an output, parts and cut ones among them.</summary>
    public int Downloads => _downloads.Values.Sum();

    public int Uploads => Volatile.Read(ref _uploads);

    /// <summary>USD charged for generations that have completed by now.</summary>
    public decimal Charged => _book.Totals().Charged;

    /// <summary>Predictions that still generate.</summary>
    public int InFlight => _book.Totals().InFlight;

    public int PollsOf(string predictionId) => _polls.GetValueOrDefault(predictionId);

    /// <summary>Requests for one output, by the last part of its address.</summary>
    public int DownloadsOf(string outputName) => _downloads.GetValueOrDefault(outputName);

    internal int CountSubmit() => Interlocked.Increment(ref _submitRequests);

    internal int CountPoll(string predictionId) => _polls.AddOrUpdate(predictionId, 1, (_, count) => count + 1);

    internal int CountDownload(string output) => _downloads.AddOrUpdate(output, 1, (_, count) => count + 1);

    internal void CountUpload() => Interlocked.Increment(ref _uploads);
}
