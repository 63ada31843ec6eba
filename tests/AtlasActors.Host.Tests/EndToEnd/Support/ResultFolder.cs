using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Host.Running;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Hosting;
using AtlasActors.Jobs;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace AtlasActors.Host.Tests.EndToEnd.Support;

/// <summary>manifest.json, read by its names in the file.</summary>
internal sealed record ManifestFile(
    DateTimeOffset GeneratedAt, decimal TotalCost, int TotalJobs, int Successful, int Failed, int InDoubt,
    decimal PossibleCost, IReadOnlyList<ManifestEntry> Results);

internal sealed record ManifestEntry(
    string Name, string Model, string Type, string Status, string? OutputUrl, string? LocalPath, decimal Cost,
    double GenerationTime, string? Error, string? PredictionId, int Submissions, decimal PossibleCost,
    IReadOnlyList<ManifestOutput> Files);

internal sealed record ManifestOutput(string Path, long Bytes, [property: JsonPropertyName("sha256")] string Sha256);

/// <summary>What a journal says: a batch, its jobs, and what the ledger counted for it.</summary>
internal sealed record JournalContent(BatchView Batch, IReadOnlyList<JobView> Jobs, LedgerView Ledger)
{
    public IEnumerable<string> NamesIn(JobStage stage) => Jobs.Where(job => job.Stage == stage).Select(job => job.Name);
}

/// <summary>An output folder of a working directory, looked at from outside.</summary>
internal sealed class ResultFolder(string workingDirectory, string outputDir)
{
    private static readonly JsonSerializerOptions Names = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true,
    };

    /// <summary>The folder's full path.</summary>
    public string FullPath => Path.Combine(workingDirectory, outputDir);

    public string Journal => Path.Combine(FullPath, ".atlas-actors", "journal.db");

    public string ManifestText => File.ReadAllText(Path.Combine(FullPath, "manifest.json"));

    public ManifestFile Manifest => JsonSerializer.Deserialize<ManifestFile>(ManifestText, Names)!;

    /// <summary>What is there only while something is being written.</summary>
    public IReadOnlyList<string> Leftovers =>
    [
        .. Directory
            .EnumerateFiles(FullPath, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Select(file => Path.GetRelativePath(FullPath, file))
            .Where(file => Path.GetExtension(file) is ".part" or ".tmp" or ".origin" or ".probe"),
    ];

    /// <summary>The bytes of a manifest's entry, which is said to have succeeded; its length and hash are checked.</summary>
    public byte[] BytesOf(ManifestEntry entry)
    {
        var file = Assert.Single(entry.Files);
        Assert.Equal(entry.LocalPath, file.Path);
        var bytes = File.ReadAllBytes(PlaceOf(entry));
        Assert.Equal(file.Bytes, bytes.Length);
        Assert.Equal(file.Sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        return bytes;
    }

    /// <summary>Where a manifest's entry says that its file is.</summary>
    public string PlaceOf(ManifestEntry entry) => Path.GetFullPath(entry.LocalPath!, workingDirectory);

    /// <summary>What its journal holds, read from a copy, so that looking mends nothing; null without a batch.</summary>
    public async Task<JournalContent?> ReadJournalAsync()
    {
        using var copy = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(Journal)!, "journal.db*"))
            File.Copy(file, copy.File(Path.GetFileName(file)));
        if (!File.Exists(copy.File("journal.db")))
            return null;
        var options = new AtlasActorsOptions
        {
            OutputDir = copy.Path, JournalFile = copy.File("journal.db"), ApiKey = "none", ContinueUnfinished = false,
        };
        await using var atlas = await RunningAtlas.OpenAsync(options, NullLoggerProvider.Instance, default);
        if (await atlas.Batches.ListAsync() is not [.., var batch])
            return null;
        return new JournalContent(
            batch, await atlas.Batches.GetJobsAsync(batch.Id), await atlas.Batches.GetLedgerAsync(batch.Id));
    }
}
