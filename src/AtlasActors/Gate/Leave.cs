using AtlasActors.Batches;

namespace AtlasActors.Gate;

/// <summary>The right to submit one job; whoever has it gives it back when Atlas is done with the job.</summary>
internal sealed record Leave(BatchId Batch, int Job, string Model);
