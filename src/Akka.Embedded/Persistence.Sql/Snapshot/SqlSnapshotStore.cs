using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Snapshot;
using Akka.Persistence.Sql.Db;

namespace Akka.Persistence.Sql.Snapshot;

/// <summary>The snapshot store in a SQL table.</summary>
#pragma warning disable CA1001 // An actor lets go of what it holds in PostStop.
public class SqlSnapshotStore : SnapshotStore
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly SqlLease _lease;
    private readonly PayloadSerializer _payloads;

    public SqlSnapshotStore(Config snapshotConfig)
    {
        var config = snapshotConfig.WithFallback(SqlPersistence.DefaultSnapshotConfiguration);
        var system = Context.System;
        _lease = new SqlLease(SqlPersistence.Get(system), config, dialect => dialect.SnapshotTables);
        _payloads = new PayloadSerializer(system.Serialization, config.GetString("serializer"));
    }

    protected override async Task<SelectedSnapshot> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        var stopping = _stopping.Token;
        var database = await _lease.Database().ConfigureAwait(false);
        var row = await database
            .Read(
                session => SnapshotTable.Latest(
                    session, persistenceId, criteria.MaxSequenceNr, criteria.MaxTimeStamp.Ticks),
                stopping)
            .ConfigureAwait(false);
        return row is null ? null! : Selected(row);
    }

    protected override async Task SaveAsync(SnapshotMetadata metadata, object snapshot)
    {
        var (bytes, manifest, identifier) = _payloads.ToBytes(snapshot);
        var row = new SnapshotRow(
            metadata.PersistenceId, metadata.SequenceNr, metadata.Timestamp.Ticks, bytes, manifest, identifier);
        var database = await _lease.Database().ConfigureAwait(false);
        await database
            .Write(session => SnapshotTable.Save(session, database.Dialect.SaveSnapshot, row))
            .ConfigureAwait(false);
    }

    protected override async Task DeleteAsync(SnapshotMetadata metadata)
    {
        // A request that gives no time means the snapshot of any time.
        var until = metadata.Timestamp > DateTime.MinValue ? metadata.Timestamp.Ticks : long.MaxValue;
        var database = await _lease.Database().ConfigureAwait(false);
        await database
            .Write(session => SnapshotTable.Delete(session, metadata.PersistenceId, metadata.SequenceNr, until))
            .ConfigureAwait(false);
    }

    protected override async Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        var database = await _lease.Database().ConfigureAwait(false);
        await database
            .Write(session => SnapshotTable.DeleteAll(
                session, persistenceId, criteria.MaxSequenceNr, criteria.MaxTimeStamp.Ticks))
            .ConfigureAwait(false);
    }

    protected override void PostStop()
    {
        _stopping.Cancel();
        _stopping.Dispose();
        _lease.Dispose();
        base.PostStop();
    }

    private SelectedSnapshot Selected(SnapshotRow row)
    {
        try
        {
            var taken = new DateTime(row.Created, DateTimeKind.Utc);
            return new SelectedSnapshot(
                new SnapshotMetadata(row.PersistenceId, row.SequenceNumber, taken),
                _payloads.FromBytes(row.Payload, row.SerializerId, row.Manifest));
        }
        catch (Exception fault)
        {
            throw new SqlStoreException(
                $"The snapshot of {row.PersistenceId} at {row.SequenceNumber} cannot be read: {fault.Message}", fault);
        }
    }
}
