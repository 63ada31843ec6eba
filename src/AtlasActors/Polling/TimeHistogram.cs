namespace AtlasActors.Polling;

/// <summary>How often each time was seen. What was seen long ago counts for less: it fades.</summary>
internal sealed class TimeHistogram
{
    private readonly double[] _weights = new double[TimeBuckets.Count];

    /// <summary>How many observations it amounts to.</summary>
    public double Total { get; private set; }

    /// <summary>
    /// Counts a time of which only the bounds are known: it is spread between them as <paramref name="belief"/> says of
    /// what lies there.
    /// </summary>
    public void Add(TimeSpan from, TimeSpan to, TimeDistribution belief)
    {
        var (low, high) = (TimeBuckets.PlaceOf(from.TotalSeconds), TimeBuckets.PlaceOf(to.TotalSeconds));
        var (first, last) = (BucketAt(low), BucketAt(high));
        var parts = new double[last - first + 1];
        for (var bucket = first; bucket <= last; bucket++)
            parts[bucket - first] = (Math.Min(high, bucket + 1) - Math.Max(low, bucket)) * (belief.In(bucket) + 1e-9);
        var all = parts.Sum();
        for (var bucket = first; bucket <= last; bucket++)
            _weights[bucket] += all > 0 ? parts[bucket - first] / all : 1.0 / parts.Length;
        Total++;
    }

    /// <summary>All that was counted so far counts for this much of what it did.</summary>
    public void Fade(double factor)
    {
        Total *= factor;
        for (var bucket = 0; bucket < _weights.Length; bucket++) _weights[bucket] *= factor;
    }

    /// <summary>Counts what another one has counted.</summary>
    public void Merge(TimeHistogram other)
    {
        Total += other.Total;
        for (var bucket = 0; bucket < _weights.Length; bucket++) _weights[bucket] += other._weights[bucket];
    }

    public void Clear() => Fade(0);

    /// <summary>
    /// What the next time will be: these, each blurred as much as so few of them leave open, and <paramref name="prior"/>,
    /// which counts as <paramref name="worth"/> of them.
    /// </summary>
    public TimeDistribution Over(TimeDistribution prior, double worth)
    {
        var weights = Blurred();
        for (var bucket = 0; bucket < weights.Length; bucket++) weights[bucket] += worth * prior.In(bucket);
        return new TimeDistribution(weights);
    }

    /// <summary>The buckets that hold something, in their order, for a snapshot.</summary>
    public IReadOnlyDictionary<int, double> Kept() => Enumerable.Range(0, _weights.Length)
        .Where(bucket => _weights[bucket] >= 0.0005)
        .ToDictionary(bucket => bucket, bucket => Math.Round(_weights[bucket], 3));

    public static TimeHistogram Of(IReadOnlyDictionary<int, double> kept)
    {
        var histogram = new TimeHistogram();
        foreach (var (bucket, weight) in kept) histogram._weights[bucket] = weight;
        histogram.Total = histogram._weights.Sum();
        return histogram;
    }

    // A bucket's end belongs to it.
    private static int BucketAt(double place) => Math.Clamp((int)Math.Ceiling(place) - 1, 0, TimeBuckets.Count - 1);

    private double[] Blurred()
    {
        var blurred = new double[_weights.Length];
        if (Total <= 0) return blurred;
        var wide = Math.Max(0.4, Blur());
        var reach = (int)Math.Ceiling(3.5 * wide);
        var kernel = new double[(2 * reach) + 1];
        for (var away = -reach; away <= reach; away++) kernel[away + reach] = Math.Exp(-away * away / (2 * wide * wide));
        var all = kernel.Sum();
        for (var bucket = 0; bucket < _weights.Length; bucket++)
        {
            if (_weights[bucket] <= 0) continue;
            var share = _weights[bucket] / all;
            for (var away = -reach; away <= reach; away++)
                blurred[Math.Clamp(bucket + away, 0, blurred.Length - 1)] += share * kernel[away + reach];
        }
        return blurred;
    }

    /// <summary>Silverman's rule for the width of a kernel, in buckets: narrower the more there are, and where they lie closer.</summary>
    private double Blur()
    {
        var seen = new TimeDistribution(_weights);
        double Place(double probability) => TimeBuckets.PlaceOf(seen.Quantile(probability));
        var mean = 0.0;
        for (var bucket = 0; bucket < _weights.Length; bucket++) mean += (bucket + 0.5) * _weights[bucket] / Total;
        var variance = 0.0;
        for (var bucket = 0; bucket < _weights.Length; bucket++)
            variance += (bucket + 0.5 - mean) * (bucket + 0.5 - mean) * _weights[bucket] / Total;
        var spread = Math.Min(Math.Sqrt(variance), (Place(0.75) - Place(0.25)) / 1.34);
        return 0.9 * spread * Math.Pow(Math.Max(1, Total), -0.2);
    }
}
