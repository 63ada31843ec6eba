namespace AtlasActors.Simulator.Predictions;

public enum MediaKind
{
    Image,
    Video,
    Audio,
}

/// <summary>How a generation ends; decided when it is accepted.</summary>
public enum Outcome
{
    /// <summary>With its outputs, charged.</summary>
    Completed,

    /// <summary>With an error, not charged.</summary>
    Failed,

    /// <summary>Refused by moderation, error code 1039, not charged.</summary>
    Moderated,

    /// <summary>Completed without any output, and charged all the same.</summary>
    Empty,

    /// <summary>Ended with the status <c>timeout</c>, not charged.</summary>
    TimedOut,
}

/// <summary>
/// What is to be made: the size in pixels, the seconds of a video, the number of outputs, and the resolution where the
/// job names one.
/// </summary>
public sealed record MediaShape(int Width, int Height, decimal Seconds, int Count, string? Resolution = null);

/// <summary>
/// An accepted submission. It never changes: what it is at a moment follows from the time. Its number counts accepted
/// submissions, its attempt those of the same prompt to the same model, both from 1; the account is a fingerprint of
/// the key; it takes as long as said, the simulator's speed included, and costs its price in USD if it completes. The
/// quote, where it is not the price, is what was reserved.
/// </summary>
public sealed record Prediction(
    long Number,
    string Id,
    string Account,
    MediaKind Kind,
    string Model,
    string Prompt,
    MediaShape Shape,
    int Attempt,
    DateTimeOffset AcceptedAt,
    TimeSpan Takes,
    Outcome Outcome,
    decimal Price,
    OutputFormat? Output = null,
    decimal? Quote = null,
    SubmissionTerms? Terms = null)
{
    /// <summary>What comes out; where it does not say, what is usual for its kind.</summary>
    public OutputFormat Format => Output ?? OutputFormats.OfKind(Kind);

    public DateTimeOffset DoneAt => AcceptedAt + Takes;

    /// <summary>USD held from its submission to its end.</summary>
    internal decimal Reserved => Quote ?? Price;

    /// <summary>When its record is deleted: never before it is done, and never unless its submission said so.</summary>
    internal DateTimeOffset ForgottenAt => Terms?.RecordHours is not { } hours ? DateTimeOffset.MaxValue
        : AcceptedAt.AddHours(hours) is var end && end > DoneAt ? end
        : DoneAt;

    /// <summary>When its outputs are deleted; its submission can shorten their life, not lengthen it.</summary>
    internal DateTimeOffset OutputsUntil(TimeSpan lifetime) =>
        AcceptedAt + (Terms?.OutputHours is { } hours && TimeSpan.FromHours(hours) < lifetime
            ? TimeSpan.FromHours(hours)
            : lifetime);

    /// <summary>Whether it costs anything in the end.</summary>
    public bool IsCharged => Outcome is Outcome.Completed or Outcome.Empty;

    public bool IsDone(DateTimeOffset now) => now >= DoneAt;

    /// <summary>The names under which its outputs are served.</summary>
    internal IEnumerable<string> OutputNames() => Outcome == Outcome.Completed && Format != OutputFormat.Text
        ? Enumerable.Range(1, Shape.Count).Select(index => OutputName.For(this, index).ToString())
        : [];
}
