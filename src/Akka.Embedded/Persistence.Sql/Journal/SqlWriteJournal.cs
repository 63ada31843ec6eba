using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Journal;
using Akka.Persistence.Sql.Db;

namespace Akka.Persistence.Sql.Journal;

/// <summary>The journal in SQL tables.</summary>
#pragma warning disable CA1001 // An actor lets go of what it holds in PostStop.
public class SqlWriteJournal : AsyncWriteJournal
#pragma warning restore CA1001
{
    private readonly ConcurrentDictionary<string, Task> _writing = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly SqlLease _lease;
    private readonly EventSerializer _events;

    public SqlWriteJournal(Config journalConfig)
    {
        var config = journalConfig.WithFallback(SqlPersistence.DefaultJournalConfiguration);
        var system = Context.System;
        _lease = new SqlLease(SqlPersistence.Get(system), config, dialect => dialect.JournalTables);
        _events = new EventSerializer(new PayloadSerializer(system.Serialization, config.GetString("serializer")));
    }

    public override async Task ReplayMessagesAsync(
        IActorContext context,
        string persistenceId,
        long fromSequenceNr,
        long toSequenceNr,
        long max,
        Action<IPersistentRepresentation> recoveryCallback)
    {
        var stopping = _stopping.Token;
        var database = await _lease.Database().ConfigureAwait(false);
        var pace = ReplayTarget.PaceOf(recoveryCallback);
        await database.Read(
            async session =>
            {
                foreach (var row in JournalTable.Read(session, persistenceId, fromSequenceNr, toSequenceNr, max))
                {
                    stopping.ThrowIfCancellationRequested();
                    recoveryCallback(_events.FromRow(row));
                    if (pace is not { IsTooFarAhead: true })
                        continue;
                    await pace.UntilCloser().WaitAsync(stopping).ConfigureAwait(false);
                    if (pace.IsAbandoned)
                        break;
                }

                return true;
            },
            stopping).ConfigureAwait(false);
    }

    public override async Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr)
    {
        var stopping = _stopping.Token;
        var opening = _lease.Database();
        // What the actor's last life had on its way must be counted, or its number would be given twice.
        if (_writing.TryGetValue(persistenceId, out var write))
            await write.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var database = await opening.ConfigureAwait(false);
        return await database
            .Read(session => JournalTable.HighestSequenceNr(session, persistenceId, fromSequenceNr), stopping)
            .ConfigureAwait(false);
    }

    protected override Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages)
    {
        var writes = messages.ToList();
        var now = DateTime.UtcNow.Ticks;
        var rows = new List<JournalRow>(writes.Count);
        var rejections = writes.ConvertAll(write => AddRows(write, now, rows));
        var writing = Store(rows, rejections);

        var persistenceId = writes[0].PersistenceId;
        _writing[persistenceId] = writing;
        _ = writing.ContinueWith(
            done => _writing.TryRemove(new KeyValuePair<string, Task>(persistenceId, done)),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return writing;
    }

    protected override async Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr)
    {
        var database = await _lease.Database().ConfigureAwait(false);
        await database
            .Write(session => JournalTable.Delete(session, persistenceId, toSequenceNr))
            .ConfigureAwait(false);
    }

    protected override void PostStop()
    {
        _stopping.Cancel();
        _stopping.Dispose();
        _lease.Dispose();
        base.PostStop();
    }

    private async Task<IImmutableList<Exception>> Store(List<JournalRow> rows, List<Exception?> rejections)
    {
        if (rows.Count > 0)
        {
            var database = await _lease.Database().ConfigureAwait(false);
            await database
                .Write(session => rows.ForEach(row => JournalTable.Insert(session, row)))
                .ConfigureAwait(false);
        }

        return rejections.ToImmutableList()!;
    }

    private Exception? AddRows(AtomicWrite write, long now, List<JournalRow> rows)
    {
        try
        {
            rows.AddRange(write.Events.Select(e => _events.ToRow(e, now)).ToList());
            return null;
        }
#pragma warning disable CA1031 // An event that cannot be serialised is rejected, whatever its serializer threw.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return fault;
        }
    }
}
