using AtlasActors.Costs;
using static AtlasActors.Manifests.ManifestCommands;
using static AtlasActors.Manifests.ManifestEvents;

namespace AtlasActors.Manifests;

/// <summary>Which results are listed: of each job what was told of it last, by its revision. Pure.</summary>
internal sealed class ManifestState
{
    private readonly Dictionary<int, ManifestResult> _results = [];
    private readonly Dictionary<int, int> _revisions = [];

    /// <summary>What is listed, in no order.</summary>
    public IReadOnlyCollection<ManifestResult> Results => _results.Values;

    /// <summary>
    /// The events that bring the list to what was told; none for what it has already, and none for old news, which may
    /// be told again after newer.
    /// </summary>
    public IReadOnlyList<object> Decide(ListResults told) =>
    [
        .. told.Results.Where(result => IsNews(result.Job, result.Revision)).Select(result => new ResultListed(result)),
        // Also where nothing is listed: what was listed before may be told after it.
        .. told.Withdrawn.Where(job => IsNews(job.Job, job.Revision))
            .Select(job => new ResultWithdrawn(job.Job, job.Revision)),
    ];

    public void Apply(object happened)
    {
        switch (happened)
        {
            case ResultListed e:
                _results[e.Result.Job] = e.Result;
                _revisions[e.Result.Job] = e.Result.Revision;
                break;
            case ResultWithdrawn e:
                _results.Remove(e.Job);
                _revisions[e.Job] = e.Revision;
                break;
            case ManifestSnapshot e:
                foreach (var result in e.Results) Apply(new ResultListed(result));
                foreach (var (job, revision) in e.Withdrawn ?? []) Apply(new ResultWithdrawn(job, revision));
                break;
            default:
                throw new NotSupportedException($"A manifest's journal holds no {happened.GetType().Name}.");
        }
    }

    /// <summary>All of it at this moment: applying it leads here.</summary>
    public ManifestSnapshot Snapshot()
    {
        List<JobRevision> withdrawn =
        [
            .. from job in _revisions
               where !_results.ContainsKey(job.Key)
               orderby job.Key
               select new JobRevision(job.Key, job.Value),
        ];
        return new ManifestSnapshot(
            [.. _results.Values.OrderBy(result => result.Job)], withdrawn.Count == 0 ? null : withdrawn);
    }

    private bool IsNews(int job, int revision) => _revisions.GetValueOrDefault(job) < revision;
}
