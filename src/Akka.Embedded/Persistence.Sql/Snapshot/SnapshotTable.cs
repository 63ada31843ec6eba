using Akka.Persistence.Sql.Db;

namespace Akka.Persistence.Sql.Snapshot;

/// <summary>The statements over the table <c>snapshot</c>.</summary>
internal static class SnapshotTable
{
    private const string SelectLatest =
        """
        SELECT sequence_number, created, snapshot, manifest, serializer_id FROM snapshot
        WHERE persistence_id = @p0 AND sequence_number <= @p1 AND created <= @p2
        ORDER BY sequence_number DESC LIMIT 1
        """;

    private const string DeleteOne =
        "DELETE FROM snapshot WHERE persistence_id = @p0 AND sequence_number = @p1 AND created <= @p2";

    private const string DeleteUpTo =
        "DELETE FROM snapshot WHERE persistence_id = @p0 AND sequence_number <= @p1 AND created <= @p2";

    public static void Save(SqlSession session, string statement, SnapshotRow row) => session.Execute(
        statement, row.PersistenceId, row.SequenceNumber, row.Created, row.Payload, row.Manifest, row.SerializerId);

    public static SnapshotRow? Latest(SqlSession session, string persistenceId, long maxSequenceNr, long maxCreated)
    {
        using var reader = session.Query(SelectLatest, persistenceId, maxSequenceNr, maxCreated);
        if (!reader.Read())
            return null;
        return new SnapshotRow(
            persistenceId,
            SequenceNumber: reader.GetInt64(0),
            Created: reader.GetInt64(1),
            Payload: reader.IsDBNull(2) ? [] : reader.GetFieldValue<byte[]>(2),
            Manifest: reader.IsDBNull(3) ? "" : reader.GetString(3),
            SerializerId: reader.IsDBNull(4) ? null : reader.GetInt32(4));
    }

    public static void Delete(SqlSession session, string persistenceId, long sequenceNr, long maxCreated) =>
        session.Execute(DeleteOne, persistenceId, sequenceNr, maxCreated);

    public static void DeleteAll(SqlSession session, string persistenceId, long maxSequenceNr, long maxCreated) =>
        session.Execute(DeleteUpTo, persistenceId, maxSequenceNr, maxCreated);
}
