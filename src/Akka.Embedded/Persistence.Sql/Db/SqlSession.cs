using System.Data.Common;

namespace Akka.Persistence.Sql.Db;

/// <summary>A connection with its prepared statements and its transaction. Not for two threads at once.</summary>
internal sealed class SqlSession(DbConnection connection) : IDisposable
{
    private const string Savepoint = "one_write";

    private readonly Dictionary<string, DbCommand> _prepared = [];
    private DbTransaction? _transaction;

    public void Begin() => _transaction = connection.BeginTransaction();

    public void Commit()
    {
        _transaction!.Commit();
        EndTransaction();
    }

    public void Rollback()
    {
        _transaction!.Rollback();
        EndTransaction();
    }

    /// <summary>Runs a part of the transaction that leaves nothing behind if it throws.</summary>
    public void InSavepoint(Action work)
    {
        _transaction!.Save(Savepoint);
        try
        {
            work();
        }
        catch
        {
            _transaction.Rollback(Savepoint);
            throw;
        }

        _transaction.Release(Savepoint);
    }

    /// <summary>Runs a statement with its values for @p0, @p1 …; gives the number of rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Bound(sql, values).ExecuteNonQuery();

    /// <summary>The first column of the first row, or null where there is no row or no value.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<object?> values) =>
        Bound(sql, values).ExecuteScalar() is { } value and not DBNull ? value : null;

    public DbDataReader Query(string sql, params ReadOnlySpan<object?> values) => Bound(sql, values).ExecuteReader();

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
            command.Dispose();
        _transaction?.Dispose();
        connection.Dispose();
    }

    private void EndTransaction()
    {
        _transaction?.Dispose();
        _transaction = null;
    }

    private DbCommand Bound(string sql, ReadOnlySpan<object?> values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
            _prepared[sql] = command = Prepare(sql, values.Length);
        command.Transaction = _transaction;
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }

    private DbCommand Prepare(string sql, int parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Statements are constants of this assembly; values travel as parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < parameters; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{i}";
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
