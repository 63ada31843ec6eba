namespace Akka.Persistence.Sql.Snapshot;

/// <summary>A snapshot as the snapshot table holds it; the time is in .NET ticks, UTC.</summary>
internal sealed record SnapshotRow(
    string PersistenceId, long SequenceNumber, long Created, byte[] Payload, string Manifest, int? SerializerId);
