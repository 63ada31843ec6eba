using AtlasActors.Simulator.Predictions;

namespace AtlasActors.Simulator.Journals;

/// <summary>A line of the journal: a submission that was accepted, or the port that is listened on from here.</summary>
internal sealed record JournalEntry(Prediction? Accepted = null, int? Port = null);
