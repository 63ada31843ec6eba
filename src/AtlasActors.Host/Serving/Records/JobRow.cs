using System.Text.Json;
using AtlasActors.Batches;
using AtlasActors.Jobs;

namespace AtlasActors.Host.Serving.Records;

/// <summary>A job as the table has it; but for its number of change, which only the writer gives.</summary>
internal sealed record JobRow
{
    public long Number { get; init; }

    public string Name { get; init; } = "";

    public string Kind { get; init; } = "";

    public string Model { get; init; } = "";

    public string Stage { get; init; } = "";

    public long Since { get; init; }

    public long Attempts { get; init; }

    public long Revision { get; init; }

    public long Cost { get; init; }

    public long? Generation { get; init; }

    public string? Prediction { get; init; }

    public string? OutputUrl { get; init; }

    /// <summary>Its <see cref="JobFile"/>s as JSON; null for none.</summary>
    public string? Files { get; init; }

    /// <summary>Its <see cref="JobDay"/>s as JSON; null for none.</summary>
    public string? Days { get; init; }

    public string? Error { get; init; }

    public string? ErrorCode { get; init; }

    public string? Why { get; init; }

    public static JobRow Of(JobView job) => new()
    {
        Number = job.Number, Name = job.Name, Kind = job.Kind.ToString(), Model = job.Model, Stage = Words.Of(job.Stage),
        Since = job.Since.UtcTicks, Attempts = job.Attempt, Revision = job.Revision, Cost = job.Cost.Kept(),
        Generation = job.GenerationTime?.Ticks, Prediction = job.PredictionId, OutputUrl = job.OutputUrl,
        Files = job.Outputs.Count == 0 ? null : JsonSerializer.Serialize(job.Outputs),
        Days = job.Days.Count == 0 ? null : JsonSerializer.Serialize(job.Days),
        Error = job.Error, ErrorCode = job.Failure?.Code, Why = job.Why,
    };

    public IReadOnlyList<JobFile> ReadFiles() =>
        Files is null ? [] : JsonSerializer.Deserialize<IReadOnlyList<JobFile>>(Files)!;

    public IReadOnlyList<JobDay> ReadDays() =>
        Days is null ? [] : JsonSerializer.Deserialize<IReadOnlyList<JobDay>>(Days)!;
}
