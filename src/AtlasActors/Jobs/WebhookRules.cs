using AtlasActors.Atlas.Webhooks;
using AtlasActors.Costs;
using static AtlasActors.Jobs.JobEvents;

namespace AtlasActors.Jobs;

/// <summary>What follows from a webhook of Atlas's. Pure: state, webhook and time in; an event out.</summary>
internal static class WebhookRules
{
    /// <summary>Whether the job's polls wait for this: then the next is made at once, and its answer counts.</summary>
    public static bool IsAwaited(JobState state, int submission) =>
        submission == state.Submissions && state.Stage is JobStage.Submitting or JobStage.Generating or JobStage.Overdue
        && state.GeneratedAt is null;

    /// <summary>What a webhook tells that was not known; null where that is nothing.</summary>
    /// <param name="state">The job.</param>
    /// <param name="submission">Which of its submissions the webhook is of.</param>
    /// <param name="told">What it tells.</param>
    /// <param name="hasActor">Whether somebody is at work on the job, and may be about to submit it.</param>
    /// <param name="job">The job's number.</param>
    /// <param name="now">The time.</param>
    public static IJobEvent? After(
        JobState state, int submission, WebhookEvent told, bool hasActor, int job, DateTimeOffset now)
    {
        var isLast = submission == state.Submissions;
        if (isLast && state.Stage == JobStage.Submitting)
            return state.Announced is null ? new SubmissionFound(job, submission, now, told.PredictionId) : null;
        if (state.MoneyOf(submission) is not { Status: MoneyStatus.InDoubt } lost)
            return null;
        // A job that is queued again and has no actor can still be taken for what it is; else it is made twice, and paid twice.
        if (isLast && (state.Stage == JobStage.InDoubt || (state.Stage == JobStage.Queued && !hasActor)))
            return new SubmissionFound(job, submission, now, told.PredictionId);
        return told.Ending switch
        {
            WebhookEnding.Completed => new SubmissionSettled(
                job, submission, now, told.PredictionId, told.Price ?? lost.Amount, told.Price is not null),
            WebhookEnding.Failed => new SubmissionSettled(job, submission, now, told.PredictionId, null, false),
            _ => null,
        };
    }
}
