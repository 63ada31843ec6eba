using AtlasActors.Batches;
using AtlasActors.BatchFiles;
using AtlasActors.Costs;
using AtlasActors.Jobs;

namespace AtlasActors.Host.Serving;

/// <summary>A batch as the HTTP API shows it. Fields are added, never renamed or dropped.</summary>
/// <param name="Id">Its name.</param>
/// <param name="State">idle, running, stopping, halted or finished.</param>
/// <param name="Halt">Why it is halted, or null.</param>
/// <param name="Message">A sentence on that, or null.</param>
/// <param name="CreatedAt">When it was taken on.</param>
/// <param name="Endpoint">The API that it was begun with.</param>
/// <param name="MaxWorkers">How many generations may run at once.</param>
/// <param name="Total">How many jobs it has.</param>
/// <param name="Ended">How many have come to an end, good or bad.</param>
/// <param name="Counts">How many jobs are in each stage.</param>
/// <param name="Money">US dollars, as numbers.</param>
/// <param name="OutputDir">The folder of its results, on the service's machine.</param>
internal sealed record BatchDocument(
    string Id, BatchPhase State, HaltReason? Halt, string? Message, DateTimeOffset CreatedAt, string Endpoint, int MaxWorkers,
    int Total, int Ended, IReadOnlyDictionary<JobStage, int> Counts, BatchMoney Money, string OutputDir)
{
    public static BatchDocument Of(BatchView batch, string outputDir) => new(
        batch.Id.Value, batch.Phase, batch.Halt, batch.HaltMessage, batch.CreatedAt, batch.Endpoint, batch.MaxWorkers,
        batch.Total, batch.Ended, batch.Counts, batch.Money, Path.Combine(outputDir, batch.Id.Value));
}

/// <summary>All batches, oldest first.</summary>
internal sealed record BatchListDocument(IReadOnlyList<BatchDocument> Batches);

/// <summary>A batch that was just taken on, and what its author should know.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Warnings">What is odd about the file; the batch runs all the same.</param>
/// <param name="Skipped">Jobs of an unknown type, left out.</param>
internal sealed record BegunDocument(
    BatchDocument Batch, IReadOnlyList<FileFault> Warnings, IReadOnlyList<SkippedJob> Skipped);

/// <summary>The jobs of a batch, in the file's order.</summary>
internal sealed record JobListDocument(IReadOnlyList<JobDocument> Jobs)
{
    public static JobListDocument Of(IEnumerable<JobView> jobs) => new([.. jobs.Select(JobDocument.Of)]);
}

/// <summary>A job as the HTTP API shows it.</summary>
internal sealed record JobDocument(
    int Number, string Name, MediaKind Type, string Model, JobStage Status, DateTimeOffset Since, int Attempts, Usd Cost,
    double? GenerationTime, string? PredictionId, string? OutputUrl, IReadOnlyList<string> Files, string? Error, string? Why)
{
    public static JobDocument Of(JobView job) => new(
        job.Number, job.Name, job.Kind, job.Model, job.Stage, job.Since, job.Attempt, job.Cost,
        job.GenerationTime is { } time ? Math.Round(time.TotalSeconds, 1) : null,
        job.PredictionId, job.OutputUrl, job.Files, job.Error, job.Why);
}
