using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Akka.Persistence.Sql.Db;

/// <summary>
/// SQLite with a write-ahead log: readers and the writer do not wait for each other, and with synchronous=FULL a
/// commit is flushed before it is acknowledged, so that it outlives a power cut.
/// </summary>
internal sealed class SqliteDialect : SqlDialect
{
    private const int TooBig = 18;
    private const int Constraint = 19;

    // For opening and again for writing: together less than the 10 s after which a plugin's circuit breaker gives up,
    // so that the actor hears what was wrong.
    private const int PatienceSeconds = 4;

    // The library tries again until its patience ends; each try waits this long for the lock.
    private const string WaitForLock = "PRAGMA busy_timeout=500;";

    private static readonly Lazy<bool> NativeLibrary = new(() =>
    {
        SQLitePCL.Batteries_V2.Init();
        return true;
    });

    private readonly SqliteConnectionStringBuilder _settings;

    public SqliteDialect(string connectionString)
    {
        _ = NativeLibrary.Value;
        _settings = new SqliteConnectionStringBuilder(connectionString) { DefaultTimeout = PatienceSeconds };
    }

    public override IReadOnlyList<string> JournalTables { get; } =
    [
        """
        CREATE TABLE IF NOT EXISTS [journal] (
          [ordering] INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
          [created] BigInt NOT NULL,
          [deleted] Bit NOT NULL,
          [persistence_id] NVarChar(255) NOT NULL,
          [sequence_number] BigInt NOT NULL,
          [message] VarBinary NOT NULL,
          [manifest] NVarChar(500) NULL,
          [identifier] INTEGER NULL,
          [writer_uuid] NVarChar(128) NULL)
        """,
        "CREATE UNIQUE INDEX IF NOT EXISTS journal_uq ON journal (persistence_id, sequence_number)",
        "CREATE INDEX IF NOT EXISTS journal_created_idx ON journal (created)",
        "CREATE INDEX IF NOT EXISTS journal_sequence_number_idx ON journal (sequence_number)",
        """
        CREATE TABLE IF NOT EXISTS [tags] (
          [ordering_id] INTEGER NOT NULL,
          [tag] NVarChar(64) NOT NULL,
          [sequence_nr] INTEGER NOT NULL,
          [persistence_id] NVarChar(255) NOT NULL,
          CONSTRAINT [PK_tags] PRIMARY KEY ([ordering_id], [tag]))
        """,
        "CREATE INDEX IF NOT EXISTS tags_persistence_id_sequence_nr_idx ON tags (persistence_id, sequence_nr)",
        "CREATE INDEX IF NOT EXISTS tags_tag_idx ON tags (tag)"
    ];

    public override IReadOnlyList<string> SnapshotTables { get; } =
    [
        """
        CREATE TABLE IF NOT EXISTS [snapshot] (
          [persistence_id] NVarChar(255) NOT NULL,
          [sequence_number] BigInt NOT NULL,
          [created] BigInt NOT NULL,
          [snapshot] VarBinary NULL,
          [manifest] NVarChar(500) NULL,
          [serializer_id] INTEGER NULL,
          CONSTRAINT [PK_snapshot] PRIMARY KEY ([persistence_id], [sequence_number]))
        """,
        "CREATE INDEX IF NOT EXISTS snapshot_sequence_number_idx ON snapshot (sequence_number)",
        "CREATE INDEX IF NOT EXISTS snapshot_created_idx ON snapshot (created)"
    ];

    public override string SaveSnapshot =>
        """
        INSERT OR REPLACE INTO snapshot (persistence_id, sequence_number, created, snapshot, manifest, serializer_id)
        VALUES (@p0, @p1, @p2, @p3, @p4, @p5)
        """;

    public override DbConnection OpenWriter() =>
        Open(new SqliteConnectionStringBuilder(_settings.ConnectionString) { Pooling = false },
            WaitForLock + "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");

    public override DbConnection OpenReader() => Open(_settings, WaitForLock);

    public override void CloseReaders()
    {
        using var connection = new SqliteConnection(_settings.ConnectionString);
        SqliteConnection.ClearPool(connection);
    }

    public override bool IsFaultOfOneWrite(Exception fault) =>
        fault is SqliteException { SqliteErrorCode: Constraint or TooBig } or not SqliteException;

    public override Exception Describe(Exception fault) =>
        fault is SqliteException sqlite ? new SqlStoreException(Sentence(sqlite), fault) : fault;

    private static SqliteConnection Open(SqliteConnectionStringBuilder settings, string pragmas)
    {
        var connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is made of constants.
            command.CommandText = pragmas;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private string Sentence(SqliteException fault)
    {
        var file = _settings.DataSource.Length == 0 ? "the database" : _settings.DataSource;
        return fault.SqliteErrorCode switch
        {
            5 or 6 => $"{file} is locked by another program.",
            8 => $"{file} is read-only.",
            10 => $"{file} could not be read or written: the disk reports an error.",
            11 => $"{file} is damaged: what it holds cannot be read.",
            13 => $"{file} cannot grow: the disk is full.",
            TooBig => $"{file} takes no value as large as this one.",
            14 => $"{file} cannot be opened: the folder is missing, or may not be read or written.",
            Constraint => $"{file} already has what was to be written: {fault.Message}",
            26 => $"{file} is not a SQLite database.",
            _ => $"{file}: {fault.Message}"
        };
    }
}
