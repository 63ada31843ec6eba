namespace AtlasActors.Polling;

/// <summary>
/// How long the generations of one kind took. What is new counts, what is old fades, and where the times have changed all of
/// before is forgotten at once. Times come in the order in which their jobs were submitted: those that finish first are no
/// fair sample.
/// </summary>
internal sealed class GenerationTimes
{
    /// <summary>It remembers so many generations: of those before them it keeps a third.</summary>
    public const double Memory = 80;

    /// <summary>A month without a generation, and what was seen before it counts for half.</summary>
    private static readonly TimeSpan HalfLife = TimeSpan.FromDays(30);

    private readonly ShiftWatch _longer;
    private readonly ShiftWatch _shorter;

    public GenerationTimes() : this(new TimeHistogram(), DateTimeOffset.MinValue, new ShiftWatch(), new ShiftWatch()) { }

    public GenerationTimes(TimeHistogram seen, DateTimeOffset last, ShiftWatch longer, ShiftWatch shorter) =>
        (Seen, Last, _longer, _shorter) = (seen, last, longer, shorter);

    public TimeHistogram Seen { get; private set; }

    /// <summary>When the last of them was submitted.</summary>
    public DateTimeOffset Last { get; private set; }

    public ShiftWatch Longer => _longer;

    public ShiftWatch Shorter => _shorter;

    /// <summary>Counts a generation.</summary>
    /// <param name="time">Its time.</param>
    /// <param name="belief">What was believed of it before it was known.</param>
    public void Learn(GenerationTime time, TimeDistribution belief)
    {
        if (time.AcceptedAt > Last)
        {
            if (Seen.Total > 0) Seen.Fade(AgeFactor(time.AcceptedAt));
            Last = time.AcceptedAt;
        }
        Seen.Fade(1 - (1 / Memory));
        Seen.Add(time.From, time.To, belief);
        var rank = (belief.Until(time.From.TotalSeconds) + belief.Until(time.To.TotalSeconds)) / 2;
        if (_longer.Sees(rank, time, belief)) Forget(_longer);
        else if (_shorter.Sees(1 - rank, time, belief)) Forget(_shorter);
    }

    /// <summary>By how much all of it has faded at a time.</summary>
    public double AgeFactor(DateTimeOffset now) => now <= Last ? 1 : Math.Pow(0.5, (now - Last) / HalfLife);

    private void Forget(ShiftWatch since)
    {
        Seen = since.TakeSince();
        _longer.Calm();
        _shorter.Calm();
    }
}
