using AtlasActors.Batches;
using AtlasActors.Jobs;

namespace AtlasActors.Costs;

/// <summary>
/// What a batch is expected to cost and how long it takes, when every job succeeds at its first attempt.
/// </summary>
/// <param name="Total">US dollars for all jobs.</param>
/// <param name="ByModel">The same by model, in the order in which the file first names them.</param>
/// <param name="Time">From the first submission to the last result found, without downloads.</param>
public sealed record BatchEstimate(Usd Total, IReadOnlyList<ModelEstimate> ByModel, TimeSpan Time)
{
    /// <summary>
    /// The estimate for a batch. <paramref name="prices"/>, which it was priced with, tell what is assumed.
    /// </summary>
    public static BatchEstimate Of(BatchDefinition definition, PriceTable? prices = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        prices ??= PriceTable.Default;
        var byModel = definition.Jobs
            .GroupBy(job => (job.Model, job.Kind))
            .Select(jobs => new ModelEstimate(
                jobs.Key.Model, ShortName(jobs.Key.Model), jobs.Key.Kind, jobs.Count(),
                jobs.Select(job => job.Price).Sum(), !prices.Knows(jobs.Key.Kind, jobs.Key.Model))
            {
                SeenAt = prices.SeenAt(jobs.Key.Kind, jobs.Key.Model),
            })
            .ToArray();
        return new BatchEstimate(definition.Price, byModel, ExpectedTime.Of(definition));
    }

    /// <summary>A model's id without its vendor, as summaries name it: the part after the first slash.</summary>
    public static string ShortName(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model[(model.IndexOf('/', StringComparison.Ordinal) + 1)..];
    }
}

/// <summary>A model's part in an estimate.</summary>
/// <param name="Model">Its id.</param>
/// <param name="ShortName">Its id without the vendor.</param>
/// <param name="Kind">What it makes.</param>
/// <param name="Count">How many jobs use it.</param>
/// <param name="Price">What they cost together.</param>
/// <param name="IsAssumed">No price table names it, so <see cref="PriceTable.AssumedRate"/> stands in.</param>
public sealed record ModelEstimate(
    string Model, string ShortName, MediaKind Kind, int Count, Usd Price, bool IsAssumed)
{
    /// <summary>When the catalog of models saw the price that it was made by, which may differ; null of any other.</summary>
    public string? SeenAt { get; init; }
}
