using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Host.Running;
using AtlasActors.Host.Settings;
using AtlasActors.Jobs;

namespace AtlasActors.Host.Rendering;

/// <summary>
/// The document of <c>--json</c> for run, resume, retry and status. Its names and meanings are part of the program's
/// contract: fields are added, never renamed or dropped.
/// </summary>
/// <param name="Batch">The batch's id.</param>
/// <param name="Source">The batch file it came from.</param>
/// <param name="Endpoint">The API's address, or <c>simulator</c>.</param>
/// <param name="State">idle, running, stopping, halted or finished.</param>
/// <param name="ExitCode">What the program exits with.</param>
/// <param name="Message">A sentence on why it is so, or null.</param>
/// <param name="Counts">Jobs by how they ended.</param>
/// <param name="Money">US dollars, as numbers.</param>
/// <param name="ByModel">What each model has cost, dearest first.</param>
/// <param name="DurationSeconds">How long this run took, or null when it did nothing.</param>
/// <param name="OutputDir">The output folder's full path.</param>
/// <param name="Manifest">The manifest's full path.</param>
/// <param name="Results">All jobs, in the file's order.</param>
/// <param name="Skipped">Jobs of an unknown type, left out.</param>
/// <param name="Next">The command that goes on, or null.</param>
internal sealed record JsonReport(
    string Batch, string Source, string Endpoint, BatchPhase State, int ExitCode, string? Message,
    JsonReport.CountsPart Counts, JsonReport.MoneyPart Money, IReadOnlyList<ModelCost> ByModel, double? DurationSeconds,
    string OutputDir, string Manifest, IReadOnlyList<JsonReport.ResultPart> Results,
    IReadOnlyList<JsonReport.SkippedPart> Skipped, string? Next)
{
    public sealed record CountsPart(
        int Total, int Succeeded, int Failed, int Overdue, int InDoubt, int Refused, int NotFinished, int Skipped, int Cancelled);

    public sealed record MoneyPart(Usd Charged, Usd Estimated, Usd Reserved, Usd InDoubt, Usd? Budget, Usd Unconfirmed);

    public sealed record ResultPart(
        int Number, string Name, MediaKind Type, string Model, JobStage Status, int Attempts, Usd Cost,
        double? GenerationTime, string? PredictionId, string? OutputUrl, IReadOnlyList<string> Files, string? Error,
        string? Why, bool? CostReported, Usd UnconfirmedCost, Usd EstimatedCost, PriceBasis? PriceBasis);

    public sealed record SkippedPart(string Name, string Type, int Line, int Column);

    /// <summary>
    /// The document of a report. <paramref name="message"/> stands in where the batch itself has none.
    /// </summary>
    public static JsonReport Of(RunReport report, string? message, ExitCode exitCode) => new(
        report.Batch.Id.Value, report.Batch.Source, report.Batch.Endpoint, report.Batch.Phase, (int)exitCode,
        report.Batch.HaltMessage ?? message,
        CountsOf(report),
        new(report.Batch.Money.Charged, report.Batch.Money.Estimated, report.Batch.Money.Reserved,
            report.Batch.Money.InDoubt, report.Batch.Money.Budget, report.Batch.Money.Unconfirmed),
        report.ByModel,
        report.Duration is { } duration ? Math.Round(duration.TotalSeconds, 1) : null,
        report.Folder.OutputDir, report.Folder.Manifest,
        [.. report.Jobs.Select(ResultOf)],
        [.. report.Skipped.Select(job => new SkippedPart(job.Name, job.Type, job.Line, job.Column))],
        report.Next);

    private static CountsPart CountsOf(RunReport report)
    {
        var batch = report.Batch;
        var overdue = batch.Count(JobStage.Overdue);
        return new(
            batch.Total, batch.Count(JobStage.Succeeded), batch.Count(JobStage.Failed), overdue,
            batch.Count(JobStage.InDoubt), batch.Count(JobStage.Refused), batch.Total - batch.Ended - overdue,
            report.Skipped.Count, batch.Count(JobStage.Cancelled));
    }

    private static ResultPart ResultOf(JobView job) => new(
        job.Number, job.Name, job.Kind, job.Model, job.Stage, job.Attempt, job.Cost,
        job.GenerationTime is { } time ? Math.Round(time.TotalSeconds, 1) : null,
        job.PredictionId, job.OutputUrl, job.Files, job.Error, job.Why, job.IsCostReported, job.Unconfirmed,
        job.Estimate, job.PriceBasis);
}
