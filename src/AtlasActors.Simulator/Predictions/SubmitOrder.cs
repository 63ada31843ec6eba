namespace AtlasActors.Simulator.Predictions;

/// <summary>A submission as it was asked for, checked.</summary>
internal sealed record SubmitOrder(
    MediaKind Kind,
    string Model,
    string Prompt,
    MediaShape Shape,
    OutputFormat Output,
    SubmissionTerms Terms,
    bool WaitsForOutputs = false);

/// <summary>What became of a submission: a prediction, or the way in which it was turned away.</summary>
internal abstract record SubmitVerdict
{
    public sealed record Accepted(TrackedPrediction Tracked) : SubmitVerdict;

    public sealed record Refused(int Code, string Message) : SubmitVerdict
    {
        /// <summary>The service has been seen to say so in the body of an HTTP 200 as well.</summary>
        public bool AsOk { get; init; }
    }

    /// <summary>The connection breaks, and nothing was taken.</summary>
    public sealed record Dropped : SubmitVerdict;

    /// <summary>A gateway's page, and nothing was taken.</summary>
    public sealed record Unreachable : SubmitVerdict;
}
