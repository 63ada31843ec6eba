using System.Text.Json.Serialization;
using AtlasActors.Atlas;
using AtlasActors.Atlas.Webhooks;
using AtlasActors.Costs;

namespace AtlasActors.Jobs;

/// <summary>Something that happened to a job, as the batch's journal keeps it.</summary>
internal interface IJobEvent
{
    /// <summary>Which job: its number in the batch.</summary>
    int Job { get; }

    /// <summary>When.</summary>
    DateTimeOffset At { get; }
}

/// <summary>Why a submission that Atlas surely did not take was not taken.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RefusalReason>))]
internal enum RefusalReason
{
    RateLimited,
    NotReached,
    KeyRefused,
    OutOfBalance,

    /// <summary>The batch was stopped between the intent and the call, which was never made.</summary>
    Stopped,
}

internal static class JobEvents
{
    /// <summary>
    /// The intent, recorded before the call leaves; <paramref name="Submission"/> counts the job's calls from 1.
    /// <paramref name="Basis"/>: what the reserved amount was estimated by; null in journals of before.
    /// <paramref name="Token"/>: the secret in its <c>webhook_url</c>; null where it carries none of ours.
    /// </summary>
    public sealed record SubmissionStarted(
        int Job, int Submission, DateTimeOffset At, Usd Reserved, PriceBasis? Basis = null, WebhookToken? Token = null) : IJobEvent;

    /// <summary>Atlas surely did not take it. The job is queued again, not before <paramref name="NotBefore"/>.</summary>
    public sealed record SubmissionRefused(
        int Job, DateTimeOffset At, RefusalReason Reason, AtlasFailure Failure, DateTimeOffset NotBefore) : IJobEvent;

    /// <summary>Nobody can say whether Atlas took it. Queued again where the batch file says <c>resubmit</c>, else in doubt.</summary>
    public sealed record SubmissionLost(int Job, DateTimeOffset At, AtlasFailure Failure, bool Resubmit) : IJobEvent;

    /// <summary>Atlas took it.</summary>
    public sealed record PredictionAccepted(int Job, DateTimeOffset At, string Id, string? PollUrl) : IJobEvent;

    /// <summary>The generation failed, uncharged, and another attempt follows, not before <paramref name="NotBefore"/>.</summary>
    public sealed record AttemptFailed(int Job, DateTimeOffset At, AtlasFailure Failure, DateTimeOffset NotBefore) : IJobEvent;

    /// <summary>
    /// Atlas is done. <paramref name="Urls"/> are the outputs' addresses without signatures and without inline bytes:
    /// for people; a download asks Atlas for the address again. <paramref name="Flagged"/>: whether Atlas holds what was
    /// made for unfit to be shown; null in journals of before. <paramref name="FinishedAt"/>: when Atlas says that it was
    /// done, which is earlier than when we found out; null where it did not say.
    /// </summary>
    public sealed record GenerationFinished(
        int Job, DateTimeOffset At, IReadOnlyList<string> Urls, Usd Charge, bool ChargeReported,
        bool? Flagged = null, DateTimeOffset? FinishedAt = null) : IJobEvent;

    /// <summary>Atlas told what a finished generation cost, after our estimate had stood in for it.</summary>
    public sealed record ChargeReported(int Job, int Submission, DateTimeOffset At, Usd Charge) : IJobEvent;

    /// <summary>It takes longer than its <c>max_wait</c>.</summary>
    public sealed record JobFellOverdue(int Job, DateTimeOffset At, AtlasFailure Failure) : IJobEvent;

    /// <summary>A run went on with an overdue job: its wait begins anew.</summary>
    public sealed record WaitBegunAnew(int Job, DateTimeOffset At) : IJobEvent;

    /// <summary>The files are in their places.</summary>
    public sealed record JobSucceeded(int Job, DateTimeOffset At, IReadOnlyList<OutputFile> Files) : IJobEvent;

    /// <summary>
    /// It will not succeed by itself. <paramref name="PossiblyCharged"/>: Atlas took it and forgot it, so nobody knows.
    /// <paramref name="OutputsGone"/>: it was made and can't be fetched any more.
    /// </summary>
    public sealed record JobFailed(
        int Job, DateTimeOffset At, AtlasFailure Failure, bool PossiblyCharged = false, bool OutputsGone = false) : IJobEvent;

    /// <summary>The budget does not reach for another attempt.</summary>
    public sealed record JobRefused(int Job, DateTimeOffset At, AtlasFailure Failure) : IJobEvent;

    /// <summary>
    /// A job that it waited for was cancelled after an attempt. What waits when a person cancels is ended by
    /// <see cref="Batches.BatchEvents.CancellationAsked"/> itself.
    /// </summary>
    public sealed record JobCancelled(int Job, DateTimeOffset At, AtlasFailure Failure) : IJobEvent;

    /// <summary>A person asked for another round of attempts.</summary>
    public sealed record JobRetried(int Job, DateTimeOffset At) : IJobEvent;

    /// <summary>
    /// Atlas's webhook named the prediction that a submission became: noted while its answer is awaited, and the end of the
    /// doubt where the answer was lost.
    /// </summary>
    public sealed record SubmissionFound(int Job, int Submission, DateTimeOffset At, string Id) : IJobEvent;

    /// <summary>
    /// Atlas's webhook told how a submission ended that was in doubt, and that nobody collects because the job was submitted
    /// again. <paramref name="Charge"/>: what it cost, or null for nothing; it is our estimate unless
    /// <paramref name="ChargeReported"/>.
    /// </summary>
    public sealed record SubmissionSettled(
        int Job, int Submission, DateTimeOffset At, string Id, Usd? Charge, bool ChargeReported) : IJobEvent;
}

/// <summary>A file that a job made.</summary>
/// <param name="Path">Relative to the output folder, with forward slashes.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its hash, lower-case hex.</param>
internal sealed record OutputFile(string Path, long Bytes, string Sha256);
