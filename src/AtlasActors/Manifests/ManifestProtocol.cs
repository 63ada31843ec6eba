using AtlasActors.Costs;
using AtlasActors.Jobs;

namespace AtlasActors.Manifests;

/// <summary>How one job came out, as the manifest tells it.</summary>
/// <param name="Job">Its place in the file, from 1.</param>
/// <param name="Revision">How many of the job's events this takes in.</param>
/// <param name="Name">Its name as written.</param>
/// <param name="Model">Its model.</param>
/// <param name="Kind">What it makes.</param>
/// <param name="Stage">The end it came to, or where it was left unfinished.</param>
/// <param name="OutputUrl">Where Atlas put the first output, without signature; null without one.</param>
/// <param name="Files">Its files.</param>
/// <param name="Cost">What it cost for certain.</param>
/// <param name="PossibleCost">What it possibly cost besides.</param>
/// <param name="GenerationTime">From Atlas taking it to its being found done.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="PredictionId">Atlas's id of the last attempt.</param>
/// <param name="Submissions">How often it was submitted.</param>
internal sealed record ManifestResult(
    int Job, int Revision, string Name, string Model, MediaKind Kind, JobStage Stage, string? OutputUrl,
    IReadOnlyList<OutputFile> Files, Usd Cost, Usd PossibleCost, TimeSpan? GenerationTime, string? Error,
    string? PredictionId, int Submissions);

internal static class ManifestCommands
{
    /// <summary>
    /// Tells results, and of which jobs what was listed holds no more, once or many times; <see cref="ResultsListed"/> is
    /// the reply.
    /// </summary>
    public sealed record ListResults(IReadOnlyList<ManifestResult> Results, IReadOnlyList<JobRevision> Withdrawn);

    /// <summary>Writes what has not been written; <see cref="ManifestWritten"/> or <see cref="ManifestNotWritten"/> is the reply.</summary>
    public sealed record WriteManifest;
}

internal static class ManifestEvents
{
    /// <summary>A job came out like this; it replaces what was listed of the job before.</summary>
    public sealed record ResultListed(ManifestResult Result);

    /// <summary>A job is at work again, and no result any more.</summary>
    public sealed record ResultWithdrawn(int Job, int Revision);
}

/// <summary>The results are in the journal, at these revisions.</summary>
internal sealed record ResultsListed(IReadOnlyList<JobRevision> Jobs);

/// <summary>manifest.json holds everything that was listed.</summary>
internal sealed record ManifestWritten;

/// <summary>manifest.json can't be written.</summary>
internal sealed record ManifestNotWritten(string Message);
