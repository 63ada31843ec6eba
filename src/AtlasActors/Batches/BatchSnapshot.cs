using AtlasActors.Costs;
using AtlasActors.Hosting;
using AtlasActors.Inputs;
using AtlasActors.Jobs;
using static AtlasActors.Batches.BatchEvents;

namespace AtlasActors.Batches;

/// <summary>
/// A batch at one moment, in the place of all its events up to then: whoever recovers from it and from what came after
/// is where all events lead. What is optional is null where there is none.
/// </summary>
/// <param name="Created">How it began.</param>
/// <param name="Budget">The most that may be spent, or null.</param>
/// <param name="Revision">How many events its jobs have seen.</param>
/// <param name="Plans">Its jobs as they were planned, in the file's order.</param>
/// <param name="Jobs">How each of them is, in the same order.</param>
internal sealed record BatchSnapshot(
    BatchCreated Created, Usd? Budget, int Revision, IReadOnlyList<PlannedJob> Plans, IReadOnlyList<KeptJob> Jobs)
    : IPackedInJournal
{
    /// <summary>Whether a person paused it; null for no.</summary>
    public bool? IsPaused { get; init; }

    /// <summary>When ledger and manifest had all of it, where nothing came after; null where something did.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>Up to when what its jobs had made was removed.</summary>
    public DateTimeOffset? OutputsRemovedAt { get; init; }

    /// <summary>Where Atlas was given its files, by their SHA-256.</summary>
    public IReadOnlyDictionary<string, KnownAddress>? Uploads { get; init; }
}
