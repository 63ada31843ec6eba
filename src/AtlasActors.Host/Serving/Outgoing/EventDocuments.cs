using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Jobs;

namespace AtlasActors.Host.Serving.Outgoing;

/// <summary>The body of a webhook. Fields are added, never renamed or dropped.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Timestamp">When; the header's is that of the try.</param>
/// <param name="Data">To what.</param>
internal sealed record EventDocument(string Type, DateTimeOffset Timestamp, object Data);

/// <summary>A job that came to an end.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Status">The end.</param>
/// <param name="Url">Where Atlas put the first output, or null; it is gone there after some time.</param>
/// <param name="Cost">US dollars so far.</param>
/// <param name="Batch">The batch.</param>
/// <param name="Number">Its place in the file.</param>
/// <param name="Type">What it makes.</param>
/// <param name="Model">Its model.</param>
/// <param name="Files">What it made, as paths of this API.</param>
/// <param name="Error">What went wrong, or null.</param>
/// <param name="ErrorCode">Atlas's code for that, or null.</param>
/// <param name="Attempts">How many it took.</param>
/// <param name="PredictionId">Atlas's id, or null.</param>
/// <param name="GenerationTime">Seconds, or null.</param>
/// <param name="Labels">The batch's.</param>
internal sealed record JobEndedDocument(
    string Name, JobStage Status, string? Url, Usd Cost, string Batch, int Number, MediaKind Type, string Model,
    IReadOnlyList<string> Files, string? Error, string? ErrorCode, int Attempts, string? PredictionId,
    double? GenerationTime, IReadOnlyDictionary<string, string> Labels)
{
    public static JobEndedDocument Of(JobDocument job, IReadOnlyDictionary<string, string> labels) => new(
        job.Name, job.Status, job.OutputUrl, job.Cost, job.Batch, job.Number, job.Type, job.Model,
        [.. job.Files.Select(file => $"/v1/batches/{job.Batch}/files/{Escaped(file)}")], job.Error, job.ErrorCode,
        job.Attempts, job.PredictionId, job.GenerationTime, labels);

    private static string Escaped(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}

/// <summary>A batch that came to rest.</summary>
/// <param name="Id">The batch.</param>
/// <param name="State">finished or halted.</param>
/// <param name="Halt">Why it is halted, or null.</param>
/// <param name="Message">A sentence on that, or null.</param>
/// <param name="Total">How many jobs it has.</param>
/// <param name="Ended">How many have come to an end.</param>
/// <param name="Counts">How many jobs are in each stage.</param>
/// <param name="Money">US dollars.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Source">The batch file it came from.</param>
/// <param name="Manifest">Where its manifest is, as a path of this API.</param>
internal sealed record BatchAtRestDocument(
    string Id, BatchPhase State, HaltReason? Halt, string? Message, int Total, int Ended,
    IReadOnlyDictionary<JobStage, int> Counts, BatchMoney Money, IReadOnlyDictionary<string, string> Labels, string Source, string Manifest)
{
    public static BatchAtRestDocument Of(BatchDocument batch) => new(
        batch.Id, batch.State, batch.Halt, batch.Message, batch.Total, batch.Ended, batch.Counts, batch.Money,
        batch.Labels, batch.Source, $"/v1/batches/{batch.Id}/manifest");
}
