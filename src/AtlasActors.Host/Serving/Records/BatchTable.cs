using System.Text;
using AtlasActors.Batches;
using Microsoft.Data.Sqlite;

namespace AtlasActors.Host.Serving.Records;

/// <summary>Writing batches, with their labels and the words by which they are found.</summary>
internal sealed class BatchTable : IDisposable
{
    private readonly Statement _find;
    private readonly Statement _put;
    private readonly Statement _last;
    private readonly Statement _putLabel;
    private readonly Statement _putWords;
    private readonly Statement _keep;
    private readonly Statement[] _drops;

    public BatchTable(SqliteConnection file)
    {
        _find = new Statement(file, """
            SELECT place, id, source, endpoint, state, halt, message, created, max_workers, priority, labels, pause, settled,
              total, counts, estimated, budget, charged, unconfirmed, reserved, in_doubt, revision, heard, webhook,
              settled_at, outputs_removed
            FROM batches WHERE id = @0
            """, 1);
        _put = new Statement(file, """
            INSERT OR REPLACE INTO batches VALUES (@0, @1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11, @12, @13, @14, @15, @16,
              @17, @18, @19, @20, @21, @22, @23, @24, @25, @26)
            """, 27);
        _last = new Statement(file, "SELECT max(place) FROM batches", 0);
        _putLabel = new Statement(file, "INSERT OR REPLACE INTO labels VALUES (@0, @1, @2)", 3);
        _putWords = new Statement(file, "INSERT OR REPLACE INTO batch_words (rowid, text) VALUES (@0, @1)", 2);
        _keep = new Statement(file, """
            INSERT INTO kept VALUES (@0, @1, @2) ON CONFLICT DO UPDATE
            SET outputs = coalesce(excluded.outputs, outputs), events = coalesce(excluded.events, events)
            """, 3);
        _drops =
        [
            .. new[]
            {
                "jobs WHERE batch", "files WHERE batch", "costs WHERE batch", "labels WHERE batch",
                "batch_words WHERE rowid", "kept WHERE batch", "batches WHERE place",
            }
                .Select(what => new Statement(file, $"DELETE FROM {what} = @0", 1)),
        ];
    }

    public BatchRow? Find(SqliteTransaction transaction, BatchId id) => _find.FindRow(transaction, Read, id.Value);

    /// <summary>The place of a batch that comes next.</summary>
    public long Next(SqliteTransaction transaction) => (_last.Find(transaction) as long? ?? 0) + 1;

    public void Put(SqliteTransaction transaction, BatchRow batch, long changed) => _put.Run(
        transaction, batch.Place, batch.Id, batch.Source, batch.Endpoint, batch.State, batch.Halt, batch.Message,
        batch.Created, batch.MaxWorkers, batch.Priority, batch.Labels, batch.Pause, batch.Settled, batch.Total, batch.Counts, batch.Estimated,
        batch.Budget, batch.Charged, batch.Unconfirmed, batch.Reserved, batch.InDoubt, batch.Revision, batch.Heard, changed,
        batch.Webhook, batch.SettledAt, batch.OutputsRemoved);

    /// <summary>By what it is found: these never change.</summary>
    public void PutWords(SqliteTransaction transaction, BatchRow batch, IEnumerable<string> names)
    {
        var text = new StringBuilder(batch.Source);
        foreach (var (name, value) in batch.ReadLabels())
        {
            _putLabel.Run(transaction, name, value, batch.Place);
            text.Append(' ').Append(name).Append(' ').Append(value);
        }
        foreach (var word in names.SelectMany(name => name.Split(' ')).Distinct(StringComparer.OrdinalIgnoreCase))
            text.Append(' ').Append(word);
        _putWords.Run(transaction, batch.Place, text.ToString());
    }

    /// <summary>Up to which of its events something was done to it.</summary>
    public void Keep(SqliteTransaction transaction, long place, KeptTo to) =>
        _keep.Run(transaction, place, to.Outputs, to.Events);

    public void Drop(SqliteTransaction transaction, long place)
    {
        foreach (var drop in _drops) drop.Run(transaction, place);
    }

    public void Dispose()
    {
        foreach (var statement in new[] { _find, _put, _last, _putLabel, _putWords, _keep }.Concat(_drops))
            statement.Dispose();
    }

    private static BatchRow Read(SqliteDataReader row) => new()
    {
        Place = row.GetInt64(0), Id = row.GetString(1), Source = row.GetString(2), Endpoint = row.GetString(3),
        State = row.GetString(4), Halt = row.Text(5), Message = row.Text(6), Created = row.GetInt64(7),
        MaxWorkers = row.GetInt64(8), Priority = row.GetString(9), Labels = row.GetString(10), Pause = row.Text(11),
        Settled = row.GetInt64(12), Total = row.GetInt64(13), Counts = row.GetString(14), Estimated = row.GetInt64(15),
        Budget = row.Number(16), Charged = row.GetInt64(17), Unconfirmed = row.GetInt64(18), Reserved = row.GetInt64(19),
        InDoubt = row.GetInt64(20), Revision = row.GetInt64(21), Heard = row.GetInt64(22), Webhook = row.Text(23),
        SettledAt = row.Number(24), OutputsRemoved = row.Number(25),
    };
}
