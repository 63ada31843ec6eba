namespace AtlasActors.Batches;

/// <summary>Jobs that wait for a slot: those that may run first, and of these the file's first.</summary>
internal sealed class JobQueue
{
    private readonly SortedSet<(DateTimeOffset NotBefore, int Job)> _waiting = [];
    private readonly HashSet<int> _jobs = [];

    /// <summary>A job that waits already keeps its place.</summary>
    public void Add(int job, DateTimeOffset notBefore)
    {
        if (_jobs.Add(job)) _waiting.Add((notBefore, job));
    }

    /// <summary>It waits no more: it was found to be at work.</summary>
    public void Remove(int job)
    {
        if (_jobs.Remove(job)) _waiting.RemoveWhere(waiting => waiting.Job == job);
    }

    /// <summary>They wait no more.</summary>
    public void Remove(IReadOnlySet<int> jobs)
    {
        _jobs.ExceptWith(jobs);
        _waiting.RemoveWhere(waiting => jobs.Contains(waiting.Job));
    }

    public void Clear()
    {
        _waiting.Clear();
        _jobs.Clear();
    }

    /// <summary>Takes the next job that may run now, or null.</summary>
    public int? Take(DateTimeOffset now)
    {
        if (_waiting.Count == 0 || _waiting.Min.NotBefore > now) return null;
        var next = _waiting.Min;
        _waiting.Remove(next);
        _jobs.Remove(next.Job);
        return next.Job;
    }

    /// <summary>When the next job may run; null when none waits.</summary>
    public DateTimeOffset? NextDue => _waiting.Count == 0 ? null : _waiting.Min.NotBefore;
}
