using AtlasActors.Costs;
using AtlasActors.Jobs;
using static AtlasActors.Batches.BatchEvents;

namespace AtlasActors.Batches;

/// <summary>What a person's wish means: a pause, and which jobs are cancelled or attempted again.</summary>
internal sealed partial class BatchState
{
    /// <summary>Whether nothing is to be submitted until a person has the batch go on.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>Whether Atlas has something of this batch that is awaited.</summary>
    public bool IsUnderWay => Count(JobStage.Submitting) + Count(JobStage.Generating) + Count(JobStage.Downloading) > 0;

    /// <summary>
    /// The jobs that a cancellation of these, or of all, ends at once: those that wait, and then those that wait for them,
    /// with the job that they need.
    /// </summary>
    public IReadOnlyList<(int Job, int? Parent)> EndedByCancelling(IReadOnlyList<int>? jobs)
    {
        List<(int Job, int? Parent)> ended = [.. Named(jobs).Where(number => Job(number).Waits).Select(number => (number, (int?)null))];
        var known = ended.Select(one => one.Job).ToHashSet();
        // The list grows while it is walked: what waits for a job that was cut off is cut off too.
        for (var place = 0; place < ended.Count; place++)
            foreach (var child in Children(ended[place].Job))
                if (Job(child).Stage == JobStage.Waiting && known.Add(child)) ended.Add((child, ended[place].Job));
        return ended;
    }

    /// <summary>Those of these jobs, or of all, that Atlas has, and that a cancellation leaves without another attempt.</summary>
    public IEnumerable<int> SeenThroughByCancelling(IReadOnlyList<int>? jobs) =>
        Named(jobs).Where(number => Job(number) is { HasEnded: false, Waits: false, CancelAsked: false });

    /// <summary>
    /// The jobs that a retry attempts again. Without names that is what failed or was refused; what was cancelled has to be
    /// named. One that needs what another job did not make is left, unless that job is attempted again too.
    /// </summary>
    public IReadOnlyList<int> Retryable(IReadOnlyList<int>? jobs, bool inDoubt)
    {
        var chosen = Named(jobs).Where(number => Job(number).Stage switch
        {
            JobStage.Failed or JobStage.Refused => true,
            JobStage.InDoubt => inDoubt,
            JobStage.Cancelled => jobs is not null,
            _ => false,
        }).ToHashSet();
        while (chosen.RemoveWhere(number => Plan(number).Definition.Parents.Any(
            parent => !chosen.Contains(parent) && Job(parent).Stage is JobStage.Failed or JobStage.Refused or JobStage.Cancelled)) > 0)
        {
            // Whoever needs one that was taken out is taken out too.
        }
        return [.. chosen.Order()];
    }

    /// <summary>What one more attempt of these costs; what Atlas has made already is only fetched.</summary>
    public Usd PriceOf(IEnumerable<int> jobs) =>
        jobs.Where(number => !Job(number).IsMade).Select(number => Plan(number).Definition.Price).Sum();

    private IEnumerable<int> Named(IReadOnlyList<int>? jobs) => jobs?.Distinct().Order() ?? Enumerable.Range(1, JobCount);

    private void Cancel(CancellationAsked e)
    {
        var seenThrough = SeenThroughByCancelling(e.Jobs).ToList();
        var ended = EndedByCancelling(e.Jobs);
        foreach (var number in seenThrough) Replace(number, Job(number).Unwanted(e.At));
        foreach (var (number, parent) in ended)
            Replace(number, parent is { } needed ? Job(number).CutOff(e.At, Plan(needed).Definition.Name) : Job(number).Unwanted(e.At));
        if (ended.Count > 0) _settledAt = null;
    }
}
