using AtlasActors.Atlas;
using AtlasActors.Costs;
using static AtlasActors.Jobs.JobEvents;

namespace AtlasActors.Jobs;

/// <summary>What is known of a job: the sum of its events.</summary>
internal sealed partial record JobState
{
    public JobStage Stage { get; init; } = JobStage.Queued;

    /// <summary>How many events it has seen; whoever is told of the state acknowledges this.</summary>
    public int Revision { get; init; }

    /// <summary>Since when it is in <see cref="Stage"/>.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>How many calls to Atlas were begun; the last one's number.</summary>
    public int Submissions { get; init; }

    /// <summary>When the last of them was begun; null before the first.</summary>
    public DateTimeOffset? BegunAt { get; init; }

    /// <summary>How many of these calls were never made, because the batch was stopped between the intent and the call.</summary>
    public int NeverSent { get; init; }

    /// <summary>Failed attempts of this round, which count against <see cref="JobPolicy.Retries"/>.</summary>
    public int Failures { get; init; }

    /// <summary>Refusals in a row: 429, or an API that was not to be reached. They cost no attempt.</summary>
    public int Refusals { get; init; }

    /// <summary>When queued: not to be submitted before.</summary>
    public DateTimeOffset NotBefore { get; init; }

    /// <summary>What Atlas calls the last attempt that it took.</summary>
    public Prediction? Prediction { get; init; }

    /// <summary>When Atlas took it.</summary>
    public DateTimeOffset AcceptedAt { get; init; }

    /// <summary>From when <see cref="JobPolicy.MaxWait"/> counts.</summary>
    public DateTimeOffset WaitsSince { get; init; }

    /// <summary>When Atlas was found to be done; null before.</summary>
    public DateTimeOffset? GeneratedAt { get; init; }

    /// <summary>The outputs' addresses, fit to be shown.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];

    /// <summary>Whether Atlas holds the outputs for unfit to be shown.</summary>
    public bool IsFlagged { get; init; }

    public IReadOnlyList<OutputFile> Files { get; init; } = [];

    /// <summary>The last thing that went wrong, until something goes right.</summary>
    public AtlasFailure? Failure { get; init; }

    /// <summary>It has come to an end.</summary>
    public bool HasEnded => Stage.IsEnd();

    /// <summary>It has come to an end, or is overdue: nothing of it is awaited.</summary>
    public bool IsAtRest => HasEnded || Stage == JobStage.Overdue;

    /// <summary>It was submitted, for the first time, and nothing else happened: it was at no rest, and nothing was listed of it.</summary>
    public bool IsOnItsFirstWay => (Stage, Revision) is (JobStage.Submitting, 1) or (JobStage.Generating, 2);

    /// <summary>Atlas has finished and charged it, and keeps it: another attempt only fetches it.</summary>
    public bool IsMade => GeneratedAt is not null && Urls.Count > 0;

    /// <summary>Whether it takes a slot of its batch: Atlas generates, or is being asked to.</summary>
    public bool HoldsSlot => Stage is JobStage.Submitting or JobStage.Generating;

    /// <summary>When queued: not to be submitted before, by a clock that was perhaps put back since.</summary>
    public DateTimeOffset RunsFrom(DateTimeOffset now) => now < Since ? now + (NotBefore - Since) : NotBefore;

    /// <summary>The state after an event. An event that it does not know is a fault of ours, and throws.</summary>
    public JobState Apply(IJobEvent happened)
    {
        var after = After(happened) with { Revision = Revision + 1 };
        return after is { CancelAsked: true, Stage: JobStage.Queued } ? after.Cancelled(happened.At, after.WhyCancelled) : after;
    }

    private JobState After(IJobEvent happened) => happened switch
    {
        SubmissionStarted e => To(JobStage.Submitting, e.At) with
        {
            Submissions = e.Submission, BegunAt = e.At, Tokens = TokensWith(e), Announced = null,
            Money = Reserve(e),
            Prediction = null, GeneratedAt = null, Urls = [], Files = [],
        },
        // What a webhook named was taken, whatever came of the answer.
        SubmissionRefused or SubmissionLost when Announced is { } id => Taken(happened.At, id),
        SubmissionRefused e => To(JobStage.Queued, e.At) with
        {
            Failure = e.Failure, NotBefore = e.NotBefore, Money = Settle(MoneyStatus.Released),
            Refusals = e.Reason is RefusalReason.RateLimited or RefusalReason.NotReached ? Refusals + 1 : Refusals,
            NeverSent = e.Reason == RefusalReason.Stopped ? NeverSent + 1 : NeverSent,
        },
        SubmissionLost e => To(e.Resubmit ? JobStage.Queued : JobStage.InDoubt, e.At) with
        {
            Failure = e.Failure, NotBefore = e.At, Money = Settle(MoneyStatus.InDoubt),
        },
        PredictionAccepted e => To(JobStage.Generating, e.At) with
        {
            Prediction = new Prediction(e.Id, e.PollUrl), AcceptedAt = e.At, WaitsSince = e.At, Refusals = 0, Failure = null,
            Announced = null,
        },
        AttemptFailed e => To(JobStage.Queued, e.At) with
        {
            Failure = e.Failure, NotBefore = e.NotBefore, Failures = Failures + 1, Money = Settle(MoneyStatus.Released),
        },
        GenerationFinished e => Charge(e).To(JobStage.Downloading, e.At) with
        {
            GeneratedAt = e.At, WaitsSince = e.At, Urls = e.Urls, IsFlagged = e.Flagged == true, Failure = null,
        },
        ChargeReported e => Confirm(e),
        JobFellOverdue e => To(JobStage.Overdue, e.At) with { Failure = e.Failure },
        WaitBegunAnew e => To(GeneratedAt is null ? JobStage.Generating : JobStage.Downloading, e.At) with { WaitsSince = e.At },
        JobSucceeded e => To(JobStage.Succeeded, e.At) with { Files = e.Files, Failure = null },
        JobFailed e => To(JobStage.Failed, e.At) with
        {
            Failure = e.Failure, Urls = e.OutputsGone ? [] : Urls,
            Money = Settle(e.PossiblyCharged ? MoneyStatus.InDoubt : MoneyStatus.Released),
        },
        JobRefused e => To(JobStage.Refused, e.At) with { Failure = e.Failure },
        JobCancelled e => Cancelled(e.At, e.Failure),
        JobRetried e => Retried(e) with { CancelAsked = false },
        SubmissionFound e => Found(e),
        SubmissionSettled e => Settled(e),
        _ => throw new NotSupportedException($"A job knows no event {happened.GetType().Name}."),
    };

    /// <summary>What Atlas has finished and charged is fetched again; everything else is attempted again.</summary>
    private JobState Retried(JobRetried e) => IsMade
        ? To(JobStage.Downloading, e.At) with { WaitsSince = e.At }
        : To(JobStage.Queued, e.At) with { NotBefore = e.At, Failures = 0, Refusals = 0 };

    private JobState To(JobStage stage, DateTimeOffset at) => this with { Stage = stage, Since = at };
}
