namespace AtlasActors.Polling;

/// <summary>Exponential backoff for polls. Pure: the same policy and count give the same wait.</summary>
internal static class PollSchedule
{
    /// <summary>How long to wait before poll number <paramref name="poll"/>, counted from 1.</summary>
    public static TimeSpan Before(int poll, PollPolicy policy)
    {
        var wait = policy.Initial.TotalSeconds * Math.Pow(policy.Multiplier, Math.Max(0, poll - 1));
        return wait < policy.Max.TotalSeconds ? TimeSpan.FromSeconds(wait) : policy.Max;
    }

    /// <summary>
    /// The same where nothing was learned yet: it starts at half of the typical time, before which hardly any generation is
    /// done, a little earlier or later by the job's phase, so that jobs that were submitted together are not asked after
    /// together.
    /// </summary>
    public static TimeSpan Unlearned(int poll, PollPolicy policy, TimeSpan elapsed, TimeSpan typical, double phase)
    {
        var start = FirstUnlearned(typical, phase);
        return elapsed < start ? start - elapsed : Before(poll - 1, policy);
    }

    /// <summary>When, after its acceptance, a job is first asked after of whose model nothing was learned.</summary>
    public static TimeSpan FirstUnlearned(TimeSpan typical, double phase) => typical * (0.5 + (phase / 4));

    /// <summary>
    /// A job's place among those that are submitted together, from -0.5 to 0.5: by the golden ratio, so that of any jobs
    /// that follow each other no two are close.
    /// </summary>
    public static double PhaseOf(int job) => (job * 0.6180339887498949 % 1) - 0.5;
}
