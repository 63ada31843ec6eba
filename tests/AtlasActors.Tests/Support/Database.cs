using Microsoft.Data.Sqlite;

namespace AtlasActors.Tests.Support;

/// <summary>A look into a SQLite file, beside whoever has it open.</summary>
internal static class Database
{
    /// <summary>Whose events are in a journal.</summary>
    public static IReadOnlyList<string> PersistenceIds(string file)
    {
        SQLitePCL.Batteries_V2.Init();
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT DISTINCT persistence_id FROM journal ORDER BY 1";
        using var reader = command.ExecuteReader();
        var ids = new List<string>();
        while (reader.Read()) ids.Add(reader.GetString(0));
        return ids;
    }
}
