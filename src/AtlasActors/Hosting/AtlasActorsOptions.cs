namespace AtlasActors.Hosting;

/// <summary>What AtlasActors must be told by whoever hosts it.</summary>
public sealed record AtlasActorsOptions
{
    /// <summary>Where the results and manifest.json go; made if it is not there.</summary>
    public required string OutputDir { get; init; }

    /// <summary>
    /// What stands before the files' paths in the manifest: <see cref="OutputDir"/> by default. A program that makes a full
    /// path of what its user wrote says here what that was.
    /// </summary>
    public string? ShownOutputDir { get; init; }

    /// <summary>The SQLite file of the journal. Default: <c>.atlas-actors/journal.db</c> in <see cref="OutputDir"/>.</summary>
    public string? JournalFile { get; init; }

    /// <summary>The API's address. Change it for a proxy, a simulator or another region.</summary>
    public Uri BaseUrl { get; init; } = new("https://api.atlascloud.ai/api/v1");

    /// <summary>The key, sent to <see cref="BaseUrl"/>'s host alone. Never logged, never stored.</summary>
    public required string ApiKey { get; init; }

    /// <summary>
    /// What batches remember as the API that they were begun with; <see cref="BaseUrl"/> by default. A simulator, whose
    /// port changes, gives it a name.
    /// </summary>
    public string? EndpointName { get; init; }

    /// <summary>
    /// By how much all waits between polls and tries are shortened, 1: for a simulator that makes its media faster than
    /// life, so that a rehearsal keeps its proportions.
    /// </summary>
    public double Haste { get; init; } = 1;

    /// <summary>All but the key, so that a log line shows none.</summary>
    public override string ToString() => $"{nameof(AtlasActorsOptions)} {{ OutputDir = {OutputDir}, BaseUrl = {BaseUrl} }}";

    /// <summary>Go on with unfinished batches at start. True for a service; a command that only looks sets it false.</summary>
    public bool ContinueUnfinished { get; init; } = true;
}
