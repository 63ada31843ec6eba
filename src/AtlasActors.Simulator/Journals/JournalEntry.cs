using AtlasActors.Simulator.Predictions;

namespace AtlasActors.Simulator.Journals;

/// <summary>
/// A line of the journal: a submission that was accepted, the port that is listened on from here, or the id of a
/// prediction whose submission's address was called.
/// </summary>
internal sealed record JournalEntry(Prediction? Accepted = null, int? Port = null, string? Called = null);
