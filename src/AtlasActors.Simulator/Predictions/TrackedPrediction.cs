using AtlasActors.Simulator.Webhooks;

namespace AtlasActors.Simulator.Predictions;

/// <summary>A prediction with what its prompt orders and with what has been asked about it so far.</summary>
internal sealed class TrackedPrediction(Prediction prediction)
{
    private readonly List<WebhookCall> _calls = [];
    private readonly int[] _downloads = new int[prediction.Shape.Count];
    private int _polls;
    private int _finalPolls;

    public Prediction Prediction => prediction;

    public PromptMarkers Markers { get; } = PromptMarkers.Read(prediction.Prompt);

    public int Polls => Volatile.Read(ref _polls);

    public int Downloads => _downloads.Sum();

    public int DownloadsOf(int index) => Volatile.Read(ref _downloads[index - 1]);

    /// <summary>The calls to its submission's own address, in order.</summary>
    public IReadOnlyList<WebhookCall> Calls
    {
        get
        {
            lock (_calls) return [.. _calls];
        }
    }

    public void Add(WebhookCall call)
    {
        lock (_calls) _calls.Add(call);
    }

    public int CountPoll() => Interlocked.Increment(ref _polls);

    /// <summary>Counts the polls that were answered after its end.</summary>
    public int CountFinalPoll() => Interlocked.Increment(ref _finalPolls);

    /// <summary>Counts a request for an output; outputs are numbered from 1.</summary>
    public int CountDownload(int index) => Interlocked.Increment(ref _downloads[index - 1]);
}
