using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;

namespace Akka.Embedded.Tests.Persistence.Support;

/// <summary>An actor system with a journal, in a folder of its own where the journal needs one.</summary>
public sealed class PersistentSystem : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public PersistentSystem(string hocon)
    {
        var quiet = "akka.loglevel = OFF, akka.stdout-loglevel = OFF";
        Actors = ActorSystem.Create("persistence", ConfigurationFactory.ParseString(hocon).WithFallback(quiet));
    }

    public const string InMemory = """
        akka.persistence.journal.plugin = "akka.persistence.journal.inmem"
        akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        """;

    public ActorSystem Actors { get; }

    public Notes Notes { get; } = new();

    public static string Sqlite(string file) => $$"""
        akka.persistence {
          journal {
            plugin = "akka.persistence.journal.sql"
            sql {
              class = "Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql"
              connection-string = "Data Source={{file}}"
              provider-name = "SQLite.MS"
            }
          }
          snapshot-store {
            plugin = "akka.persistence.snapshot-store.sql"
            sql {
              class = "Akka.Persistence.Sql.Snapshot.SqlSnapshotStore, Akka.Persistence.Sql"
              connection-string = "Data Source={{file}}"
              provider-name = "SQLite.MS"
            }
          }
        }
        """;

    public IActorRef Start(
        string id, Recovery? recovery = null, string journal = "", string snapshots = "", Notes? notes = null) =>
        Actors.ActorOf(Storyteller.For(id, notes ?? Notes, recovery, journal, snapshots));

    /// <summary>Stops an actor and waits until it is gone.</summary>
    public static async Task Stop(IActorRef actor) => await actor.GracefulStop(Patience);

    public async ValueTask DisposeAsync() => await Actors.Terminate();
}
