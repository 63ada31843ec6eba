namespace AtlasActors.Simulator.Predictions;

/// <summary>A submission as it was asked for, checked.</summary>
internal sealed record SubmitOrder(
    MediaKind Kind, string Model, string Prompt, MediaShape Shape, OutputFormat Output);

/// <summary>What became of a submission: a prediction, or the status and message it was refused with.</summary>
internal abstract record SubmitVerdict
{
    public sealed record Accepted(Prediction Prediction) : SubmitVerdict;

    public sealed record Refused(int Status, string Message) : SubmitVerdict;
}
