using Dapper;
using Microsoft.Data.Sqlite;

namespace AtlasActors.Host.Serving.Records;

/// <summary>The SQLite file of the records, and the ways to open it.</summary>
internal sealed class RecordsFile
{
    private readonly string _readers;

    private RecordsFile(string path) =>
        _readers = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 30 }.ToString();

    /// <summary>
    /// Makes the file where it is missing, and anew where it is damaged or another version's; it can always be filled again.
    /// </summary>
    public static RecordsFile Prepare(string path, DateTimeOffset now)
    {
        SQLitePCL.Batteries_V2.Init();
        var file = new RecordsFile(path);
        if (File.Exists(path) && !IsCurrent(path)) Delete(path);
        if (!File.Exists(path))
        {
            using var made = OpenAlone(path);
            made.Execute("PRAGMA journal_mode = WAL");
            RecordsSchema.Create(made, now);
        }
        return file;
    }

    /// <summary>A connection to read with, from a pool.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(_readers);
        connection.Open();
        return connection;
    }

    /// <summary>
    /// The connection that writes. What it commits may be lost when the machine loses its power, and never when the program
    /// ends: the journal knows it, and the next start finds out.
    /// </summary>
    public SqliteConnection OpenToWrite()
    {
        var connection = Open();
        connection.Execute("PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000");
        return connection;
    }

    /// <summary>Closes what is pooled.</summary>
    public void Close()
    {
        using var any = new SqliteConnection(_readers);
        SqliteConnection.ClearPool(any);
    }

    private static bool IsCurrent(string path)
    {
        try
        {
            using var connection = OpenAlone(path);
            return RecordsSchema.IsCurrent(connection);
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private static SqliteConnection OpenAlone(string path)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static void Delete(string path)
    {
        foreach (var ending in new[] { "", "-wal", "-shm" })
            File.Delete(path + ending);
    }
}
