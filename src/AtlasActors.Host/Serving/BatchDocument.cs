using AtlasActors.Batches;
using AtlasActors.BatchFiles;
using AtlasActors.Costs;
using AtlasActors.Host.Serving.Records;
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
/// <param name="Source">The batch file that it came from.</param>
/// <param name="Labels">Its labels, by name.</param>
/// <param name="Priority">low, normal or high.</param>
/// <param name="Pause">While it runs: the used-up budget that it waits for, or null.</param>
/// <param name="OutputsRemovedAt">Up to when what its jobs had made was removed, or null.</param>
internal sealed record BatchDocument(
    string Id, BatchPhase State, HaltReason? Halt, string? Message, DateTimeOffset CreatedAt, string Endpoint, int MaxWorkers,
    int Total, int Ended, IReadOnlyDictionary<JobStage, int> Counts, BatchMoney Money, string OutputDir, string Source,
    IReadOnlyDictionary<string, string> Labels, BatchPriority Priority, BudgetPause? Pause,
    DateTimeOffset? OutputsRemovedAt)
{
    public static BatchDocument Of(BatchView batch, string outputDir) => new(
        batch.Id.Value, batch.Phase, batch.Halt, batch.HaltMessage, batch.CreatedAt, batch.Endpoint, batch.MaxWorkers,
        batch.Total, batch.Ended, batch.Counts, batch.Money, Path.Combine(outputDir, batch.Id.Value), batch.Source,
        batch.Labels, batch.Priority, batch.Pause, batch.OutputsRemovedAt);

    public static BatchDocument Of(BatchRow batch, string outputDir)
    {
        var counts = batch.ReadCounts().ToDictionary(one => Words.Find<JobStage>(one.Key)!.Value, one => one.Value);
        var money = new BatchMoney(
            Nanos.Read(batch.Estimated), Nanos.Read(batch.Charged), Nanos.Read(batch.Reserved), Nanos.Read(batch.InDoubt),
            batch.Budget is { } budget ? Nanos.Read(budget) : null) { Unconfirmed = Nanos.Read(batch.Unconfirmed) };
        return new BatchDocument(
            batch.Id, Words.Find<BatchPhase>(batch.State)!.Value, Words.Find<HaltReason>(batch.Halt), batch.Message,
            new DateTimeOffset(batch.Created, TimeSpan.Zero), batch.Endpoint, (int)batch.MaxWorkers, (int)batch.Total,
            counts.Where(one => one.Key.IsEnd()).Sum(one => one.Value), counts, money, Path.Combine(outputDir, batch.Id),
            batch.Source, batch.ReadLabels(), Words.Find<BatchPriority>(batch.Priority)!.Value, batch.ReadPause(),
            batch.OutputsRemoved is { } removed ? new DateTimeOffset(removed, TimeSpan.Zero) : null);
    }
}

/// <summary>A page of the batches, the newest first.</summary>
/// <param name="Batches">The page.</param>
/// <param name="Next">The cursor of the next page; null after the last.</param>
internal sealed record BatchListDocument(IReadOnlyList<BatchDocument> Batches, string? Next);

/// <summary>A batch that was just taken on, and what its author should know.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Warnings">What is odd about the file; the batch runs all the same.</param>
/// <param name="Skipped">Jobs of an unknown type, left out.</param>
internal sealed record BegunDocument(
    BatchDocument Batch, IReadOnlyList<FileFault> Warnings, IReadOnlyList<SkippedJob> Skipped);

/// <summary>A page of a batch's jobs, in the file's order.</summary>
/// <param name="Jobs">The page.</param>
/// <param name="Next">The cursor of the next page; null after the last.</param>
internal sealed record JobListDocument(IReadOnlyList<JobDocument> Jobs, string? Next);

/// <summary>A job as the HTTP API shows it. Fields are added, never renamed or dropped.</summary>
internal sealed record JobDocument(
    int Number, string Name, MediaKind Type, string Model, JobStage Status, DateTimeOffset Since, int Attempts, Usd Cost,
    double? GenerationTime, string? PredictionId, string? OutputUrl, IReadOnlyList<string> Files, string? Error, string? Why,
    string Batch, string? ErrorCode)
{
    public static JobDocument Of(string batch, JobRow job) => new(
        (int)job.Number, job.Name, Enum.Parse<MediaKind>(job.Kind), job.Model, Words.Find<JobStage>(job.Stage)!.Value,
        new DateTimeOffset(job.Since, TimeSpan.Zero), (int)job.Attempts, Nanos.Read(job.Cost),
        job.Generation is { } time ? Math.Round(TimeSpan.FromTicks(time).TotalSeconds, 1) : null,
        job.Prediction, job.OutputUrl, [.. job.ReadFiles().Select(file => file.Path)], job.Error, job.Why, batch,
        job.ErrorCode);
}
