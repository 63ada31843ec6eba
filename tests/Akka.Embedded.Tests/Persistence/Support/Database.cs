using Microsoft.Data.Sqlite;

namespace Akka.Embedded.Tests.Persistence.Support;

/// <summary>Looks into a SQLite file, beside the journal that writes it.</summary>
public static class Database
{
    static Database() => SQLitePCL.Batteries_V2.Init();

    /// <summary>The rows of a query, their columns joined by <c>|</c>.</summary>
    public static string[] Rows(string file, string sql)
    {
        using var connection = Open(file);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => $"{reader.GetValue(i)}")));
        return [.. rows];
    }

    public static void Execute(string file, string sql) => Rows(file, sql);

    /// <summary>Keeps all others from writing until it is disposed.</summary>
    public static IDisposable Hold(string file)
    {
        var connection = Open(file);
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        command.ExecuteNonQuery();
        return connection;
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }
}
