using AtlasActors.Costs;

namespace AtlasActors.Batches;

/// <summary>
/// What somebody has not acknowledged yet: job numbers with the revision that was told last. What is told at least once
/// and acknowledged by revision arrives, whatever is lost on the way.
/// </summary>
internal sealed class Outbox
{
    private readonly Dictionary<int, int> _pending = [];

    public bool IsEmpty => _pending.Count == 0;

    /// <summary>The jobs that are not acknowledged, in the file's order.</summary>
    public IReadOnlyList<int> Jobs => [.. _pending.Keys.Order()];

    public bool IsPending(int job) => _pending.ContainsKey(job);

    public void Told(int job, int revision) => _pending[job] = revision;

    public void Acknowledged(IEnumerable<JobRevision> jobs)
    {
        foreach (var job in jobs)
            if (_pending.TryGetValue(job.Job, out var told) && told <= job.Revision)
                _pending.Remove(job.Job);
    }
}
