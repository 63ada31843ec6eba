using System.Globalization;
using System.Text;
using AtlasActors.Batches;
using AtlasActors.Host.Running;
using AtlasActors.Jobs;

namespace AtlasActors.Host.Rendering;

/// <summary>What <c>status</c> prints.</summary>
internal static class StatusText
{
    private const int MostJobs = 20;

    /// <summary>All of it.</summary>
    /// <param name="report">The batch and its jobs.</param>
    /// <param name="holder">The process that works on it, or null.</param>
    /// <param name="now">For ages.</param>
    public static string Of(RunReport report, int? holder, DateTimeOffset now)
    {
        var text = new StringBuilder();
        var batch = report.Batch;
        text.AppendLine(
            $"{Texts.OneLine(batch.Source)}: {State(batch, holder)}, {RunDecision.Progress(batch)} "
            + $"(batch {batch.Id}, with {EndpointText.Of(batch.Endpoint)})");
        AppendJobs(text, report.Jobs, holder, now);
        // Why a job waits is known in the process that works on it; here it would read as if nobody did.
        if (holder is null)
            AppendWaiting(text, report.Jobs);
        text.Append(Summary.Of(report));
        return text.ToString();
    }

    private static string State(BatchView batch, int? holder) => batch.Phase switch
    {
        BatchPhase.Running when holder is { } pid => FormattableString.Invariant($"running in process {pid}"),
        BatchPhase.Running => "running",
        BatchPhase.Stopping => "stopping",
        BatchPhase.Idle => "not running",
        BatchPhase.Halted => "halted",
        BatchPhase.Finished => "finished",
        _ => throw new ArgumentOutOfRangeException(nameof(batch), batch.Phase, "A phase without a word."),
    };

    private static void AppendJobs(StringBuilder text, IReadOnlyList<JobView> jobs, int? holder, DateTimeOffset now)
    {
        var running = jobs.Where(job => IsRunning(job.Stage)).ToList();
        foreach (var job in running.Take(MostJobs))
        {
            var age = now > job.Since ? now - job.Since : TimeSpan.Zero;
            text.Append($"  {Word(job.Stage)} for {Texts.Duration(age)}: {Texts.OneLine(job.Name)}");
            if (holder is null && job.Why is { } why)
                text.Append(" -- ").Append(Texts.OneLine(why));
            text.AppendLine();
        }
        if (running.Count > MostJobs)
            text.AppendLine(CultureInfo.InvariantCulture, $"  and {running.Count - MostJobs} more");
    }

    private static void AppendWaiting(StringBuilder text, IReadOnlyList<JobView> jobs)
    {
        var reasons = jobs
            .Where(job => job.Stage is JobStage.Queued or JobStage.Waiting)
            .GroupBy(job => job.Why ?? "waits for its turn")
            .OrderByDescending(group => group.Count())
            .Take(MostJobs);
        foreach (var reason in reasons)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {reason.Count()} x {Texts.OneLine(reason.Key)}");
    }

    private static bool IsRunning(JobStage stage) =>
        stage is JobStage.Submitting or JobStage.Generating or JobStage.Downloading or JobStage.Overdue;

    private static string Word(JobStage stage) => stage.ToString().ToLowerInvariant();
}
