namespace AtlasActors.Polling;

internal static class LatencyCommands
{
    /// <summary>A generation has ended, and took so long. <paramref name="Job"/>: its number in its batch.</summary>
    public sealed record ReportTime(GenerationTime Time, int Job);

    /// <summary>Writes what is not written yet; <see cref="TimesKept"/> is the reply.</summary>
    public sealed record KeepTimes;
}

/// <summary>All that was reported before is durable.</summary>
internal sealed record TimesKept;

internal static class LatencyEvents
{
    /// <summary>Generations of one model and settings took so long: many at once, in the order of their submissions.</summary>
    public sealed record TimesSeen(string Model, string Settings, TimeSpan Typical, IReadOnlyList<SeenTime> Times);
}

/// <summary>
/// One of them: taken by Atlas at a time, it ran longer than <paramref name="From"/> and at most <paramref name="To"/>, in
/// seconds.
/// </summary>
internal sealed record SeenTime(DateTimeOffset At, double From, double To);

/// <summary>All generation times that are remembered.</summary>
internal sealed record LatencySnapshot(IReadOnlyList<KeptTimes> Times);
