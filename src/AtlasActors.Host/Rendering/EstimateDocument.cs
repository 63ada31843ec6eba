using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Jobs;

namespace AtlasActors.Host.Rendering;

/// <summary>What a batch will cost, and how long it will take.</summary>
internal sealed record EstimateDocument(
    string File, int Jobs, Usd Total, IReadOnlyList<EstimateDocument.ModelPart> ByModel, double TimeSeconds, int MaxWorkers,
    IReadOnlyList<SkippedJob> Skipped)
{
    public static EstimateDocument Of(BatchDefinition definition, BatchEstimate estimate) => new(
        definition.Source, definition.Jobs.Count, estimate.Total,
        [.. estimate.ByModel.Select(model => new ModelPart(
            model.Model, model.Kind, model.Count, model.Price, model.IsAssumed, model.SeenAt))],
        Math.Round(estimate.Time.TotalSeconds), definition.MaxWorkers, definition.Skipped);

    /// <summary>The jobs of one model.</summary>
    public sealed record ModelPart(string Model, MediaKind Type, int Jobs, Usd Cost, bool Assumed, string? SeenAt);
}
