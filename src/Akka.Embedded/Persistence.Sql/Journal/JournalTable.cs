using System.Data.Common;
using Akka.Persistence.Sql.Db;

namespace Akka.Persistence.Sql.Journal;

/// <summary>The statements over the tables <c>journal</c> and <c>tags</c>.</summary>
internal static class JournalTable
{
    private const string InsertEvent =
        """
        INSERT INTO journal
          (created, deleted, persistence_id, sequence_number, message, manifest, identifier, writer_uuid)
        VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7)
        """;

    // The event was written by this transaction, so that its ordering can be looked up by its unique key.
    private const string InsertTag =
        """
        INSERT INTO tags (ordering_id, tag, sequence_nr, persistence_id)
        SELECT ordering, @p0, sequence_number, persistence_id FROM journal
        WHERE persistence_id = @p1 AND sequence_number = @p2
        """;

    private const string SelectEvents =
        """
        SELECT sequence_number, created, message, manifest, identifier, writer_uuid FROM journal
        WHERE persistence_id = @p0 AND sequence_number >= @p1 AND sequence_number <= @p2 AND deleted = @p3
        ORDER BY sequence_number LIMIT @p4
        """;

    private const string SelectHighest =
        "SELECT MAX(sequence_number) FROM journal WHERE persistence_id = @p0 AND sequence_number > @p1";

    private const string MarkDeleted =
        "UPDATE journal SET deleted = @p0 WHERE persistence_id = @p1 AND sequence_number <= @p2";

    // The last of those marked stays, so that the highest sequence number is still known.
    private const string RemoveDeleted =
        """
        DELETE FROM journal WHERE persistence_id = @p0 AND sequence_number <= @p1 AND sequence_number <
          (SELECT MAX(sequence_number) FROM journal WHERE persistence_id = @p0 AND deleted = @p2)
        """;

    private const string RemoveTags = "DELETE FROM tags WHERE persistence_id = @p0 AND sequence_nr <= @p1";

    public static void Insert(SqlSession session, JournalRow row)
    {
        session.Execute(
            InsertEvent,
            row.Created,
            false,
            row.PersistenceId,
            row.SequenceNumber,
            row.Message,
            row.Manifest,
            row.Identifier,
            row.WriterUuid);
        foreach (var tag in row.Tags)
            session.Execute(InsertTag, tag, row.PersistenceId, row.SequenceNumber);
    }

    public static IEnumerable<JournalRow> Read(
        SqlSession session, string persistenceId, long fromSequenceNr, long toSequenceNr, long max)
    {
        using var reader = session.Query(SelectEvents, persistenceId, fromSequenceNr, toSequenceNr, false, max);
        while (reader.Read())
            yield return RowOf(reader, persistenceId);
    }

    public static long HighestSequenceNr(SqlSession session, string persistenceId, long fromSequenceNr) =>
        session.Scalar(SelectHighest, persistenceId, Math.Max(0, fromSequenceNr - 1)) is long highest ? highest : 0;

    public static void Delete(SqlSession session, string persistenceId, long toSequenceNr)
    {
        session.Execute(MarkDeleted, true, persistenceId, toSequenceNr);
        session.Execute(RemoveDeleted, persistenceId, toSequenceNr, true);
        session.Execute(RemoveTags, persistenceId, toSequenceNr);
    }

    private static JournalRow RowOf(DbDataReader reader, string persistenceId) => new(
        persistenceId,
        SequenceNumber: reader.GetInt64(0),
        Created: reader.GetInt64(1),
        Message: reader.GetFieldValue<byte[]>(2),
        Manifest: reader.IsDBNull(3) ? "" : reader.GetString(3),
        Identifier: reader.IsDBNull(4) ? null : reader.GetInt32(4),
        WriterUuid: reader.IsDBNull(5) ? null : reader.GetString(5));
}
