using System.Collections.ObjectModel;
using AtlasActors.Costs;
using AtlasActors.Jobs;

namespace AtlasActors.Batches;

/// <summary>A batch file, read and found to be in order.</summary>
/// <param name="Source">The file's name as the user gave it, for messages.</param>
/// <param name="OutputDir">Where the results go, as the file says; <c>pipeline_output</c> by default.</param>
/// <param name="MaxWorkers">How many generations may run at once, 3.</param>
/// <param name="Jobs">The jobs in the file's order, numbered from 1.</param>
/// <param name="Skipped">Jobs of an unknown type: reported, and left out, as in the tutorial.</param>
public sealed record BatchDefinition(
    string Source, string OutputDir, int MaxWorkers, IReadOnlyList<JobDefinition> Jobs, IReadOnlyList<SkippedJob> Skipped)
{
    /// <summary>The most that a file may ask for: as many as one process keeps in flight.</summary>
    public const int MostWorkers = 100_000;

    /// <summary>
    /// What the file asks for, as <see cref="BatchFiles.BatchFingerprint"/> read it there; null of a definition that was
    /// made without a file.
    /// </summary>
    public string? Fingerprint { get; init; }

    /// <summary>
    /// Short texts under names of the author's choice, such as <c>team: films</c>: batches are found by them, and budgets
    /// are set for them. They are no part of the fingerprint: what is asked for is the same.
    /// </summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>How soon it is to be served among other batches; no part of the fingerprint either.</summary>
    public BatchPriority Priority { get; init; } = BatchPriority.Normal;

    /// <summary>Whom a service tells of it, null for nobody but whom it tells of all; no part of the fingerprint either.</summary>
    public BatchWebhook? Webhook { get; init; }

    /// <summary>The most that may be spent on the batch, where nobody says otherwise at its start; null for any amount.</summary>
    public Usd? Budget { get; init; }

    /// <summary>What the whole batch costs when every job succeeds at its first attempt.</summary>
    public Usd Price => Jobs.Select(job => job.Price).Sum();
}

/// <summary>A job that is left out because its type is unknown.</summary>
public sealed record SkippedJob(string Name, string Type, int Line, int Column);
