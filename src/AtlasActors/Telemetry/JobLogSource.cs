using System.Globalization;
using System.Text.RegularExpressions;
using AtlasActors.Batches;
using AtlasActors.Jobs;

namespace AtlasActors.Telemetry;

/// <summary>
/// What a log event of AtlasActors is about, read from its <c>LogSource</c>: lines on a job carry all of it, those of a batch's
/// other actors the batch.
/// </summary>
/// <param name="Batch">The batch's id.</param>
/// <param name="Job">The job's number, from 1.</param>
/// <param name="Model">Its model.</param>
/// <param name="Attempt">Which attempt this is, from 1; 0 before the first.</param>
/// <param name="Prediction">Atlas's id of the current attempt.</param>
public sealed partial record JobLogSource(string Batch, int? Job, string? Model, int? Attempt, string? Prediction)
{
    private const string None = "none";

    /// <summary>What a source says; null where it is about no batch.</summary>
    public static JobLogSource? Parse(string? source)
    {
        if (source is null) return null;
        if (OfJob().Match(source) is { Success: true } job)
            return new JobLogSource(
                job.Groups[1].Value, Number(job.Groups[2]), job.Groups[3].Value, Number(job.Groups[4]),
                job.Groups[5].Value is var id && id == None ? null : id);
        return OfActor().Match(source) is { Success: true } actor
            ? new JobLogSource(actor.Groups[1].Value, actor.Groups[2].Success ? Number(actor.Groups[2]) : null, null, null, null)
            : null;
    }

    /// <summary>The source of a line on a job.</summary>
    internal static string Of(BatchId batch, JobDefinition job, JobState? state) => FormattableString.Invariant(
        $"batch-{batch}/job-{job.Number} of {job.Model}, attempt {Attempts(state)}, prediction {state?.Prediction?.Id ?? None}");

    private static int Attempts(JobState? state) => state is null or { Submissions: 0 } ? 0 : state.Failures + 1;

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^batch-(\S+)/job-(\d{1,9}) of (.*), attempt (\d{1,9}), prediction ([^\s(]+)")]
    private static partial Regex OfJob();

    [GeneratedRegex(@"/batch-([^/#\s\]]+)(?:/job-(\d{1,9}))?")]
    private static partial Regex OfActor();
}
