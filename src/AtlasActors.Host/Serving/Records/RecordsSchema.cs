using Dapper;
using Microsoft.Data.Sqlite;

namespace AtlasActors.Host.Serving.Records;

/// <summary>
/// The tables. The file is a projection of the journal: a version that this program does not know, or one that it knows to
/// be too old, is dropped, and the next start fills it again.
/// </summary>
internal static class RecordsSchema
{
    /// <summary>The version that this program writes; <c>PRAGMA user_version</c> of the file.</summary>
    public const long Version = 3;

    private const string Tables = """
        CREATE TABLE batches (
          place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source TEXT NOT NULL, endpoint TEXT NOT NULL,
          state TEXT NOT NULL, halt TEXT, message TEXT, created INTEGER NOT NULL, max_workers INTEGER NOT NULL,
          priority TEXT NOT NULL, labels TEXT NOT NULL, pause TEXT, settled INTEGER NOT NULL,
          total INTEGER NOT NULL, counts TEXT NOT NULL, estimated INTEGER NOT NULL, budget INTEGER,
          charged INTEGER NOT NULL, unconfirmed INTEGER NOT NULL, reserved INTEGER NOT NULL, in_doubt INTEGER NOT NULL,
          revision INTEGER NOT NULL, heard INTEGER NOT NULL, changed INTEGER NOT NULL UNIQUE,
          webhook TEXT, settled_at INTEGER, outputs_removed INTEGER);
        CREATE TABLE kept (batch INTEGER PRIMARY KEY, outputs INTEGER, events INTEGER);
        CREATE INDEX batches_created ON batches (created, place);
        CREATE TABLE labels (name TEXT NOT NULL, value TEXT NOT NULL, batch INTEGER NOT NULL,
          PRIMARY KEY (name, value, batch)) WITHOUT ROWID;
        CREATE INDEX labels_batch ON labels (batch);
        CREATE VIRTUAL TABLE batch_words USING fts5 (text, tokenize = 'unicode61');
        CREATE TABLE models (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE jobs (
          batch INTEGER NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, model INTEGER NOT NULL,
          stage TEXT NOT NULL, since INTEGER NOT NULL, attempts INTEGER NOT NULL, revision INTEGER NOT NULL,
          cost INTEGER NOT NULL, generation INTEGER, prediction TEXT, output_url TEXT, files TEXT, days TEXT,
          error TEXT, error_code TEXT, why TEXT, changed INTEGER NOT NULL,
          PRIMARY KEY (batch, number)) WITHOUT ROWID;
        CREATE INDEX jobs_stage ON jobs (batch, stage);
        CREATE INDEX jobs_model ON jobs (batch, model);
        CREATE UNIQUE INDEX jobs_changed ON jobs (changed);
        CREATE INDEX jobs_batch_changed ON jobs (batch, changed);
        CREATE TABLE files (batch INTEGER NOT NULL, path TEXT NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL,
          PRIMARY KEY (batch, path)) WITHOUT ROWID;
        CREATE TABLE costs (
          batch INTEGER NOT NULL, day TEXT NOT NULL, model INTEGER NOT NULL, submissions INTEGER NOT NULL,
          charges INTEGER NOT NULL, untold INTEGER NOT NULL, charged INTEGER NOT NULL, unconfirmed INTEGER NOT NULL,
          reserved INTEGER NOT NULL, in_doubt INTEGER NOT NULL, PRIMARY KEY (batch, day, model)) WITHOUT ROWID;
        CREATE TABLE counter (changed INTEGER NOT NULL);
        """;

    /// <summary>Whether the file has this program's tables.</summary>
    public static bool IsCurrent(SqliteConnection file) =>
        file.ExecuteScalar<long>("PRAGMA user_version") == Version;

    /// <summary>
    /// Makes the tables in an empty file. Changes are numbered from the time in microseconds on: also in a file that is made
    /// anew they go on above all numbers that somebody may have kept from the file before.
    /// </summary>
    public static void Create(SqliteConnection file, DateTimeOffset now)
    {
        using var transaction = file.BeginTransaction();
        file.Execute(Tables, transaction: transaction);
        file.Execute(
            "INSERT INTO counter VALUES (@first)", new { first = now.ToUnixTimeMilliseconds() * 1000 }, transaction);
        file.Execute(FormattableString.Invariant($"PRAGMA user_version = {Version}"), transaction: transaction);
        transaction.Commit();
    }
}
