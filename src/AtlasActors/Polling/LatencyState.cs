namespace AtlasActors.Polling;

/// <summary>
/// All generation times that are remembered, by model and settings, and what they lead one to believe of the next: a model
/// with settings that are little known is taken to be like the model with others, and that like what the catalog says.
/// </summary>
internal sealed class LatencyState
{
    /// <summary>After so many generations of a model there is something to learn from.</summary>
    public const double Enough = 5;

    /// <summary>Of so many keys, at most, are times kept; the one that was used longest ago gives way.</summary>
    private const int MostKeys = 500;

    /// <summary>What the model in all, or the catalog, is believed for: as much as so many generations of one's own.</summary>
    private const double PriorWorth = 1;

    /// <summary>A generation may well take half or twice as long as the catalog says.</summary>
    private const double CatalogSpread = 0.8;

    private readonly Dictionary<GenerationKey, GenerationTimes> _times = [];

    public IReadOnlyDictionary<GenerationKey, GenerationTimes> Times => _times;

    public void Learn(GenerationTime time)
    {
        var prior = Catalog(time.Typical);
        if (time.Key.Settings.Length > 0)
        {
            var own = Of(time.Key);
            var belief = own.Seen.Over(ModelBelief(time.Key, prior), PriorWorth);
            own.Learn(time, belief);
        }
        Of(time.Key.OfModel).Learn(time, ModelBelief(time.Key, prior));
    }

    public void Restore(GenerationKey key, GenerationTimes times) => _times[key] = times;

    /// <summary>What is believed of the next generation; null where too little was seen of its model.</summary>
    public TimeDistribution? Belief(GenerationKey key, TimeSpan typical)
    {
        if (!_times.TryGetValue(key.OfModel, out var model) || model.Seen.Total < Enough) return null;
        var belief = ModelBelief(key, Catalog(typical));
        return key.Settings.Length > 0 && _times.TryGetValue(key, out var own) ? own.Seen.Over(belief, PriorWorth) : belief;
    }

    private static TimeDistribution Catalog(TimeSpan typical) => TimeDistribution.LogNormal(typical.TotalSeconds, CatalogSpread);

    private TimeDistribution ModelBelief(GenerationKey key, TimeDistribution prior) =>
        _times.TryGetValue(key.OfModel, out var model) ? model.Seen.Over(prior, PriorWorth) : prior;

    private GenerationTimes Of(GenerationKey key)
    {
        if (_times.TryGetValue(key, out var times)) return times;
        if (_times.Count >= MostKeys) _times.Remove(_times.MinBy(entry => entry.Value.Last).Key);
        return _times[key] = new GenerationTimes();
    }
}
