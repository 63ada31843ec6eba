using System.Text.Json;
using AtlasActors.Batches;
using AtlasActors.Hosting;
using Microsoft.Extensions.Logging;

namespace AtlasActors.Host.Serving.Records;

/// <summary>
/// Brings the records into step with the journal when the service starts, and goes on with what is unfinished. A batch that
/// rests and of which the records have every event is left unread; every other one is read, compared job by job, and let go
/// of before the next.
/// </summary>
internal sealed class RecordsCatchUp(
    ServiceRecords records, RecordsKeeper keeper, IAtlasBatches batches, string endpoint, ILogger log)
{
    /// <summary>Returns with how many unfinished batches it goes on with.</summary>
    public async Task<int> RunAsync(CancellationToken interrupted)
    {
        var ids = await batches.ListIdsAsync(CancellationToken.None).ConfigureAwait(false);
        var revisions = await batches.GetRevisionsAsync(CancellationToken.None).ConfigureAwait(false);
        var known = records.Standings().ToDictionary(one => one.Id, StringComparer.Ordinal);
        var (taken, read) = (0, 0);
        // Those that were at work come first: their jobs wait.
        foreach (var id in ids.OrderBy(id => known.TryGetValue(id.Value, out var row) && !row.IsAtRest ? 0 : 1))
        {
            if (interrupted.IsCancellationRequested) return taken;
            var row = known.GetValueOrDefault(id.Value);
            known.Remove(id.Value);
            if (row is not { IsAtRest: true } || !revisions.TryGetValue(id, out var revision) || revision != row.Revision)
            {
                read++;
                row = await CompareAsync(id).ConfigureAwait(false);
            }
            if (row is { IsUnfinished: true } && await ResumeAsync(id, row).ConfigureAwait(false)) taken++;
        }
        foreach (var id in known.Keys) await keeper.DropAsync(BatchId.Parse(id)).ConfigureAwait(false);
        if (read > 0)
            log.LogInformation("{Read} of {All} batches were read to bring the records into step", read, ids.Count);
        return taken;
    }

    /// <summary>The batch as the journal has it; null where it was never recorded, or cannot be read.</summary>
    private async Task<BatchRow?> CompareAsync(BatchId id)
    {
        try
        {
            var reading = await batches.ReadAsync(id, CancellationToken.None).ConfigureAwait(false);
            await keeper.NoteAsync(reading).ConfigureAwait(false);
            return new BatchRow
            {
                Counts = JsonSerializer.Serialize(reading.Batch.Counts.ToDictionary(one => Words.Of(one.Key), one => one.Value)),
            }.With(reading.Batch);
        }
        catch (BatchException fault)
        {
            log.LogWarning("Batch {Batch} cannot be read: {Reason}", id.Value, fault.Message);
            return null;
        }
    }

    /// <summary>
    /// Goes on with it. One that was begun with another API would only be told there that nobody knows its predictions: it is
    /// left as it is.
    /// </summary>
    private async Task<bool> ResumeAsync(BatchId id, BatchRow row)
    {
        if (row.Endpoint != endpoint)
        {
            log.LogWarning(
                "Batch {Batch} is unfinished, and was begun with {Endpoint}: it is left as it is", id.Value, row.Endpoint);
            return false;
        }
        try
        {
            await batches.TakeUpAsync(id, CancellationToken.None).ConfigureAwait(false);
            return true;
        }
        catch (BatchException fault)
        {
            log.LogError("Batch {Batch} cannot be gone on with: {Reason}", id.Value, fault.Message);
            return false;
        }
    }
}
