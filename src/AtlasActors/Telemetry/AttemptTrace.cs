using System.Diagnostics;
using AtlasActors.Batches;
using AtlasActors.Jobs;
using static AtlasActors.Jobs.JobEvents;

namespace AtlasActors.Telemetry;

/// <summary>
/// A trace an attempt, made when the attempt has ended and from what the journal knows of its times: over a crash, too, it
/// is whole. It has a span each for the submission, the generation and the download, and is linked to its batch's.
/// </summary>
internal static class AttemptTrace
{
    /// <summary>Makes the trace where the event ends an attempt, and somebody listens.</summary>
    public static void Ended(BatchId batch, JobDefinition job, IJobEvent e, JobState before, JobState after, ActivityContext work)
    {
        if (!AtlasTelemetry.Traces.HasListeners() || !Ends(e, before) || before.BegunAt is not { } began) return;
        var ambient = Activity.Current;
        Activity.Current = null;
        try
        {
            using var attempt = AtlasTelemetry.Traces.StartActivity(
                "attempt", ActivityKind.Internal, default(ActivityContext), Tags(batch, job, before),
                work == default ? null : [new ActivityLink(work)], began);
            if (attempt is null) return;
            var isTaken = before.Prediction is not null;
            Part("submit", began, isTaken ? before.AcceptedAt : e.At);
            if (isTaken)
                Part("generate", before.AcceptedAt, before.GeneratedAt ?? e.At);
            if (before.GeneratedAt is { } generated)
                Part("download", generated, e.At);
            if (e is not JobSucceeded)
                attempt.SetStatus(ActivityStatusCode.Error, after.Failure?.Message);
            attempt.SetEndTime(e.At.UtcDateTime);
        }
        finally
        {
            Activity.Current = ambient;
        }
    }

    private static bool Ends(IJobEvent e, JobState before) =>
        e is SubmissionRefused or SubmissionLost or AttemptFailed or JobSucceeded
        || (e is JobFailed && before.Stage is not (JobStage.Queued or JobStage.Waiting));

    private static void Part(string name, DateTimeOffset from, DateTimeOffset to)
    {
        using var part = AtlasTelemetry.Traces.StartActivity(
            name, ActivityKind.Client, default(ActivityContext), tags: null, links: null, startTime: from);
        part?.SetEndTime((to < from ? from : to).UtcDateTime);
    }

    private static IEnumerable<KeyValuePair<string, object?>> Tags(BatchId batch, JobDefinition job, JobState state) =>
    [
        new("atlas.batch", batch.Value), new("atlas.job", job.Number), new("atlas.job.name", job.Name),
        new("atlas.model", job.Model), new("atlas.attempt", state.Failures + 1), new("atlas.submission", state.Submissions),
        new("atlas.prediction", state.Prediction?.Id),
    ];
}
