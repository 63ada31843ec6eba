using Microsoft.Data.Sqlite;

namespace AtlasActors.Host.Serving.Records;

/// <summary>A statement that is prepared once and run often, its parameters in the order in which they are given.</summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand _command;

    /// <param name="connection">Where it runs.</param>
    /// <param name="text">With parameters <c>@0</c>, <c>@1</c> ….</param>
    /// <param name="parameters">How many they are.</param>
    public Statement(SqliteConnection connection, string text, int parameters)
    {
        _command = connection.CreateCommand();
        _command.CommandText = text;
        for (var i = 0; i < parameters; i++)
            _command.Parameters.Add(new SqliteParameter(FormattableString.Invariant($"@{i}"), null));
    }

    public void Run(SqliteTransaction transaction, params ReadOnlySpan<object?> values) =>
        Bound(transaction, values).ExecuteNonQuery();

    /// <summary>The first value of the first row; null where there is none.</summary>
    public object? Find(SqliteTransaction transaction, params ReadOnlySpan<object?> values) =>
        Bound(transaction, values).ExecuteScalar() is { } found and not DBNull ? found : null;

    /// <summary>The first row, read; null where there is none.</summary>
    public T? FindRow<T>(SqliteTransaction transaction, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
        where T : class
    {
        using var rows = Bound(transaction, values).ExecuteReader();
        return rows.Read() ? read(rows) : null;
    }

    public void Dispose() => _command.Dispose();

    private SqliteCommand Bound(SqliteTransaction transaction, ReadOnlySpan<object?> values)
    {
        _command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++)
            _command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return _command;
    }
}

/// <summary>Columns that may be empty.</summary>
internal static class Columns
{
    public static string? Text(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static long? Number(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
