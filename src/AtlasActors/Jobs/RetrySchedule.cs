namespace AtlasActors.Jobs;

/// <summary>How long to wait before another try. The tutorial's waits, in units of the job's <c>retry.base_delay</c>.</summary>
internal static class RetrySchedule
{
    /// <summary>No wait is longer than this many units: one minute at the usual unit of a second.</summary>
    private const double Longest = 60;

    /// <summary>After a failed generation or an API that was not to be reached: 1, 2, 4 … for images and sounds, 2, 4, 8 … for videos and 3D models.</summary>
    public static TimeSpan AfterFailure(MediaKind kind, int failures, TimeSpan unit) =>
        Doubling(kind.IsSlow() ? 1 : 0, failures, unit);

    /// <summary>After a 429: 4, 8, 16 …</summary>
    public static TimeSpan AfterRateLimit(int refusals, TimeSpan unit) => Doubling(2, refusals, unit);

    /// <summary>After a download that broke off, and after a crash of the job's actor: 1, 2, 4 …</summary>
    public static TimeSpan AfterInterruption(int tries, TimeSpan unit) => Doubling(0, tries, unit);

    private static TimeSpan Doubling(int first, int count, TimeSpan unit) =>
        unit * Math.Min(Longest, Math.Pow(2, first + Math.Clamp(count - 1, 0, 30)));
}
