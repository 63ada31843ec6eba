using System.Net;

namespace AtlasActors.Simulator;

/// <summary>The ways in which Atlas Cloud has been said to answer.</summary>
public enum AnswerForm
{
    /// <summary>What the service does: everything inside <c>data</c>, outputs as a list.</summary>
    Real,

    /// <summary>What the Python tutorial reads: a flat <c>request_id</c>, polled at <c>…/{id}/get</c>.</summary>
    Tutorial,

    /// <summary>What the short reference page shows: a flat submit answer, a wrapped poll answer.</summary>
    Reference,

    /// <summary>The schema of late 2025: everything flat, outputs as objects, polled at <c>result/{id}</c>.</summary>
    Former,

    /// <summary>What some clients read: a lone <c>predictionId</c>, and one output as a text.</summary>
    PredictionId,
}

/// <summary>How many submissions of one model an account may make in a window of time.</summary>
public sealed record RateLimit(int Submissions, TimeSpan Window);

/// <summary>How a local Atlas Cloud behaves. Every knob has a default, and the defaults make no trouble.</summary>
public sealed record SimulatorOptions
{
    /// <summary>The answer form; one server speaks one form.</summary>
    public AnswerForm Form { get; init; } = AnswerForm.Real;

    /// <summary>Where to listen. Loopback unless others are meant to reach it.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port; 0 lets the system choose one, which a journal remembers for the next run.</summary>
    public int Port { get; init; }

    /// <summary>What generation times are divided by: 20 makes a minute last three seconds.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Decides all that is left to chance. The same seed and order of requests behave the same.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The keys that are let in, each an account of its own. None: any non-empty key.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>How many predictions of an account may be generating at once; one more is answered with 429.</summary>
    public int? MaxInFlight { get; init; }

    /// <summary>How fast an account may submit to one model; more is answered with 429.</summary>
    public RateLimit? RateLimit { get; init; }

    /// <summary>
    /// Whether submissions are held against the models' schemas: unknown models, unknown fields and bad values are
    /// refused. Otherwise only what a generation needs is looked at.
    /// </summary>
    public bool Strict { get; init; }

    /// <summary>Whether the words for a prediction's status differ from one to the next, as was seen.</summary>
    public bool VariedStatuses { get; init; }

    /// <summary>How long a submission in sync mode is waited for before it is answered with 504.</summary>
    public TimeSpan SyncMaxWait { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether a <c>webhook_url</c> may be http and on this machine or network, for tests.</summary>
    public bool AllowPrivateWebhooks { get; init; }

    /// <summary>How often a <c>webhook_url</c> is called until it answers well.</summary>
    public int WebhookAttempts { get; init; } = 4;

    /// <summary>How long after a bad answer it is called again; twice as long after each further one.</summary>
    public TimeSpan WebhookRetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What each account has, in USD. A submission that it cannot pay is answered with 402.</summary>
    public decimal? Balance { get; init; }

    /// <summary>Prices over the built-in ones, by model: USD an image, a second of video, or a job of sound.</summary>
    public IReadOnlyDictionary<string, decimal> Prices { get; init; } = new Dictionary<string, decimal>();

    /// <summary>How long after completion an answer still lacks its <c>price</c>.</summary>
    public TimeSpan PriceDelay { get; init; }

    /// <summary>How long after its submission a prediction is answered with 404.</summary>
    public TimeSpan WarmUp { get; init; }

    /// <summary>How long after its submission an output can be fetched; Atlas keeps them 14 days.</summary>
    public TimeSpan OutputLifetime { get; init; } = TimeSpan.FromDays(14);

    /// <summary>
    /// What stands behind the question mark of outputs' and uploads' addresses, such as <c>X-Amz-Signature=abc</c>: without
    /// it they are not served, as by a storage that signs. Null: their addresses are plain.
    /// </summary>
    public string? LinkQuery { get; init; }

    /// <summary>A file that remembers every accepted submission, so that a restart forgets none.</summary>
    public string? JournalFile { get; init; }

    /// <summary>
    /// The wall clock. Generations last by it alone, so with a journal they go on while the simulator is down.
    /// </summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The trouble to make.</summary>
    public FaultOptions Faults { get; init; } = new();

    /// <summary>What is wrong with these options, a sentence each.</summary>
    internal IEnumerable<string> Objections()
    {
        if (Port is < 0 or > IPEndPoint.MaxPort) yield return $"The port {Port} is not between 0 and 65535.";
        if (Speed is not (> 0 and <= 1_000_000)) yield return $"The speed {Speed} is not between 0 and 1000000.";
        if (MaxInFlight < 0) yield return "The limit of predictions in flight is negative.";
        if (RateLimit is { Submissions: < 1 }) yield return "The rate limit lets no submission through.";
        if (WebhookAttempts < 1) yield return "A webhook is called once at least.";
        foreach (var (name, rate) in Faults.Rates)
            if (rate is not (>= 0 and <= 1))
                yield return $"{name} is {rate}; a rate is between 0 and 1.";
    }
}
