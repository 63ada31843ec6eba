using System.Globalization;
using AtlasActors.Batches;
using AtlasActors.Host.Running;
using AtlasActors.Host.Serving.Records;
using AtlasActors.Host.Tests.Serving.Support;
using AtlasActors.Hosting;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace AtlasActors.Host.Tests.Serving.Records;

/// <summary>
/// A served folder with many batches. One was made by the program itself; the others are copies of all of its journal under
/// other ids, and their records are written by the records' own writer.
/// </summary>
internal static class LargeStore
{
    /// <summary>Fills the folder; returns with the ids, the newest last.</summary>
    public static async Task<IReadOnlyList<string>> FillAsync(ServedRuns runs, StoreOrder order)
    {
        var program = await runs.RehearseAsync();
        var first = await runs.BeginAsync(50, [.. Enumerable.Range(1, order.Jobs).Select(number => $"picture {number}")]);
        await runs.RestsAsync(first, "succeeded", order.Jobs);
        program.Interrupt();
        await program.EndsAsync();
        var reading = await ReadAsync(runs.Out, first);
        List<string> copies =
        [
            .. Enumerable.Range(1, order.Batches - 1).Select(number =>
                string.Create(CultureInfo.InvariantCulture, $"{first[..^8]}{number:x8}")),
        ];
        CopyJournal(Path.Combine(runs.Out, ".atlas-actors", "service.db"), first, copies);
        WriteRecords(Path.Combine(runs.Out, ".atlas-actors", "records.db"), reading, copies);
        return [first, .. copies];
    }

    private static async Task<BatchReading> ReadAsync(string folder, string batch)
    {
        var options = new AtlasActorsOptions
        {
            OutputDir = folder, JournalFile = Path.Combine(folder, ".atlas-actors", "service.db"), FolderPerBatch = true,
            ApiKey = "none", EndpointName = "simulator", ContinueUnfinished = false,
        };
        await using var atlas = await RunningAtlas.OpenAsync(options, NullLoggerProvider.Instance, CancellationToken.None);
        return await atlas.Batches.ReadAsync(BatchId.Parse(batch));
    }

    private static void CopyJournal(string path, string first, List<string> copies)
    {
        using var journal = new SqliteConnection($"Data Source={path};Pooling=False");
        journal.Open();
        journal.Execute("PRAGMA synchronous = OFF; PRAGMA cache_size = -200000");
        var indexes = journal.Query<string>("SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'journal' AND sql IS NOT NULL").ToList();
        // What is copied stands at the beginning: it is found without the indexes, which are made when all is there.
        var last = journal.ExecuteScalar<long>("SELECT max(ordering) FROM journal");
        foreach (var index in indexes) journal.Execute($"DROP INDEX {index.Split("INDEX ")[1].Split(' ')[0]}");
        using var transaction = journal.BeginTransaction();
        for (var i = 0; i < copies.Count; i++)
        {
            journal.Execute("""
                INSERT INTO journal (created, deleted, persistence_id, sequence_number, message, manifest, identifier, writer_uuid)
                SELECT created, deleted, replace(persistence_id, @first, @copy),
                  CASE persistence_id WHEN 'batch-index' THEN sequence_number + @number ELSE sequence_number END,
                  CAST(replace(CAST(message AS TEXT), @first, @copy) AS BLOB), manifest, identifier, writer_uuid
                FROM journal WHERE ordering <= @last AND (persistence_id IN ('batch-' || @first, 'manifest-' || @first)
                  OR (persistence_id = 'batch-index' AND CAST(message AS TEXT) LIKE '%' || @first || '%'))
                """, new { last, first, copy = copies[i], number = i + 1 }, transaction);
        }
        transaction.Commit();
        foreach (var index in indexes) journal.Execute(index);
    }

    private static void WriteRecords(string path, BatchReading reading, List<string> copies)
    {
        var file = RecordsFile.Prepare(path, DateTimeOffset.UtcNow);
        using (var writer = new RecordsWriter(file))
            for (var i = 0; i < copies.Count; i++)
            {
                var number = i;
                var copy = reading.Batch with
                {
                    Id = BatchId.Parse(copies[i]), CreatedAt = reading.Batch.CreatedAt.AddMinutes(i + 1),
                    Source = $"pack-{i}.yaml",
                    Labels = new Dictionary<string, string> { ["team"] = i % 2 == 0 ? "films" : "shops", ["order"] = $"{i}" },
                };
                writer.InTransaction(() => writer.Take(new BatchReading(
                    copy, [.. reading.Jobs.Select(job => job with { Name = $"{job.Name} of {number}" })])));
            }
        file.Close();
    }
}
