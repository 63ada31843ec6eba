using AtlasActors.Costs;
using AtlasActors.Jobs;

namespace AtlasActors.Batches;

/// <summary>
/// Which of the jobs with an actor hold a slot, and what those are about to reserve that have not: kept as sums, for a batch
/// may have 100,000 in flight, and both are asked for with each event.
/// </summary>
internal sealed class SlotBook
{
    private readonly Dictionary<int, (int Slots, Usd Promised)> _jobs = [];

    /// <summary>How many slots are held.</summary>
    public int Held { get; private set; }

    /// <summary>What the jobs that have a slot, and have submitted nothing yet, will cost.</summary>
    public Usd Promised { get; private set; }

    /// <summary>A job with an actor is in this state now.</summary>
    public void Note(int number, JobState job, Usd price)
    {
        Forget(number);
        var isPromised = job.Stage == JobStage.Queued;
        Add(_jobs[number] = (isPromised || job.HoldsSlot ? 1 : 0, isPromised ? price : Usd.Zero), 1);
    }

    /// <summary>A job that waited was cancelled: its slot is free when its actor has ended, and it will cost nothing.</summary>
    public void TakeBack(int number)
    {
        if (!_jobs.TryGetValue(number, out var before)) return;
        Forget(number);
        Add(_jobs[number] = before with { Promised = Usd.Zero }, 1);
    }

    /// <summary>It has no actor any more.</summary>
    public void Forget(int number)
    {
        if (_jobs.Remove(number, out var before)) Add(before, -1);
    }

    private void Add((int Slots, Usd Promised) job, int sign)
    {
        Held += sign * job.Slots;
        Promised += job.Promised * sign;
    }
}
