namespace AtlasActors.Polling;

/// <summary>
/// Watches for times that are no longer what they were, in one direction: a cumulative sum of how far each was beyond the
/// middle of what was believed. It also keeps what was seen since it last had no suspicion, which is what a change would
/// leave to go by.
/// </summary>
internal sealed class ShiftWatch(double suspicion = 0, TimeHistogram? since = null)
{
    /// <summary>So much beyond the middle each may be on average: a time's rank is from 0 to 1, the middle 0.5.</summary>
    private const double Allowed = 0.75;

    /// <summary>
    /// Five in a row at the far end. Times that have not changed come so far about once in two thousand, and cost little
    /// then: what is left is as true, and less.
    /// </summary>
    private const double Alarm = 1.2;

    public double Suspicion { get; private set; } = suspicion;

    /// <summary>What was seen since there is a suspicion.</summary>
    public TimeHistogram Since { get; private set; } = since ?? new TimeHistogram();

    /// <summary>Whether the times have changed by now.</summary>
    /// <param name="rank">The part of what was believed that is before this time, 1 for the far end.</param>
    /// <param name="time">The time.</param>
    /// <param name="belief">What was believed.</param>
    public bool Sees(double rank, GenerationTime time, TimeDistribution belief)
    {
        Suspicion = Math.Max(0, Suspicion + rank - Allowed);
        if (Suspicion == 0) Since.Clear();
        else Since.Add(time.From, time.To, belief);
        return Suspicion > Alarm;
    }

    public void Calm() => (Suspicion, Since) = (0, new TimeHistogram());
}
