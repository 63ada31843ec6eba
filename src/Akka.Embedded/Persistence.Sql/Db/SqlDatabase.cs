namespace Akka.Persistence.Sql.Db;

/// <summary>A database in use: one writer for all, and a reader for each that asks.</summary>
internal sealed class SqlDatabase(SqlDialect dialect) : IDisposable
{
    private readonly GroupCommit _writer = new(dialect);

    public SqlDialect Dialect => dialect;

    /// <inheritdoc cref="GroupCommit.Enqueue"/>
    public Task Write(Action<SqlSession> work) => _writer.Enqueue(work);

    /// <summary>Runs statements that make tables and indexes where they are missing.</summary>
    public Task Create(IReadOnlyList<string> statements) => Write(session =>
    {
        foreach (var statement in statements)
            session.Execute(statement);
    });

    /// <summary>Reads on a thread of the pool.</summary>
    public Task<T> Read<T>(Func<SqlSession, T> read, CancellationToken cancellation) =>
        Read(session => Task.FromResult(read(session)), cancellation);

    /// <summary>As the other, for what pauses while it reads.</summary>
    public Task<T> Read<T>(Func<SqlSession, Task<T>> read, CancellationToken cancellation) => Task.Run(
        async () =>
        {
            try
            {
                using var session = new SqlSession(dialect.OpenReader());
                return await read(session).ConfigureAwait(false);
            }
            catch (System.Data.Common.DbException fault)
            {
                throw dialect.Describe(fault);
            }
        },
        cancellation);

    public void Dispose()
    {
        _writer.Dispose();
        dialect.CloseReaders();
    }
}
