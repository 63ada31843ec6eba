using AtlasActors.Batches;
using AtlasActors.Hosting;
using Microsoft.Data.Sqlite;

namespace AtlasActors.Host.Serving.Records;

/// <summary>
/// The one who writes the records: takes what happened into the tables, in transactions, and numbers each change. What is
/// older than what is there changes nothing, so that news may come twice and in any order. For one thread at a time.
/// </summary>
internal sealed class RecordsWriter : IDisposable
{
    private readonly SqliteConnection _file;
    private readonly BatchTable _batches;
    private readonly JobTable _jobs;
    private readonly Statement _readCounter;
    private readonly Statement _writeCounter;

    /// <summary>The batches that a transaction has changed: written once, at its end.</summary>
    private readonly Dictionary<string, BatchRow> _changed = new(StringComparer.Ordinal);

    private SqliteTransaction? _transaction;
    private long _last;

    public RecordsWriter(RecordsFile file)
    {
        _file = file.OpenToWrite();
        _batches = new BatchTable(_file);
        _jobs = new JobTable(_file);
        _readCounter = new Statement(_file, "SELECT changed FROM counter", 0);
        _writeCounter = new Statement(_file, "UPDATE counter SET changed = @0", 1);
        using var looking = _file.BeginTransaction();
        _last = (long)_readCounter.Find(looking)!;
    }

    private SqliteTransaction Transaction =>
        _transaction ?? throw new InvalidOperationException("Records are written in a transaction.");

    /// <summary>All that is written in it, or nothing; returns with the number of the last change.</summary>
    public long InTransaction(Action write)
    {
        var before = _last;
        using var transaction = _file.BeginTransaction();
        _transaction = transaction;
        try
        {
            write();
            foreach (var batch in _changed.Values) _batches.Put(transaction, batch, ++_last);
            _writeCounter.Run(transaction, _last);
            transaction.Commit();
            return _last;
        }
        catch
        {
            _last = before;
            _jobs.Forget();
            throw;
        }
        finally
        {
            _changed.Clear();
            _transaction = null;
        }
    }

    public bool Has(BatchId id) => Find(id) is not null;

    /// <summary>A batch and all its jobs, as they are in the journal. Also puts a batch in its place that is not there yet.</summary>
    public void Take(BatchReading reading)
    {
        var before = Find(reading.Batch.Id);
        var batch = (before ?? new BatchRow { Place = NextPlace() }).With(reading.Batch);
        if (before is not null && before.Heard > reading.Batch.Revision) batch = before;
        if (before is null) _batches.PutWords(Transaction, batch, reading.Jobs.Select(job => job.Name));
        Set(batch with { Revision = Math.Max(batch.Revision, reading.Batch.Revision) });
        foreach (var job in reading.Jobs) Take(reading.Batch.Id, job);
    }

    /// <summary>A batch as it was told of.</summary>
    /// <param name="view">The batch.</param>
    /// <param name="isComplete">Whether all was told before that led to this, so that the records are in step with it.</param>
    public void Take(BatchView view, bool isComplete)
    {
        if (Find(view.Id) is not { } before) return;
        var batch = view.Revision < before.Heard ? before : before.With(view);
        Set(batch with { Revision = isComplete ? Math.Max(batch.Revision, view.Revision) : batch.Revision });
    }

    /// <summary>A job as it was told of.</summary>
    public void Take(BatchId id, JobView view)
    {
        if (Find(id) is not { } batch) return;
        var job = JobRow.Of(view);
        var before = _jobs.Find(Transaction, batch.Place, job.Number);
        if (before == job || before?.Revision > job.Revision) return;
        _jobs.Put(Transaction, batch.Place, before, job, ++_last);
        _changed[batch.Id] = batch.Count(before, job);
    }

    /// <summary>Notes up to which of its events something was done to a batch. That is nobody's news.</summary>
    public void Keep(BatchId id, KeptTo to)
    {
        if (Find(id) is { } batch) _batches.Keep(Transaction, batch.Place, to);
    }

    /// <summary>Drops a batch that the journal does not have.</summary>
    public void Drop(BatchId id)
    {
        if (Find(id) is { } batch) _batches.Drop(Transaction, batch.Place);
        _changed.Remove(id.Value);
    }

    public void Dispose()
    {
        _batches.Dispose();
        _jobs.Dispose();
        _readCounter.Dispose();
        _writeCounter.Dispose();
        _file.Dispose();
    }

    private BatchRow? Find(BatchId id) =>
        _changed.TryGetValue(id.Value, out var changed) ? changed : _batches.Find(Transaction, id);

    private long NextPlace() =>
        Math.Max(_batches.Next(Transaction), _changed.Values.Select(batch => batch.Place + 1).DefaultIfEmpty(0).Max());

    /// <summary>Puts it down to be written, if there is anything new about it.</summary>
    private void Set(BatchRow batch)
    {
        if (Find(BatchId.Parse(batch.Id)) != batch) _changed[batch.Id] = batch;
    }
}
