using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Sql.Db;

namespace Akka.Persistence.Sql;

/// <summary>The databases that the journals and snapshot stores of an actor system use, each opened once.</summary>
public sealed class SqlPersistence : IExtension
{
    public const string JournalConfigPath = "akka.persistence.journal.sql";
    public const string SnapshotStoreConfigPath = "akka.persistence.snapshot-store.sql";

    public static readonly Config DefaultConfiguration =
        ConfigurationFactory.FromResource<SqlPersistence>("Akka.Persistence.Sql.persistence.conf");

    public static readonly Config DefaultJournalConfiguration = DefaultConfiguration.GetConfig(JournalConfigPath);

    public static readonly Config DefaultSnapshotConfiguration =
        DefaultConfiguration.GetConfig(SnapshotStoreConfigPath);

    public readonly Config DefaultConfig = DefaultConfiguration;

    private readonly Dictionary<SqlTarget, (SqlDatabase Database, int Users)> _open = [];
    private readonly Lock _gate = new();

    public SqlPersistence(ActorSystem system) => system.Settings.InjectTopLevelFallback(DefaultConfiguration);

    public static SqlPersistence Get(ActorSystem system) =>
        system.WithExtension<SqlPersistence, SqlPersistenceProvider>();

    internal SqlDatabase Open(SqlTarget target)
    {
        lock (_gate)
        {
            var (database, users) = _open.TryGetValue(target, out var known)
                ? known
                : (new SqlDatabase(SqlDialect.Of(target.ProviderName, target.ConnectionString)), 0);
            _open[target] = (database, users + 1);
            return database;
        }
    }

    internal void Close(SqlTarget target)
    {
        SqlDatabase? unused = null;
        lock (_gate)
        {
            var (database, users) = _open[target];
            if (users > 1)
            {
                _open[target] = (database, users - 1);
            }
            else
            {
                _open.Remove(target);
                unused = database;
            }
        }

        unused?.Dispose();
    }
}

public sealed class SqlPersistenceProvider : ExtensionIdProvider<SqlPersistence>
{
    public override SqlPersistence CreateExtension(ExtendedActorSystem system) => new(system);
}
