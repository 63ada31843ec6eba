using Akka.Configuration;

namespace Akka.Persistence.Sql.Db;

/// <summary>
/// A plugin's hold on its database. It is opened at the first call; when that fails the caller hears why, and the
/// next one tries again, so that a store that was away for a while is found again.
/// </summary>
internal sealed class SqlLease(
    SqlPersistence persistence, Config config, Func<SqlDialect, IReadOnlyList<string>> tables) : IDisposable
{
    private readonly Lock _gate = new();
    private Task<SqlDatabase>? _database;
    private SqlTarget? _held;
    private bool _ended;

    public Task<SqlDatabase> Database()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_ended, this);
            return _database is { IsFaulted: false } ? _database : _database = Open();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
            Release();
        }
    }

    private async Task<SqlDatabase> Open()
    {
        Release();
        var target = SqlTarget.Of(config);
        var database = persistence.Open(target);
        _held = target;
        if (config.GetBoolean("auto-initialize", true))
            await database.Create(tables(database.Dialect)).ConfigureAwait(false);
        return database;
    }

    private void Release()
    {
        if (_held is { } target)
            persistence.Close(target);
        _held = null;
    }
}
