using AtlasActors.Polling;

namespace AtlasActors.Tests.Polling;

/// <summary>
/// Jobs one after another in no time: each is polled until it is found done, and what its polls saw of its time is learned.
/// </summary>
internal sealed class PolledJobs
{
    private static readonly GenerationKey Key = new("some/model", "duration 5");
    private static readonly TimeSpan Typical = TimeSpan.FromSeconds(60);

    private readonly LatencyState _state = new();
    private readonly PollGuide _guide = new();
    private readonly PollPolicy _policy;
    private int _jobs;

    public PolledJobs(double price) => _policy = PollPolicy.Default with { Price = TimeSpan.FromSeconds(price) };

    /// <summary>What is learned of now on is not: plans stay as they are.</summary>
    public bool HasLearned { get; set; }

    /// <summary>Polls and notice delay of a job, on average.</summary>
    public (double Polls, double Delay) Run(IReadOnlyList<double> times)
    {
        var seen = times.Select(One).ToList();
        return (seen.Average(job => job.Polls), seen.Average(job => job.Delay));
    }

    /// <summary>The same by a plan that is given, without a phase.</summary>
    public static (double Polls, double Delay) By(PollPlan plan, IReadOnlyList<double> times)
    {
        var seen = times.Select(time => Polled(time, (elapsed, _) => plan.WaitAfter(elapsed, 0))).ToList();
        return (seen.Average(job => job.Polls), seen.Average(job => job.Delay));
    }

    /// <summary>The same in the tutorial's way: a poll at once, and then after ever longer waits.</summary>
    public static (double Polls, double Delay) ByTheTutorial(IReadOnlyList<double> times)
    {
        var seen = times.Select(time => Polled(time, (_, polls) => PollSchedule.Before(polls + 1, PollPolicy.Default))).ToList();
        return (seen.Average(job => job.Polls + 1.0), seen.Average(job => job.Delay));
    }

    private (int Polls, double Delay) One(double time)
    {
        var phase = PollSchedule.PhaseOf(++_jobs);
        var job = Polled(time, (elapsed, _) => _guide.PlanOf(Key, Typical, _policy, isPressed: false).WaitAfter(elapsed, phase));
        if (HasLearned) return (job.Polls, job.Delay);
        _state.Learn([new GenerationTime(Key, Support.Some.Time.AddSeconds(_jobs), job.From, job.To, Typical)]);
        _guide.Known = _state.Known();
        return (job.Polls, job.Delay);
    }

    private static (int Polls, double Delay, TimeSpan From, TimeSpan To) Polled(double time, Func<TimeSpan, int, TimeSpan> wait)
    {
        var (polls, from, at) = (0, TimeSpan.Zero, TimeSpan.Zero);
        while (true)
        {
            var next = at + wait(at, polls++);
            if (next.TotalSeconds >= time) return (polls, next.TotalSeconds - time, from, next);
            (from, at) = (next, next);
        }
    }
}
