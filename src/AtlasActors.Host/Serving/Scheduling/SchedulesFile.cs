using AtlasActors.Host.Settings;
using Microsoft.Data.Sqlite;

namespace AtlasActors.Host.Serving.Scheduling;

/// <summary>The SQLite file of what the schedules have seen to.</summary>
internal static class SchedulesFile
{
    private const string Tables = """
        CREATE TABLE IF NOT EXISTS schedules (
          name TEXT PRIMARY KEY, cron TEXT NOT NULL, zone TEXT NOT NULL, cursor INTEGER NOT NULL,
          paused INTEGER NOT NULL, held INTEGER NOT NULL, gone INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS firings (
          batch TEXT PRIMARY KEY, schedule TEXT NOT NULL, due INTEGER NOT NULL, state TEXT NOT NULL, asked INTEGER NOT NULL,
          note TEXT, since INTEGER NOT NULL, ended INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS firings_schedule ON firings (schedule, due);
        CREATE INDEX IF NOT EXISTS firings_open ON firings (schedule, due) WHERE ended = 0;
        CREATE INDEX IF NOT EXISTS firings_since ON firings (since) WHERE ended = 1;
        """;

    /// <exception cref="CommandException">The file can't be opened, or is damaged.</exception>
    public static SqliteConnection Open(string path) => DurableFile.Open(
        path, Tables,
        "It has what the schedules have seen to; move it away to begin anew, which makes up for no firing that was missed and "
        + "starts none twice.");
}
