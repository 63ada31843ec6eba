using AtlasActors.Batches;
using AtlasActors.Polling;

namespace AtlasActors.Costs;

/// <summary>
/// How long a batch takes when every job takes its typical time: jobs begin in the file's order, each in the slot that is
/// free first, and none before those that it needs. Pure.
/// </summary>
internal sealed class ExpectedTime
{
    private readonly BatchDefinition _batch;
    private readonly int[] _needs;
    private readonly ILookup<int, int> _children;
    private readonly SortedSet<int> _ready = [];
    private readonly PriorityQueue<int, TimeSpan> _running = new();
    private readonly Dictionary<(PollPolicy, TimeSpan), TimeSpan> _notices = [];

    private ExpectedTime(BatchDefinition batch)
    {
        _batch = batch;
        _needs = [.. batch.Jobs.Select(job => job.Parents.Distinct().Count())];
        _children = batch.Jobs
            .SelectMany((job, place) => job.Parents.Distinct().Select(parent => (Parent: parent - 1, Place: place)))
            .ToLookup(pair => pair.Parent, pair => pair.Place);
        for (var place = 0; place < _needs.Length; place++)
            if (_needs[place] == 0) _ready.Add(place);
    }

    /// <summary>From the first submission to the last result found, without downloads.</summary>
    public static TimeSpan Of(BatchDefinition batch) => new ExpectedTime(batch).Run();

    private TimeSpan Run()
    {
        var now = TimeSpan.Zero;
        Begin(now);
        while (_running.TryDequeue(out var job, out var end))
        {
            now = end;
            foreach (var child in _children[job])
                if (--_needs[child] == 0) _ready.Add(child);
            Begin(now);
        }
        return now;
    }

    private void Begin(TimeSpan now)
    {
        while (_running.Count < _batch.MaxWorkers && _ready.Count > 0)
        {
            var job = _ready.Min;
            _ready.Remove(job);
            _running.Enqueue(job, now + Takes(job));
        }
    }

    private TimeSpan Takes(int place)
    {
        var job = _batch.Jobs[place];
        var generation = TypicalTimes.Of(job.Kind, job.Model);
        if (!_notices.TryGetValue((job.Policy.Poll, generation), out var notice))
            _notices[(job.Policy.Poll, generation)] = notice = TypicalTimes.NoticeDelay(job.Policy.Poll, generation);
        return generation + notice;
    }
}
