using AtlasActors.Costs;
using AtlasActors.Inputs;
using AtlasActors.Jobs;
using static AtlasActors.Batches.BatchEvents;

namespace AtlasActors.Batches;

/// <summary>
/// What is known of a batch: the sum of its events, with counts and sums kept along the way, for a batch may have 100,000
/// jobs. Jobs are found by their number, from 1.
/// </summary>
internal sealed partial class BatchState
{
    private readonly List<PlannedJob> _plans = [];
    private readonly List<JobState> _jobs = [];
    private readonly int[] _counts = new int[Enum.GetValues<JobStage>().Length];
    private readonly Dictionary<string, string> _texts = [];
    private readonly Dictionary<JobPolicy, JobPolicy> _policies = [];
    private readonly Dictionary<JobStage, JobState> _untouched = [];
    private DateTimeOffset? _settledAt;

    /// <summary>How it began; null before.</summary>
    public BatchCreated? Created { get; private set; }

    /// <summary>The most that may be spent, or null.</summary>
    public Usd? Budget { get; private set; }

    /// <summary>How many events its jobs have seen: what is told of it at a higher one is newer.</summary>
    public int Revision { get; private set; }

    public int JobCount => _jobs.Count;

    public Usd Estimated { get; private set; }

    public Usd Charged { get; private set; }

    /// <summary>The part of <see cref="Charged"/> that Atlas has not told.</summary>
    public Usd Unconfirmed { get; private set; }

    /// <summary>How many charges Atlas has not told.</summary>
    public int UnpricedCount { get; private set; }

    /// <summary>These charges.</summary>
    public IEnumerable<UnpricedCharge> Unpriced => _jobs.SelectMany(job => job.Unpriced);

    public Usd Reserved { get; private set; }

    public Usd InDoubt { get; private set; }

    /// <summary>What is spent, may be spent, or is possibly spent.</summary>
    public Usd Committed => Charged + Reserved + InDoubt;

    public PlannedJob Plan(int number) => _plans[number - 1];

    public JobState Job(int number) => _jobs[number - 1];

    public int Count(JobStage stage) => _counts[(int)stage];

    /// <summary>The numbers of the jobs in a stage, in the file's order.</summary>
    public IEnumerable<int> In(params JobStage[] stages) =>
        Enumerable.Range(1, _jobs.Count).Where(number => stages.Contains(Job(number).Stage));

    /// <summary>Jobs that have come to no end, good or bad.</summary>
    public int Unended => _jobs.Count - JobStages.Ends.Sum(Count);

    /// <summary>
    /// Whether nothing is left to be done but to wait for what is overdue, and for what waits for that or for a person.
    /// </summary>
    public bool IsDone => Unended == Count(JobStage.Overdue) + Count(JobStage.Waiting) && !CutOff.Any();

    /// <summary>
    /// Whether ledger and manifest have everything, too. A program that was killed when the last job was at its end leaves a
    /// batch that is done, and a manifest that does not know it.
    /// </summary>
    public bool IsSettled => _settledAt is not null && IsDone;

    /// <summary>Since when; null where something is left.</summary>
    public DateTimeOffset? SettledAt => IsSettled ? _settledAt : null;

    /// <summary>
    /// Up to when what its jobs had made was removed, by a rule on how long it is kept; null where nothing was.
    /// </summary>
    public DateTimeOffset? OutputsRemovedAt { get; private set; }

    /// <summary>The jobs whose files are there, as far as we know: made, and not removed since.</summary>
    public IEnumerable<int> WithOutputs => In(JobStage.Succeeded).Where(
        number => Job(number).Files.Count > 0 && !(Job(number).Since <= OutputsRemovedAt));

    /// <summary>Takes an event in. One that it does not know is a fault of ours, and throws.</summary>
    public void Apply(object happened)
    {
        switch (happened)
        {
            case BatchCreated e: (Created, Budget) = (e, e.Budget); break;
            case BudgetSet e: Budget = e.Budget; break;
            case JobsPlanned e: Add(e.Jobs); break;
            case IJobEvent e: Move(e); break;
            case CancellationAsked e: Cancel(e); break;
            case BatchPaused: IsPaused = true; break;
            case BatchUnpaused: IsPaused = false; break;
            case BatchSettled e: _settledAt = e.At; break;
            case OutputsRemoved e: OutputsRemovedAt = e.At; break;
            case BatchSnapshot e: Restore(e); break;
            case InputUploaded e: _uploads[e.Sha256] = new KnownAddress(e.Url, e.At); break;
            default: throw new NotSupportedException($"A batch knows no event {happened.GetType().Name}.");
        }
    }

    private void Add(IReadOnlyList<PlannedJob> plans)
    {
        foreach (var plan in plans)
        {
            if (plan.Definition.Number != _plans.Count + 1)
                throw new NotSupportedException($"Job {plan.Definition.Number} is planned where job {_plans.Count + 1} belongs.");
            _plans.Add(Shared(plan));
            var stage = AddToGraph(plan.Definition) ? JobStage.Waiting : JobStage.Queued;
            if (!_untouched.TryGetValue(stage, out var untouched))
                _untouched[stage] = untouched = new JobState { Stage = stage, Since = Created!.At, NotBefore = Created.At };
            _jobs.Add(untouched);
            _counts[(int)stage]++;
            Estimated += plan.Definition.Price;
        }
    }

    /// <summary>What 100,000 jobs have alike is kept once, as a file's reader does; a journal has it written out for each.</summary>
    private PlannedJob Shared(PlannedJob plan)
    {
        var job = plan.Definition;
        var model = Shared(job.Model);
        var separator = plan.Separator is { } written ? Shared(written) : null;
        if (!_policies.TryGetValue(job.Policy, out var policy)) _policies[job.Policy] = policy = job.Policy;
        if (!ReferenceEquals(separator, plan.Separator)) plan = plan with { Separator = separator };
        return ReferenceEquals(job.Model, model) && ReferenceEquals(job.Policy, policy)
            ? plan
            : plan with { Definition = job with { Model = model, Policy = policy } };
    }

    private string Shared(string text) => _texts.TryGetValue(text, out var kept) ? kept : _texts[text] = text;

    private void Replace(int number, JobState after)
    {
        _counts[(int)Job(number).Stage]--;
        _counts[(int)after.Stage]++;
        _jobs[number - 1] = after;
    }

    private void Move(IJobEvent e)
    {
        _settledAt = null;
        Revision++;
        var before = Job(e.Job);
        var after = before.Apply(e);
        if (after.Stage == JobStage.Queued && Obstacle(e.Job) is not null) after = after with { Stage = JobStage.Waiting };
        Replace(e.Job, after);
        if (after.Stage == JobStage.Succeeded) Release(e.Job, e.At);
        if (!ReferenceEquals(before.Money, after.Money)) AddUp(before, after);
    }
}
