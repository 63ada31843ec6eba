namespace AtlasActors.Polling;

/// <summary>Exponential backoff for polls. Pure: the same policy and count give the same wait.</summary>
internal static class PollSchedule
{
    /// <summary>A multiplier of 1 never comes to the longest wait.</summary>
    private const int MostPlanned = 50;

    /// <summary>How long to wait before poll number <paramref name="poll"/>, counted from 1.</summary>
    public static TimeSpan Before(int poll, PollPolicy policy)
    {
        var wait = policy.Initial.TotalSeconds * Math.Pow(policy.Multiplier, Math.Max(0, poll - 1));
        return wait < policy.Max.TotalSeconds ? TimeSpan.FromSeconds(wait) : policy.Max;
    }

    /// <summary>
    /// The same as a plan, for where nothing was learned yet. It starts when half of the typical time has passed, before which
    /// hardly any generation is done.
    /// </summary>
    public static PollPlan Unlearned(PollPolicy policy, TimeSpan typical)
    {
        var times = new List<double> { UnlearnedStart(typical).TotalSeconds };
        for (var poll = 1; poll <= MostPlanned; poll++)
        {
            var wait = Before(poll, policy);
            times.Add(times[^1] + wait.TotalSeconds);
            if (wait == policy.Max) break;
        }
        return new PollPlan(times, policy.Max.TotalSeconds);
    }

    /// <summary>When, after its acceptance, a job is first asked after of whose model nothing was learned.</summary>
    public static TimeSpan UnlearnedStart(TimeSpan typical) => typical / 2;

    /// <summary>
    /// A job's place among those that are submitted together, from -0.5 to 0.5: by the golden ratio, so that of any jobs
    /// that follow each other no two are close.
    /// </summary>
    public static double PhaseOf(int job) => (job * 0.6180339887498949 % 1) - 0.5;
}
