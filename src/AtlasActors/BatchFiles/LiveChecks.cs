using System.Text.Json;
using AtlasActors.Atlas;
using AtlasActors.Models;

namespace AtlasActors.BatchFiles;

/// <summary>A model that a file was to be checked against.</summary>
/// <param name="Model">Its id at Atlas.</param>
/// <param name="Why">Why it could not be, or null.</param>
public sealed record CheckedModel(string Model, string? Why);

/// <summary>What came of checking a batch file against what Atlas publishes.</summary>
/// <param name="Faults">What Atlas would refuse, by line.</param>
/// <param name="Warnings">What it may refuse or leave aside, by line, and what could not be checked.</param>
/// <param name="Models">The models of the file, in its order.</param>
/// <param name="NoAnswer">Why somebody could not be asked; null when all could. What could be checked was.</param>
/// <param name="IsKeyRefused">Whether that is because of the key.</param>
public sealed record LiveReading(
    IReadOnlyList<FileFault> Faults, IReadOnlyList<FileFault> Warnings, IReadOnlyList<CheckedModel> Models,
    AtlasFailure? NoAnswer, bool IsKeyRefused);

/// <summary>
/// Checks what a batch file's jobs would send against the schemas that Atlas publishes. It costs nothing, and needs no
/// key.
/// </summary>
public static class LiveChecks
{
    /// <summary>Checks all jobs of a file that was read and is in order otherwise.</summary>
    public static async Task<LiveReading> CheckAsync(
        BatchFileReading reading, LiveSchemas schemas, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(schemas);
        var definition = reading.Definition ?? throw new ArgumentException("The file has faults.", nameof(reading));
        var findings = new LiveFindings(reading);
        var models = new List<CheckedModel>();
        PublishedModel.Unanswered? silent = null;
        foreach (var jobs in definition.Jobs.GroupBy(job => ModelIn(job.Body)))
        {
            var live = await schemas.FindAsync(jobs.Key, cancellation).ConfigureAwait(false);
            foreach (var job in jobs)
                findings.Check(job, jobs.Key, live);
            silent ??= live as PublishedModel.Unanswered;
            models.Add(new CheckedModel(jobs.Key, WhyNot(live)));
        }

        return new LiveReading(
            findings.Faults, findings.Warnings, models, silent?.Failure, silent?.IsKeyRefused ?? false);
    }

    private static string? WhyNot(PublishedModel live) => live switch
    {
        PublishedModel.Undescribed { Why: var why } => why,
        PublishedModel.NotListed => "Atlas lists no such model",
        PublishedModel.Unanswered { Failure: var failure } => failure.WithRequest(),
        _ => null,
    };

    private static string ModelIn(string body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("model").GetString()!;
    }
}
