using AtlasActors.Atlas;
using AtlasActors.Costs;
using AtlasActors.Hosting;
using static AtlasActors.Jobs.JobEvents;

namespace AtlasActors.Jobs;

/// <summary>What follows from an answer of Atlas. Pure: state, definition, answer and time in; an event out.</summary>
internal static class JobRules
{
    /// <summary>So many polls in a row must not know a job that is no longer fresh; other clients tolerate as many.</summary>
    private const int NotFoundLimit = 3;

    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>What a submission's answer means for the job.</summary>
    public static IJobEvent AfterSubmit(
        JobState state, JobDefinition job, SubmitAnswer answer, AtlasSettings settings, DateTimeOffset now) => answer switch
    {
        SubmitAnswer.Accepted a => new PredictionAccepted(job.Number, now, a.Prediction.Id, Unsigned(a.Prediction.PollUrl)),
        SubmitAnswer.Rejected a => new JobFailed(job.Number, now, a.Failure),
        SubmitAnswer.Unknown a => Lost(job, a.Failure, now),
        SubmitAnswer.KeyRefused a => new SubmissionRefused(job.Number, now, RefusalReason.KeyRefused, a.Failure, now),
        SubmitAnswer.OutOfBalance a => new SubmissionRefused(job.Number, now, RefusalReason.OutOfBalance, a.Failure, now),
        SubmitAnswer.RateLimited a => Refused(state, job, RefusalReason.RateLimited, a.Failure, a.RetryAfter, settings, now),
        SubmitAnswer.NotTaken a => Refused(state, job, RefusalReason.NotReached, a.Failure, a.RetryAfter, settings, now),
        _ => throw new NotSupportedException($"No rule for {answer.GetType().Name}."),
    };

    /// <summary>The answer to a submission will never come: the process ended, or the call was cut off.</summary>
    public static SubmissionLost Lost(JobDefinition job, AtlasFailure failure, DateTimeOffset now) =>
        new(job.Number, now, failure, job.Policy.OnUnknownSubmit == UnknownSubmit.Resubmit);

    /// <summary>What a poll's answer means for the job; null when it is to be asked again.</summary>
    /// <remarks>
    /// <paramref name="notFound"/> counts the answers in a row, this one too, that did not know the job; a single one
    /// may be a gateway's mistake.
    /// </remarks>
    public static IJobEvent? AfterPoll(
        JobState state, JobDefinition job, PollAnswer answer, int notFound, AtlasSettings settings, DateTimeOffset now) => answer switch
    {
        PollAnswer.Completed a => Finished(state, job, a, now),
        PollAnswer.Failed a => AttemptEnded(state, job, a, now),
        PollAnswer.NotFound a when notFound >= NotFoundLimit && now - state.AcceptedAt >= settings.FreshGrace =>
            Forgotten(job, a.Failure, now),
        PollAnswer.Running or PollAnswer.Unanswered or PollAnswer.NotFound or PollAnswer.KeyRefused => Overdue(state, job, now),
        _ => throw new NotSupportedException($"No rule for {answer.GetType().Name}."),
    };

    /// <summary>The job's wait, over which it is overdue; null while it is not, and when it is so already.</summary>
    public static JobFellOverdue? Overdue(JobState state, JobDefinition job, DateTimeOffset now) =>
        state.Stage == JobStage.Generating && now - state.WaitsSince >= job.Policy.MaxWait
            ? new JobFellOverdue(job.Number, now, new AtlasFailure(
                $"Atlas Cloud had not finished it after {job.Policy.MaxWait.TotalSeconds:0} s; it is still there to be collected."))
            : null;

    private static IJobEvent Refused(
        JobState state, JobDefinition job, RefusalReason reason, AtlasFailure failure, TimeSpan? retryAfter,
        AtlasSettings settings, DateTimeOffset now)
    {
        var refusals = state.Refusals + 1;
        if (refusals > settings.RefusalLimit)
            return new JobFailed(job.Number, now, failure);
        // A 429 that says when is believed; an open circuit's moment does not shorten the job's own wait.
        var wait = reason == RefusalReason.RateLimited
            ? retryAfter ?? RetrySchedule.AfterRateLimit(refusals, job.Policy.RetryBase)
            : RetrySchedule.AfterFailure(job.Kind, refusals, job.Policy.RetryBase);
        return new SubmissionRefused(job.Number, now, reason, failure, now + (retryAfter > wait ? retryAfter.Value : wait));
    }

    private static GenerationFinished Finished(
        JobState state, JobDefinition job, PollAnswer.Completed done, DateTimeOffset now) => new(
        job.Number, now, [.. done.Outputs.Select(ShownUrl.Of)], done.Price is { } price ? new Usd(price) : job.Price,
        done.Price is not null, done.IsFlagged ? true : null, Believed(done.FinishedAt, state.AcceptedAt, now));

    /// <summary>Atlas's clock is not ours; but what lies well outside of the wait is no moment of this job's.</summary>
    private static DateTimeOffset? Believed(DateTimeOffset? told, DateTimeOffset accepted, DateTimeOffset now) =>
        told >= accepted - ClockSkew && told <= now + ClockSkew ? told : null;

    private static IJobEvent AttemptEnded(JobState state, JobDefinition job, PollAnswer.Failed failed, DateTimeOffset now)
    {
        if (failed.IsFinal || state.Failures >= job.Policy.Retries)
            return new JobFailed(job.Number, now, failed.Failure);
        var wait = RetrySchedule.AfterFailure(job.Kind, state.Failures + 1, job.Policy.RetryBase);
        return new AttemptFailed(job.Number, now, failed.Failure, now + wait);
    }

    /// <summary>An address that is signed is not kept; the client knows the paths by itself.</summary>
    private static string? Unsigned(string? url) => url is not null && ShownUrl.Of(url) == url ? url : null;

    private static JobFailed Forgotten(JobDefinition job, AtlasFailure failure, DateTimeOffset now) =>
        new(job.Number, now, failure with { Message = $"Atlas Cloud does not know this prediction any more. {failure.Message}" },
            PossiblyCharged: true);
}
