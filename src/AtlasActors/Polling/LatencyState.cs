namespace AtlasActors.Polling;

/// <summary>
/// All generation times that are remembered, by model and settings, and what they lead one to believe of the next: a model
/// with settings that are little known is taken to be like the model with others, and that like what the catalog says.
/// </summary>
internal sealed class LatencyState
{
    /// <summary>After so many generations of a model there is something to learn from.</summary>
    private const double Enough = 4.5;

    /// <summary>Of so many keys, at most, are times kept; the one that was used longest ago gives way.</summary>
    private const int MostKeys = 500;

    /// <summary>What the model in all, or the catalog, is believed for: as much as so many generations of one's own.</summary>
    private const double PriorWorth = 1;

    /// <summary>A generation may well take half or twice as long as the catalog says.</summary>
    private const double CatalogSpread = 0.8;

    /// <summary>What is believed changes little until there is a tenth more to go by.</summary>
    private const double WorthAThought = 0.1;

    private readonly Dictionary<GenerationKey, Believed> _times = [];

    public IEnumerable<KeptTimes> Kept() => _times.Select(entry => entry.Value.Times.Kept(entry.Key));

    public void Restore(IEnumerable<KeptTimes> kept)
    {
        foreach (var one in kept) _times[new GenerationKey(one.Model, one.Settings)] = new Believed(GenerationTimes.Of(one));
    }

    /// <summary>Counts generations of one model and settings, in the order of their submissions.</summary>
    public void Learn(IReadOnlyList<GenerationTime> together)
    {
        if (together.Count == 0) return;
        var key = together[0].Key;
        if (key.Settings.Length > 0) Learn(together, key);
        Learn(together, key.OfModel());
    }

    /// <summary>What is believed of each generation of which enough is known.</summary>
    public IReadOnlyDictionary<GenerationKey, KnownTimes> Known() => _times
        .Where(entry => _times.TryGetValue(entry.Key.OfModel(), out var model) && model.Times.Seen.Total >= Enough)
        .ToDictionary(entry => entry.Key, entry => Belief(entry.Key, entry.Value.Times.Typical).Known);

    /// <summary>
    /// How long after a job was taken those that were taken with it have all ended, but for a few in a thousand; while the
    /// model is unknown, most of them have.
    /// </summary>
    public TimeSpan Horizon(GenerationTime time)
    {
        var nearlyAll = BeliefOf(time.Key, time.Typical).Quantile(0.95);
        var isKnown = _times.TryGetValue(time.Key.OfModel(), out var model) && model.Times.Seen.Total >= Enough;
        return TimeSpan.FromSeconds(isKnown ? 2 * nearlyAll : nearlyAll);
    }

    private void Learn(IReadOnlyList<GenerationTime> together, GenerationKey key)
    {
        if (!_times.TryGetValue(key, out var known))
        {
            if (_times.Count >= MostKeys) _times.Remove(_times.MinBy(entry => entry.Value.Times.Last).Key);
            _times[key] = known = new Believed(new GenerationTimes());
        }
        var before = known.Times.Last;
        foreach (var time in together)
        {
            known.Times.Learn(time, BeliefOf(key, time.Typical), isLate: time.AcceptedAt <= before);
            known.News++;
        }
    }

    private TimeDistribution BeliefOf(GenerationKey key, TimeSpan typical) =>
        _times.ContainsKey(key) ? Belief(key, typical).Times!
        : key.Settings.Length > 0 ? BeliefOf(key.OfModel(), typical)
        : TimeDistribution.LogNormal(typical.TotalSeconds, CatalogSpread);

    private (TimeDistribution Times, KnownTimes Known) Belief(GenerationKey key, TimeSpan typical)
    {
        var known = _times[key];
        if (known.Belief is not { } belief || known.News > WorthAThought * known.Times.Seen.Total)
        {
            var prior = key.Settings.Length > 0
                ? BeliefOf(key.OfModel(), typical)
                : TimeDistribution.LogNormal(typical.TotalSeconds, CatalogSpread);
            var times = known.Times.Seen.Over(prior, PriorWorth);
            known.Belief = belief = (times, new KnownTimes(times));
            known.News = 0;
        }
        return belief;
    }

    private sealed class Believed(GenerationTimes times)
    {
        public GenerationTimes Times { get; } = times;

        public (TimeDistribution Times, KnownTimes Known)? Belief { get; set; }

        /// <summary>How many generations have come since.</summary>
        public int News { get; set; }
    }
}
