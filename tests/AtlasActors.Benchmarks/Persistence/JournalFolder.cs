using Akka.Actor;
using AtlasActors.Benchmarks.Actors;

namespace AtlasActors.Benchmarks.Persistence;

/// <summary>A SQLite journal in a temporary folder of its own, which goes when this is disposed.</summary>
internal sealed class JournalFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("atlas-actors-benchmarks-");

    static JournalFolder() => SQLitePCL.Batteries_V2.Init();

    private string Settings
    {
        get
        {
            var store = $"""
                connection-string = "Data Source={Path.Combine(_folder.FullName, "journal.db").Replace('\\', '/')}"
                provider-name = "SQLite.MS"
                """;
            return $$"""
                akka.actor {
                  serializers.noted = "AtlasActors.Benchmarks.Persistence.NotedSerializer, AtlasActors.Benchmarks"
                  serialization-bindings { "AtlasActors.Benchmarks.Persistence.Noted, AtlasActors.Benchmarks" = noted }
                }
                akka.persistence {
                  journal {
                    plugin = "akka.persistence.journal.sql"
                    sql {
                      class = "Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql"
                      {{store}}
                    }
                  }
                  snapshot-store {
                    plugin = "akka.persistence.snapshot-store.sql"
                    sql {
                      class = "Akka.Persistence.Sql.Snapshot.SqlSnapshotStore, Akka.Persistence.Sql"
                      {{store}}
                    }
                  }
                }
                """;
        }
    }

    public ActorSystem Open() => Systems.Start(Settings);

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}
