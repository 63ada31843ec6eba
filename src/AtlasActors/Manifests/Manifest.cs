using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Jobs;

namespace AtlasActors.Manifests;

/// <summary>What the manifest says of the batch as a whole.</summary>
/// <param name="Batch">Its id.</param>
/// <param name="Source">The batch file.</param>
/// <param name="OutputDir">The output folder, as it is to stand before the files' paths.</param>
/// <param name="Jobs">How many jobs there are.</param>
/// <param name="Skipped">Jobs left out for their unknown type.</param>
internal sealed record ManifestHead(
    BatchId Batch, string Source, string OutputDir, int Jobs, IReadOnlyList<SkippedJob> Skipped);

/// <summary>
/// manifest.json: the tutorial's fields under the tutorial's names, and after them our own. Pure: results in, bytes out.
/// </summary>
internal static class Manifest
{
    private const string Unfinished = "unfinished";
    private const int MostPending = 64 * 1024;

    private static readonly JsonWriterOptions Layout =
        new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the manifest, UTF-8, to <paramref name="target"/>.</summary>
    public static void Write(Stream target, ManifestHead head, IReadOnlyCollection<ManifestResult> results, DateTimeOffset now)
    {
        using var json = new Utf8JsonWriter(target, Layout);
        json.WriteStartObject();
        json.WriteString("generated_at", now.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture));
        WriteMoney(json, "total_cost", results.Select(result => result.Cost).Sum());
        json.WriteNumber("total_jobs", head.Jobs);
        json.WriteNumber("successful", Count(results, JobStage.Succeeded));
        json.WriteNumber("failed", results.Count(result => result.Stage is JobStage.Failed or JobStage.Refused));
        json.WriteNumber("in_doubt", Count(results, JobStage.InDoubt));
        json.WriteNumber("cancelled", Count(results, JobStage.Cancelled));
        json.WriteNumber("unfinished", head.Jobs - results.Count(result => StatusOf(result.Stage) != Unfinished));
        WriteMoney(json, "possible_cost", results.Select(result => result.PossibleCost).Sum());
        WriteFlag(json, "cost_reported", results.All(result => result.IsCostReported != false));
        WriteMoney(json, "unconfirmed_cost", results.Select(result => result.UnconfirmedCost).Sum());
        json.WriteString("batch_id", head.Batch.Value);
        json.WriteString("source", head.Source);
        WriteSkipped(json, head.Skipped);
        json.WriteStartArray("results");
        foreach (var result in results.OrderBy(result => result.Job))
        {
            WriteResult(json, head, result);
            // Else all of it would stand in memory, which of 100,000 results is 200 MB.
            if (json.BytesPending >= MostPending) json.Flush();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The word for an end: the tutorial's "success" and "failed", and ours for what it does not know.</summary>
    public static string StatusOf(JobStage stage) => stage switch
    {
        JobStage.Succeeded => "success",
        JobStage.Failed => "failed",
        JobStage.Refused => "refused",
        JobStage.InDoubt => "in_doubt",
        JobStage.Cancelled => "cancelled",
        _ => Unfinished,
    };

    private static int Count(IEnumerable<ManifestResult> results, JobStage stage) => results.Count(result => result.Stage == stage);

    private static void WriteResult(Utf8JsonWriter json, ManifestHead head, ManifestResult result)
    {
        json.WriteStartObject();
        json.WriteString("name", result.Name);
        json.WriteString("model", result.Model);
        json.WriteString("type", result.Kind.Word());
        json.WriteString("status", StatusOf(result.Stage));
        json.WriteString("output_url", result.OutputUrl);
        json.WriteString("local_path", result.Files is [var first, ..] ? LocalPath(head, first) : null);
        WriteMoney(json, "cost", result.Cost);
        WriteSeconds(json, "generation_time", result.GenerationTime);
        json.WriteString("error", result.Error);
        json.WriteNumber("job", result.Job);
        json.WriteString("prediction_id", result.PredictionId);
        json.WriteNumber("submissions", result.Submissions);
        WriteMoney(json, "possible_cost", result.PossibleCost);
        WriteFlag(json, "cost_reported", result.IsCostReported);
        WriteMoney(json, "unconfirmed_cost", result.UnconfirmedCost);
        WriteEstimate(json, result);
        json.WriteStartArray("files");
        foreach (var file in result.Files)
        {
            json.WriteStartObject();
            json.WriteString("path", LocalPath(head, file));
            json.WriteNumber("bytes", file.Bytes);
            json.WriteString("sha256", file.Sha256);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string LocalPath(ManifestHead head, OutputFile file) => $"{head.OutputDir.TrimEnd('/', '\\')}/{file.Path}";

    private static void WriteSkipped(Utf8JsonWriter json, IReadOnlyList<SkippedJob> skipped)
    {
        json.WriteStartArray("skipped");
        foreach (var job in skipped)
        {
            json.WriteStartObject();
            json.WriteString("name", job.Name);
            json.WriteString("type", job.Type);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteMoney(Utf8JsonWriter json, string name, Usd amount)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(amount.ToString());
    }

    private static void WriteFlag(Utf8JsonWriter json, string name, bool? flag)
    {
        if (flag is { } known) json.WriteBoolean(name, known);
        else json.WriteNull(name);
    }

    /// <summary>What is not known is null, and never 0.</summary>
    private static void WriteEstimate(Utf8JsonWriter json, ManifestResult result)
    {
        if (result.Estimate is { } estimate) WriteMoney(json, "estimated_cost", estimate);
        else json.WriteNull("estimated_cost");
        json.WriteString("price_basis", result.PriceBasis switch
        {
            PriceBasis.Table => "table",
            PriceBasis.Assumed => "assumed",
            PriceBasis.Seen => "seen",
            PriceBasis.Quote => "quote",
            _ => null,
        });
    }

    private static void WriteSeconds(Utf8JsonWriter json, string name, TimeSpan? time)
    {
        json.WritePropertyName(name);
        if (time is { } known) json.WriteRawValue(known.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture));
        else json.WriteRawValue("0.0");
    }
}
