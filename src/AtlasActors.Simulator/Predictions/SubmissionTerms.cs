namespace AtlasActors.Simulator.Predictions;

/// <summary>
/// What a submission asked of the platform rather than of the model: its body (long texts within it shortened), how
/// many hours its outputs and its record are to be kept, where to call when it ends, and whether its outputs are to
/// stand in the answer as data URIs.
/// </summary>
public sealed record SubmissionTerms(
    string? Body = null,
    int? OutputHours = null,
    int? RecordHours = null,
    string? WebhookUrl = null,
    bool InlineOutputs = false);
