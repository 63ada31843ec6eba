using Akka.Configuration;

namespace Akka.Persistence.Sql.Db;

/// <summary>
/// A plugin's hold on its database. It is opened at the first call; when that fails the caller hears why, and the
/// next one tries again, so that a store that was away for a while is found again. For one thread.
/// </summary>
internal sealed class SqlLease(SqlPersistence persistence, Config config, Func<SqlDialect, IReadOnlyList<string>> tables)
    : IDisposable
{
    private Task<SqlDatabase>? _database;
    private SqlTarget? _held;

    public Task<SqlDatabase> Database() =>
        _database is { IsFaulted: false } ? _database : _database = Open();

    public void Dispose()
    {
        if (_held is { } target)
            persistence.Close(target);
        _held = null;
    }

    private async Task<SqlDatabase> Open()
    {
        Dispose();
        var target = SqlTarget.Of(config);
        var database = persistence.Open(target);
        _held = target;
        if (config.GetBoolean("auto-initialize", true))
            await database.Create(tables(database.Dialect)).ConfigureAwait(false);
        return database;
    }
}
