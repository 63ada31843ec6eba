namespace AtlasActors.Polling;

/// <summary>
/// How long the generations of one kind took. What is new counts, what is old fades, and where the times have changed all of
/// before is forgotten at once. Times come in the order in which their jobs were submitted: those that finish first are no
/// fair sample.
/// </summary>
internal sealed class GenerationTimes
{
    /// <summary>It remembers so many generations: of those before them it keeps a third.</summary>
    private const double Memory = 80;

    /// <summary>A month without a generation, and what was seen before it counts for half.</summary>
    private static readonly TimeSpan HalfLife = TimeSpan.FromDays(30);

    public TimeHistogram Seen { get; private set; } = new();

    /// <summary>When the last of them was submitted.</summary>
    public DateTimeOffset Last { get; private set; }

    /// <summary>What the catalog holds for usual.</summary>
    public TimeSpan Typical { get; private set; }

    /// <summary>Whether they take longer by now.</summary>
    public ShiftWatch Longer { get; private init; } = new();

    /// <summary>Whether they take less.</summary>
    public ShiftWatch Shorter { get; private init; } = new();

    /// <summary>Counts a generation.</summary>
    /// <param name="time">Its time.</param>
    /// <param name="belief">What was believed of it before it was known.</param>
    /// <param name="isLate">
    /// Whether others that were submitted with it were counted long ago: of those the slowest come last, and are no sign that
    /// all have become slower.
    /// </param>
    public void Learn(GenerationTime time, TimeDistribution belief, bool isLate = false)
    {
        if (time.AcceptedAt > Last)
        {
            if (Seen.Total > 0) Seen.Fade(Math.Pow(0.5, (time.AcceptedAt - Last) / HalfLife));
            Last = time.AcceptedAt;
        }
        Typical = time.Typical;
        Seen.Fade(1 - (1 / Memory));
        Seen.Add(time.From, time.To, belief);
        if (isLate) return;
        var rank = (belief.Until(time.From.TotalSeconds) + belief.Until(time.To.TotalSeconds)) / 2;
        var (longer, shorter) = (Longer.Sees(rank, time, belief), Shorter.Sees(1 - rank, time, belief));
        if (longer) Forget(Longer);
        else if (shorter) Forget(Shorter);
    }

    public KeptTimes Kept(GenerationKey key) => new(
        key.Model, key.Settings, Last, Typical, Seen.Kept(),
        Longer.Suspicion, Longer.Since.Kept(), Shorter.Suspicion, Shorter.Since.Kept());

    public static GenerationTimes Of(KeptTimes kept) => new()
    {
        Seen = TimeHistogram.Of(kept.Seen), Last = kept.Last, Typical = kept.Typical,
        Longer = new ShiftWatch(kept.Longer, TimeHistogram.Of(kept.LongerSince)),
        Shorter = new ShiftWatch(kept.Shorter, TimeHistogram.Of(kept.ShorterSince)),
    };

    private void Forget(ShiftWatch since)
    {
        Seen = since.Since;
        Longer.Calm();
        Shorter.Calm();
    }
}

/// <summary>The same as a snapshot keeps it: a few hundred bytes. Histograms have their buckets' numbers and weights.</summary>
internal sealed record KeptTimes(
    string Model, string Settings, DateTimeOffset Last, TimeSpan Typical, IReadOnlyDictionary<int, double> Seen,
    double Longer, IReadOnlyDictionary<int, double> LongerSince, double Shorter, IReadOnlyDictionary<int, double> ShorterSince);
