namespace AtlasActors.Polling;

/// <summary>
/// The best times to ask after a generation, from its acceptance on, in seconds; after the last of them every
/// <paramref name="longest"/>, without end.
/// </summary>
internal sealed class PollPlan(IReadOnlyList<double> times, double longest)
{
    public IReadOnlyList<double> Times => times;

    /// <summary>How long to wait for the next poll when it has run so long already.</summary>
    /// <param name="elapsed">How long ago Atlas took the job.</param>
    /// <param name="phase">
    /// Where the job's polls lie between the plan's, from -0.5 to 0.5 of their distance: jobs that were submitted
    /// together differ in it, so that their polls do not come together.
    /// </param>
    public TimeSpan WaitAfter(TimeSpan elapsed, double phase)
    {
        var now = elapsed.TotalSeconds;
        for (var poll = 0; poll < times.Count; poll++)
        {
            var due = times[poll] + (phase * Distance(phase < 0 ? poll : poll + 1));
            // A poll that came late is not followed at once by the one that it came too late for.
            if (due > now + (Distance(poll) / 2))
                return TimeSpan.FromSeconds(poll == 0 ? due - now : Math.Min(due - now, longest));
        }
        return TimeSpan.FromSeconds(longest);
    }

    /// <summary>From the poll before to this one. The first is taken to be as far from one before it as from the next.</summary>
    private double Distance(int poll)
    {
        var to = Math.Min(poll, times.Count - 1);
        if (to > 0) return times[to] - times[to - 1];
        return times.Count > 1 ? Math.Min(times[1] - times[0], times[0]) : times[0] / 2;
    }
}
