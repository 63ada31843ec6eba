namespace AtlasActors.Batches;

/// <summary>Jobs that wait for a slot: those that may run first, and of these the file's first.</summary>
internal sealed class JobQueue
{
    /// <summary>
    /// Those whose time had come when it was last looked, and the others; each by time, and then by number.
    /// </summary>
    private readonly SortedSet<(DateTimeOffset NotBefore, int Job)> _due = [];
    private readonly SortedSet<(DateTimeOffset NotBefore, int Job)> _later = [];
    private readonly Dictionary<int, DateTimeOffset> _times = [];

    /// <summary>A job that waits already keeps its place.</summary>
    public void Add(int job, DateTimeOffset notBefore)
    {
        if (_times.TryAdd(job, notBefore)) _later.Add((notBefore, job));
    }

    /// <summary>It waits no more: it was found to be at work.</summary>
    public void Remove(int job)
    {
        if (!_times.Remove(job, out var notBefore)) return;
        _due.Remove((notBefore, job));
        _later.Remove((notBefore, job));
    }

    /// <summary>They wait no more.</summary>
    public void Remove(IReadOnlySet<int> jobs)
    {
        foreach (var job in jobs) Remove(job);
    }

    public void Clear()
    {
        _due.Clear();
        _later.Clear();
        _times.Clear();
    }

    /// <summary>
    /// The jobs whose time has come since it was last asked: from now on they wait for a slot and nothing else.
    /// </summary>
    public IReadOnlyList<int> TakeDue(DateTimeOffset now)
    {
        List<int> jobs = [];
        while (_later.Count > 0 && _later.Min.NotBefore <= now)
        {
            var next = _later.Min;
            _later.Remove(next);
            _due.Add(next);
            jobs.Add(next.Job);
        }
        return jobs;
    }

    /// <summary>Takes the next job that may run now, or null.</summary>
    public int? Take(DateTimeOffset now)
    {
        TakeDue(now);
        if (_due.Count == 0) return null;
        var next = _due.Min;
        Remove(next.Job);
        return next.Job;
    }

    /// <summary>When the next job may run; null when none waits.</summary>
    public DateTimeOffset? NextDue =>
        _due.Count > 0 ? _due.Min.NotBefore
        : _later.Count > 0 ? _later.Min.NotBefore
        : null;
}
