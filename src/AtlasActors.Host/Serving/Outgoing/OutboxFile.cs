using AtlasActors.Host.Settings;
using Dapper;
using Microsoft.Data.Sqlite;

namespace AtlasActors.Host.Serving.Outgoing;

/// <summary>
/// The SQLite file of what is to be told and was told. Unlike the records it is made from nothing else: where it is gone,
/// so is what was on its way.
/// </summary>
internal static class OutboxFile
{
    private const string Tables = """
        CREATE TABLE IF NOT EXISTS feed (cursor INTEGER NOT NULL, url TEXT, since INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS batches (
          number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, last INTEGER, closed INTEGER);
        CREATE TABLE IF NOT EXISTS told (
          batch INTEGER NOT NULL, job INTEGER NOT NULL, event BLOB NOT NULL, PRIMARY KEY (batch, job)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS deliveries (
          number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, batch TEXT NOT NULL, job INTEGER NOT NULL,
          type TEXT NOT NULL, url TEXT NOT NULL, host TEXT NOT NULL, body BLOB NOT NULL, created INTEGER NOT NULL,
          state TEXT NOT NULL, next INTEGER, round INTEGER NOT NULL DEFAULT 0, settled INTEGER);
        CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries (next) WHERE state = 'pending';
        CREATE INDEX IF NOT EXISTS deliveries_batch ON deliveries (batch, number);
        CREATE INDEX IF NOT EXISTS deliveries_state ON deliveries (state, number);
        CREATE INDEX IF NOT EXISTS deliveries_settled ON deliveries (settled) WHERE settled IS NOT NULL;
        CREATE TABLE IF NOT EXISTS tries (
          number INTEGER PRIMARY KEY, delivery INTEGER NOT NULL, at INTEGER NOT NULL, status INTEGER, error TEXT);
        CREATE INDEX IF NOT EXISTS tries_delivery ON tries (delivery, number);
        """;

    /// <exception cref="CommandException">The file can't be opened, or is damaged.</exception>
    public static SqliteConnection Open(string path) => DurableFile.Open(
        path, Tables,
        "It has the webhooks that are on their way; move it away to begin anew, which tells of everything again that batch files "
        + "want to be told.",
        AddWhatIsNew);

    /// <summary>A file of before has no time of what was told: that is kept for good.</summary>
    private static void AddWhatIsNew(SqliteConnection file)
    {
        const string look = "SELECT EXISTS (SELECT 1 FROM pragma_table_info('batches') WHERE name = 'closed')";
        if (file.ExecuteScalar<bool>(look)) return;
        using var transaction = file.BeginTransaction();
        file.Execute("ALTER TABLE batches ADD COLUMN last INTEGER", transaction: transaction);
        file.Execute("ALTER TABLE batches ADD COLUMN closed INTEGER", transaction: transaction);
        transaction.Commit();
    }
}
