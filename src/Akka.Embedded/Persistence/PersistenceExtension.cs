using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Persistence;

/// <summary>The journals and snapshot stores of an actor system, each started when it is first asked for.</summary>
public class PersistenceExtension : IExtension
{
    private const string JournalFallback = "akka.persistence.journal-plugin-fallback";
    private const string SnapshotStoreFallback = "akka.persistence.snapshot-store-plugin-fallback";
    private const string NoSnapshotStore = "akka.persistence.no-snapshot-store";

    private readonly ConcurrentDictionary<string, Lazy<IActorRef>> _plugins = new();
    private readonly Lazy<IStashOverflowStrategy> _stashOverflowStrategy;
    private readonly Lazy<IActorRef> _recoveryPermitter;
    private readonly ExtendedActorSystem _system;

    public PersistenceExtension(ExtendedActorSystem system)
    {
        _system = system;
        system.Settings.InjectTopLevelFallback(Persistence.DefaultConfig());
        _stashOverflowStrategy = new Lazy<IStashOverflowStrategy>(CreateStashOverflowStrategy);
        _recoveryPermitter = new Lazy<IActorRef>(() =>
        {
            var permits = Settings.GetInt("akka.persistence.max-concurrent-recoveries");
            return system.SystemActorOf(Props.Create(() => new RecoveryPermitter(permits)), "recoveryPermitter");
        });

        foreach (var journal in Settings.GetStringList("akka.persistence.journal.auto-start-journals"))
            JournalFor(journal);
        foreach (var store in Settings.GetStringList("akka.persistence.snapshot-store.auto-start-snapshot-stores"))
            SnapshotStoreFor(store);
    }

    public IStashOverflowStrategy DefaultInternalStashOverflowStrategy => _stashOverflowStrategy.Value;

    internal IActorRef RecoveryPermitter => _recoveryPermitter.Value;

    private Config Settings => _system.Settings.Config;

    /// <summary>The persistence id that an actor has by its path.</summary>
    public string PersistenceId(IActorRef actor) => actor.Path.ToStringWithoutAddress();

    /// <summary>The journal at a configuration path; empty for the default one.</summary>
    public IActorRef JournalFor(string? journalPluginId) => Plugin(JournalPath(journalPluginId), JournalFallback);

    /// <summary>The snapshot store at a configuration path; empty for the default one.</summary>
    public IActorRef SnapshotStoreFor(string? snapshotPluginId)
    {
        var path = string.IsNullOrEmpty(snapshotPluginId)
            ? Settings.GetString("akka.persistence.snapshot-store.plugin")
            : snapshotPluginId;
        return Plugin(string.IsNullOrEmpty(path) ? NoSnapshotStore : path, SnapshotStoreFallback);
    }

    internal Config JournalConfigFor(string? journalPluginId) =>
        ConfigAt(JournalPath(journalPluginId), JournalFallback);

    /// <summary>The configuration of a journal, from the name of its actor, which is its path.</summary>
    internal Config JournalConfigFor(IActorRef journal) => ConfigAt(journal.Path.Name, JournalFallback);

    /// <inheritdoc cref="JournalConfigFor(IActorRef)"/>
    internal Config SnapshotStoreConfigFor(IActorRef store) => ConfigAt(store.Path.Name, SnapshotStoreFallback);

    private string JournalPath(string? journalPluginId)
    {
        var path = string.IsNullOrEmpty(journalPluginId)
            ? Settings.GetString("akka.persistence.journal.plugin")
            : journalPluginId;
        return !string.IsNullOrEmpty(path)
            ? path
            : throw new ConfigurationException("No default journal: akka.persistence.journal.plugin");
    }

    private Config ConfigAt(string path, string fallback) => Settings.HasPath(path)
        ? Settings.GetConfig(path).WithFallback(Settings.GetConfig(fallback))
        : throw new ArgumentException($"Persistence config is missing plugin config path for: {path}");

    private IActorRef Plugin(string path, string fallback) =>
        _plugins.GetOrAdd(path, _ => new Lazy<IActorRef>(() => Start(path, ConfigAt(path, fallback)))).Value;

    private IActorRef Start(string path, Config config)
    {
        var name = config.GetString("class");
        if (string.IsNullOrEmpty(name))
            throw new ArgumentException($"Plugin class name must be defined in config property [{path}.class]");
        var type = TypeOf(name, $"{path}.class");
        var takesConfig = type.GetConstructor([typeof(Config)]) is not null;
        return _system.SystemActorOf(takesConfig ? Props.Create(type, config) : Props.Create(type), path);
    }

    private IStashOverflowStrategy CreateStashOverflowStrategy()
    {
        const string Key = "akka.persistence.internal-stash-overflow-strategy";
        var type = TypeOf(Settings.GetString(Key), Key);
        return ((IStashOverflowStrategyConfigurator)Activator.CreateInstance(type)!).Create(Settings);
    }

    private static Type TypeOf(string name, string key) => TypeResolver.Find(name)
        ?? throw new ConfigurationException($"{key} names a type that is not there: {name}");
}
