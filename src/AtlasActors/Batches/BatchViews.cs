using System.Collections.ObjectModel;
using AtlasActors.Costs;
using AtlasActors.Jobs;
using AtlasActors.Manifests;

namespace AtlasActors.Batches;

/// <summary>A batch's state as others are told of it. Pure.</summary>
internal static class BatchViews
{
    /// <summary>So many running jobs are named in a view; a person reads no more, and a view is asked for several times a second.</summary>
    private const int RunningShown = 100;

    public static BatchView Batch(
        BatchState state, BatchPhase phase, HaltReason? halt, string? haltMessage, Func<int, string?> why)
    {
        var created = state.Created!;
        var counts = Enum.GetValues<JobStage>().Where(stage => state.Count(stage) > 0)
            .ToDictionary(stage => stage, state.Count);
        var running = state.In(JobStage.Submitting, JobStage.Generating, JobStage.Downloading, JobStage.Overdue)
            .Take(RunningShown).Select(number => Job(state, number, why(number)));
        return new BatchView(
            created.Batch, created.Source, created.Fingerprint, created.Endpoint, phase, halt, haltMessage, created.At,
            created.MaxWorkers, counts,
            new BatchMoney(state.Estimated, state.Charged, state.Reserved, state.InDoubt, state.Budget)
            {
                Unconfirmed = state.Unconfirmed,
            },
            [.. running])
        {
            Labels = created.Labels ?? ReadOnlyDictionary<string, string>.Empty,
            Priority = created.Priority ?? BatchPriority.Normal,
            Webhook = created.Webhook,
            IsSettled = state.IsSettled,
            SettledAt = state.SettledAt,
            OutputsRemovedAt = state.OutputsRemovedAt,
        };
    }

    public static JobView Job(BatchState state, int number, string? why)
    {
        var definition = state.Plan(number).Definition;
        var job = state.Job(number);
        return new JobView(
            number, definition.Name, definition.Kind, definition.Model, job.Stage, job.Since,
            job.Submissions == 0 ? 0 : job.Failures + 1, why, job.Prediction?.Id, job.Charged, GenerationTime(job),
            job.Urls is [var first, ..] ? first : null, Each(job.Files, file => file.Path), job.Failure?.WithRequest())
        {
            Failure = job.Failure,
            Unconfirmed = job.Unconfirmed, IsCostReported = job.IsChargeReported, Estimate = definition.Price,
            PriceBasis = definition.PriceBasis, Revision = job.Revision, Days = Days(job),
            Outputs = Each(job.Files, file => new JobFile(file.Path, file.Bytes, file.Sha256)),
        };
    }

    /// <summary>Of 100,000 jobs most have none: an empty list of their own would be most of a view.</summary>
    private static IReadOnlyList<T> Each<TFrom, T>(IReadOnlyList<TFrom> some, Func<TFrom, T> view) =>
        some.Count == 0 ? [] : [.. some.Select(view)];

    private static IReadOnlyList<JobDay> Days(JobState job) => job.Money.Count == 0 ? [] :
    [
        .. from money in job.Money
           where money.Status != MoneyStatus.Released
           group money by DateOnly.FromDateTime((money.At ?? job.Since).UtcDateTime) into day
           orderby day.Key
           select new JobDay(
               day.Key, day.Count(), day.Count(money => money.Status == MoneyStatus.Charged),
               day.Count(money => money.IsUnconfirmed), SumOf(day, MoneyStatus.Charged),
               day.Where(money => money.IsUnconfirmed).Select(money => money.Amount).Sum(),
               SumOf(day, MoneyStatus.Reserved), SumOf(day, MoneyStatus.InDoubt)),
    ];

    private static Usd SumOf(IEnumerable<SubmissionMoney> money, MoneyStatus status) =>
        money.Where(one => one.Status == status).Select(one => one.Amount).Sum();

    public static ManifestResult Result(BatchState state, int number)
    {
        var definition = state.Plan(number).Definition;
        var job = state.Job(number);
        return new ManifestResult(
            number, job.Revision, definition.Name, definition.Model, definition.Kind, job.Stage,
            job.Urls is [var first, ..] ? first : null, job.Files, job.Charged, job.SumOf(MoneyStatus.InDoubt),
            GenerationTime(job), job.Failure?.WithRequest(), job.Prediction?.Id, job.Submissions - job.NeverSent,
            job.IsChargeReported, job.Charged > Usd.Zero ? job.Unconfirmed : null, definition.Price, definition.PriceBasis);
    }

    /// <summary>What the ledger counts when it is told all of this batch.</summary>
    public static LedgerView Costs(BatchState state) => Counted(state).View(state.Created!.Batch);

    /// <summary>The same, as the ledger keeps it of a batch that is at its end.</summary>
    public static LedgerEvents.AccountClosed Account(BatchState state) =>
        Counted(state).Closing(state.Created!.Batch, state.Revision);

    /// <summary>The money of all jobs that have some.</summary>
    public static IReadOnlyList<JobMoney> AllMoney(BatchState state) =>
    [
        .. Enumerable.Range(1, state.JobCount).Where(number => state.Job(number).Money.Count > 0)
            .Select(number => Money(state, number)),
    ];

    private static LedgerState Counted(BatchState state)
    {
        var ledger = new LedgerState();
        foreach (var counted in ledger.Decide(state.Created!.Batch, AllMoney(state), state.Created.At)) ledger.Apply(counted);
        return ledger;
    }

    public static JobMoney Money(BatchState state, int number)
    {
        var job = state.Job(number);
        return new JobMoney(number, job.Revision, state.Plan(number).Definition.Model, job.Money);
    }

    /// <summary>Unknown where the clock was put back meanwhile.</summary>
    private static TimeSpan? GenerationTime(JobState job) =>
        job.GeneratedAt - job.AcceptedAt is { } time && time >= TimeSpan.Zero ? time : null;
}
