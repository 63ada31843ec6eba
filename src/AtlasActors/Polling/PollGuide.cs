using System.Collections.Concurrent;
using AtlasActors.Costs;
using AtlasActors.Jobs;

namespace AtlasActors.Polling;

/// <summary>
/// The poll plans of this moment. One for all jobs, not a message to each: they need them by the thousand, and the plans of
/// one model are the same. Only <see cref="Latency"/> sets what they are made from.
/// </summary>
/// <param name="haste">How much faster than life Atlas is.</param>
internal sealed class PollGuide(double haste = 1)
{
    /// <summary>
    /// While jobs wait for a slot, a second in which a result lies unnoticed is also a second in which a slot idles: a poll's
    /// price is then this part of it. With it 500 jobs in 8 slots are done within 1.05 of the best possible.
    /// </summary>
    private const double PressedShare = 0.15;

    private readonly ConcurrentDictionary<(PollPolicy Policy, TimeSpan Typical), PollPlan> _unlearned = new();
    private volatile IReadOnlyDictionary<GenerationKey, KnownTimes> _known = new Dictionary<GenerationKey, KnownTimes>();

    /// <summary>What was learned, by model and settings, and by model.</summary>
    public IReadOnlyDictionary<GenerationKey, KnownTimes> Known
    {
        get => _known;
        set => _known = value;
    }

    /// <summary>How long a job's generation takes as the catalog has it.</summary>
    public TimeSpan Typical(JobDefinition job) => TypicalTimes.Of(job.Kind, job.Model) / haste;

    /// <summary>When to poll: as what was learned of the model says, or by backoff where nothing was.</summary>
    /// <param name="key">The job's model and settings.</param>
    /// <param name="typical">What the catalog holds for usual.</param>
    /// <param name="policy">What a poll is worth to it.</param>
    /// <param name="isPressed">Whether other jobs wait for its slot.</param>
    public PollPlan PlanOf(GenerationKey key, TimeSpan typical, PollPolicy policy, bool isPressed)
    {
        var known = _known;
        if (!known.TryGetValue(key, out var times) && !known.TryGetValue(key.OfModel(), out times))
            return _unlearned.GetOrAdd((policy, typical), asked => PollSchedule.Unlearned(asked.Policy, asked.Typical));
        var price = policy.Price ?? PollPolicy.UsualPrice;
        return times.Plan(isPressed ? price * PressedShare : price, policy.Least, policy.Max);
    }
}

/// <summary>What is believed of a generation's time, and the plans that follow from it: each is made once.</summary>
internal sealed class KnownTimes(TimeDistribution times)
{
    private readonly ConcurrentDictionary<(TimeSpan Price, TimeSpan Least, TimeSpan Longest), PollPlan> _plans = new();

    public PollPlan Plan(TimeSpan price, TimeSpan least, TimeSpan longest) => _plans.GetOrAdd((price, least, longest), asked =>
        PollPlanner.Plan(times, asked.Price.TotalSeconds, asked.Least.TotalSeconds, asked.Longest.TotalSeconds));
}
