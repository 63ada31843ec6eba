using AtlasActors.Inputs;
using AtlasActors.Jobs;

namespace AtlasActors.Batches;

/// <summary>Which job needs what of another, and what was uploaded for them.</summary>
internal sealed partial class BatchState
{
    private readonly Dictionary<int, List<int>> _children = [];
    private readonly Dictionary<string, KnownAddress> _uploads = [];

    /// <summary>Where Atlas was given the files of this batch, by their SHA-256.</summary>
    public IReadOnlyDictionary<string, KnownAddress> Uploads => _uploads;

    /// <summary>The jobs that need this one's output, in the file's order.</summary>
    public IReadOnlyList<int> Children(int number) => _children.GetValueOrDefault(number) ?? [];

    /// <summary>The first job that a job waits for; null when it waits for none.</summary>
    public int? Obstacle(int number)
    {
        foreach (var parent in Plan(number).Definition.Parents)
            if (Job(parent).Stage != JobStage.Succeeded) return parent;
        return null;
    }

    /// <summary>Jobs that wait for one that has failed or is cancelled, which is not known of them yet.</summary>
    public IEnumerable<int> CutOff => Count(JobStage.Waiting) == 0 ? [] : In(JobStage.Waiting).Where(number => Breach(number) is not null);

    /// <summary>The job because of which a waiting one can never begin: it failed, was cancelled, or the budget did not reach for it.</summary>
    public int? Breach(int number)
    {
        foreach (var parent in Plan(number).Definition.Parents)
            if (Job(parent).Stage is JobStage.Failed or JobStage.Refused or JobStage.Cancelled) return parent;
        return null;
    }

    /// <summary>Whether it needs another job.</summary>
    private bool AddToGraph(JobDefinition job)
    {
        foreach (var parent in job.Parents.Distinct())
        {
            if (!_children.TryGetValue(parent, out var children)) _children[parent] = children = [];
            children.Add(job.Number);
        }
        return job.Parents.Any();
    }

    private void Release(int parent, DateTimeOffset at)
    {
        foreach (var child in Children(parent))
            if (Job(child).Stage == JobStage.Waiting && Obstacle(child) is null)
                Replace(child, Job(child) with { Stage = JobStage.Queued, Since = at });
    }
}
