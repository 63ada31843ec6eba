using AtlasActors.Costs;
using AtlasActors.Inputs;
using AtlasActors.Jobs;

namespace AtlasActors.Batches;

/// <summary>All of it in one piece, and out of one piece again.</summary>
internal sealed partial class BatchState
{
    /// <summary>All of it at this moment: applying it to a state that knows nothing yet leads here.</summary>
    public BatchSnapshot Snapshot() => new(Created!, Budget, Revision, [.. _plans], [.. _jobs.Select(KeptJob.Of)])
    {
        IsPaused = IsPaused ? true : null,
        SettledAt = _settledAt,
        OutputsRemovedAt = OutputsRemovedAt,
        Uploads = _uploads.Count == 0 ? null : new Dictionary<string, KnownAddress>(_uploads),
    };

    private void Restore(BatchSnapshot kept)
    {
        if (Created is not null) throw new NotSupportedException("A snapshot is the first that a batch knows.");
        Add(kept.Created, kept.Plans);
        foreach (var (place, job) in kept.Jobs.Index()) Replace(place + 1, job.ToState());
        foreach (var job in _jobs) AddUp(new JobState(), job);
        foreach (var (hash, address) in kept.Uploads ?? new Dictionary<string, KnownAddress>()) _uploads[hash] = address;
        (Budget, Revision, IsPaused) = (kept.Budget, kept.Revision, kept.IsPaused == true);
        (_settledAt, OutputsRemovedAt) = (kept.SettledAt, kept.OutputsRemovedAt);
    }

    private void Add(BatchEvents.BatchCreated created, IReadOnlyList<PlannedJob> plans)
    {
        Created = created;
        Add(plans);
    }

    /// <summary>Adds up what a job's money has changed.</summary>
    private void AddUp(JobState before, JobState after)
    {
        Charged += after.Charged - before.Charged;
        Unconfirmed += after.Unconfirmed - before.Unconfirmed;
        UnpricedCount += after.Unpriced.Count - before.Unpriced.Count;
        Reserved += after.SumOf(MoneyStatus.Reserved) - before.SumOf(MoneyStatus.Reserved);
        InDoubt += after.SumOf(MoneyStatus.InDoubt) - before.SumOf(MoneyStatus.InDoubt);
    }
}
