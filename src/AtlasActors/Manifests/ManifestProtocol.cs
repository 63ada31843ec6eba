using System.Text.Json.Serialization;
using AtlasActors.Costs;
using AtlasActors.Hosting;
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
/// <param name="Cost">What it cost: as Atlas told, or as it was estimated.</param>
/// <param name="PossibleCost">What it possibly cost besides.</param>
/// <param name="GenerationTime">From Atlas taking it to its being found done.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="PredictionId">Atlas's id of the last attempt.</param>
/// <param name="Submissions">How often it was submitted.</param>
/// <param name="CostReported">Whether Atlas told all of the cost; null where nothing was charged, and in journals of before.</param>
/// <param name="Unconfirmed">The part of the cost that Atlas has not told; null without a cost, and in journals of before.</param>
/// <param name="Estimate">What one attempt was estimated to cost; null in journals of before.</param>
/// <param name="PriceBasis">What the estimate was made by; null in journals of before.</param>
internal sealed record ManifestResult(
    int Job, int Revision, string Name, string Model, MediaKind Kind, JobStage Stage, string? OutputUrl,
    IReadOnlyList<OutputFile> Files, Usd Cost, Usd PossibleCost, TimeSpan? GenerationTime, string? Error,
    string? PredictionId, int Submissions, bool? CostReported = null, Usd? Unconfirmed = null, Usd? Estimate = null,
    PriceBasis? PriceBasis = null)
{
    /// <summary>What of the cost is not known to be as Atlas has it: all of it where nobody wrote down who told it.</summary>
    [JsonIgnore]
    public Usd UnconfirmedCost => Unconfirmed ?? Cost;

    /// <summary>Whether Atlas told the cost; null where there is none.</summary>
    [JsonIgnore]
    public bool? IsCostReported => CostReported ?? (Cost > Usd.Zero ? false : null);
}

internal static class ManifestCommands
{
    /// <summary>
    /// Tells results, and of which jobs what was listed holds no more, once or many times; <see cref="ResultsListed"/> is
    /// the reply.
    /// </summary>
    public sealed record ListResults(IReadOnlyList<ManifestResult> Results, IReadOnlyList<JobRevision> Withdrawn);

    /// <summary>Writes what has not been written; <see cref="ManifestWritten"/> or <see cref="ManifestNotWritten"/> is the reply.</summary>
    public sealed record WriteManifest;

    /// <summary>Puts one snapshot in the place of all events; <see cref="ManifestCompacted"/> is the reply.</summary>
    public sealed record CompactManifest;
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

/// <summary>The journal of the results is short, or as it was, for the reason given.</summary>
internal sealed record ManifestCompacted(string? Trouble);

/// <summary>The whole list at one moment.</summary>
/// <param name="Results">What is listed, in the file's order.</param>
/// <param name="Withdrawn">
/// Jobs that are not listed, with the revision of which that is known; null where there is none.
/// </param>
internal sealed record ManifestSnapshot(
    IReadOnlyList<ManifestResult> Results, IReadOnlyList<JobRevision>? Withdrawn = null)
    : IPackedInJournal;
