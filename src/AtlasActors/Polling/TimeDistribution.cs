namespace AtlasActors.Polling;

/// <summary>What is believed of a time that is not known yet: a probability for each bucket of <see cref="TimeBuckets"/>.</summary>
internal sealed class TimeDistribution
{
    /// <summary>By place: the probability of all before it.</summary>
    private readonly double[] _before = new double[TimeBuckets.Count + 1];

    /// <param name="weights">One for each bucket; not all are nothing.</param>
    public TimeDistribution(ReadOnlySpan<double> weights)
    {
        var total = 0.0;
        foreach (var weight in weights) total += weight;
        for (var bucket = 0; bucket < TimeBuckets.Count; bucket++)
            _before[bucket + 1] = _before[bucket] + (weights[bucket] / total);
    }

    /// <summary>Times about a median whose logarithms are spread so wide, as generation times are.</summary>
    public static TimeDistribution LogNormal(double median, double spread)
    {
        var (middle, wide) = (TimeBuckets.PlaceOf(median), TimeBuckets.Wide(spread));
        var weights = new double[TimeBuckets.Count];
        for (var bucket = 0; bucket < weights.Length; bucket++)
        {
            var away = (bucket + 0.5 - middle) / wide;
            weights[bucket] = Math.Exp(-away * away / 2);
        }
        return new TimeDistribution(weights);
    }

    /// <summary>The probability that it is at most so many seconds.</summary>
    public double Until(double seconds)
    {
        var place = TimeBuckets.PlaceOf(seconds);
        var bucket = Math.Min((int)place, TimeBuckets.Count - 1);
        return _before[bucket] + ((place - bucket) * In(bucket));
    }

    /// <summary>The time, in seconds, that it does not exceed with this probability.</summary>
    public double Quantile(double probability)
    {
        var found = Array.BinarySearch(_before, probability);
        var bucket = Math.Clamp(found >= 0 ? found : ~found - 1, 0, TimeBuckets.Count - 1);
        var part = In(bucket) > 0 ? (probability - _before[bucket]) / In(bucket) : 0;
        return TimeBuckets.SecondsAt(bucket + Math.Clamp(part, 0, 1));
    }

    public double In(int bucket) => _before[bucket + 1] - _before[bucket];
}
