using System.Security.Cryptography;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Persistence;
using AtlasActors.Batches;
using AtlasActors.Hosting;
using AtlasActors.Jobs;
using AtlasActors.Polling;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Hosting;

/// <summary>AtlasActors in bare actor systems, from HOCON alone.</summary>
public class AtlasActorsExtensionSpecs
{
    private static readonly Reply StillProcessing = Reply.Json(200, """{"code":200,"data":{"id":"p1","status":"processing"}}""");

    private const string Provider = "AtlasActors.Hosting.AtlasActorsExtensionProvider, AtlasActors";

    [Fact]
    public async Task A_system_of_HOCON_alone_makes_pictures()
    {
        await using var surroundings = await Surroundings.StartAsync();
        var system = surroundings.System("mine", surroundings.Hocon());

        var batch = await Surroundings.RunAsync(AtlasActorsExtension.For(system).Batches, Surroundings.Pictures(2));

        Assert.Equal((BatchPhase.Finished, 2), (batch.Phase, batch.Count(JobStage.Succeeded)));
        Assert.True(File.Exists(Path.Combine(surroundings.Folder, "out", "images", "image_2.png")));
        Assert.True(File.Exists(Path.Combine(surroundings.Folder, "out", ".atlas-actors", "journal.db")));
    }

    [Fact]
    public async Task Each_system_has_one_and_two_systems_know_nothing_of_each_other()
    {
        await using var surroundings = await Surroundings.StartAsync();
        var (first, second) = (surroundings.System("first", surroundings.Hocon("a")), surroundings.System("second", surroundings.Hocon("b")));
        var (one, other) = (AtlasActorsExtension.For(first), AtlasActorsExtension.For(second));
        Assert.Same(one, AtlasActorsExtension.For(first));
        Assert.Equal("akka://first/user/atlas", one.Supervisor.Path.ToString());
        Assert.NotSame(one, other);

        var batches = await Task.WhenAll(
            Surroundings.RunAsync(one.Batches, Surroundings.Pictures(2)), Surroundings.RunAsync(other.Batches, Surroundings.Pictures(3)));

        Assert.Equal([2, 3], batches.Select(batch => batch.Count(JobStage.Succeeded)));
        Assert.Equal([batches[0].Id], (await one.Batches.ListAsync()).Select(batch => batch.Id));
        Assert.Equal([batches[1].Id], (await other.Batches.ListAsync()).Select(batch => batch.Id));
    }

    [Theory]
    [InlineData(false, "is not a SQLite database")]
    [InlineData(true, "is damaged")]
    public async Task A_journal_that_cannot_be_read_is_told_of_at_once_and_left_as_it_is(bool wasJournal, string words)
    {
        await using var surroundings = await Surroundings.StartAsync();
        var journal = Path.Combine(Directory.CreateDirectory(Path.Combine(surroundings.Folder, "out", ".atlas-actors")).FullName, "journal.db");
        if (wasJournal)
        {
            var first = surroundings.System("first", surroundings.Hocon());
            await Surroundings.RunAsync(AtlasActorsExtension.For(first).Batches, Surroundings.Pictures(1));
            await first.Terminate();
        }
        var bytes = wasJournal
            ? (await File.ReadAllBytesAsync(journal))[..(int)(new FileInfo(journal).Length / 2)]
            : RandomNumberGenerator.GetBytes(50_000);
        await File.WriteAllBytesAsync(journal, bytes);

        var batches = AtlasActorsExtension.For(surroundings.System("mine", surroundings.Hocon())).Batches;

        var refused = await Assert.ThrowsAsync<BatchException>(() => batches.ListAsync());
        Assert.Contains("The journal cannot be read: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(journal));
    }

    [Fact]
    public async Task Its_name_in_akka_extensions_starts_it_with_the_system()
    {
        await using var surroundings = await Surroundings.StartAsync();
        var system = surroundings.System("mine", surroundings.Hocon() + $"akka.extensions = [\"{Provider}\"]");

        Assert.True(system.HasExtension<AtlasActorsExtension>());
        await system.ActorSelection("/user/atlas").ResolveOne(Surroundings.Patience);
    }

    [Fact]
    public async Task What_is_missing_is_told_and_nothing_is_started()
    {
        await using var surroundings = await Surroundings.StartAsync();
        var system = surroundings.System("mine", "atlas-actors { base-url = nonsense, api-key = k }");

        var told = Assert.Throws<ConfigurationException>(() => AtlasActorsExtension.For(system)).Message;

        Assert.Contains("- atlas-actors.output-dir is missing", told, StringComparison.Ordinal);
        Assert.Contains("- atlas-actors.base-url is 'nonsense'", told, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ActorNotFoundException>(() => system.ActorSelection("/user/atlas").ResolveOne(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task Where_HOCON_says_so_the_systems_default_journal_holds_the_batches()
    {
        await using var surroundings = await Surroundings.StartAsync();
        var system = surroundings.System("mine", surroundings.Hocon() + """
            akka.persistence.journal.plugin = "akka.persistence.journal.inmem"
            akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
            atlas-actors { journal-plugin-id = "", snapshot-plugin-id = "" }
            """);
        // It runs before AtlasActors does, and must write our events all the same.
        Persistence.Instance.Apply(system).JournalFor("");

        var batch = await Surroundings.RunAsync(AtlasActorsExtension.For(system).Batches, Surroundings.Pictures(1));

        Assert.Equal(BatchPhase.Finished, batch.Phase);
        Assert.False(Directory.Exists(Path.Combine(surroundings.Folder, "out", ".atlas-actors")));
    }

    [Fact]
    public async Task Who_watches_or_asks_when_it_is_stopped_is_not_left_waiting()
    {
        await using var server = new ScriptedServer(_ => StillProcessing);
        await using var surroundings = await Surroundings.StartAsync();
        var system = surroundings.System("mine", surroundings.Hocon() + $"atlas-actors.base-url = \"{server.Url}api/v1\"");
        var atlas = AtlasActorsExtension.For(system);
        var batch = await atlas.Batches.StartAsync(Some.Images(1));
        using var limit = new CancellationTokenSource(Surroundings.Patience);

        var told = await Assert.ThrowsAsync<BatchException>(async () =>
        {
            await foreach (var _ in atlas.Batches.WatchAsync(batch.Id, limit.Token))
                system.Stop(atlas.Supervisor);
        });

        Assert.Equal($"AtlasActors was stopped, and batch {batch.Id} with it. It is resumable.", told.Message);
        Assert.Equal("AtlasActors was stopped before it could answer.",
            (await Assert.ThrowsAsync<BatchException>(() => atlas.Batches.ListAsync(limit.Token))).Message);
    }

    [Fact]
    public async Task A_system_that_would_not_wait_for_submissions_at_its_end_is_warned()
    {
        await using var surroundings = await Surroundings.StartAsync();
        var system = surroundings.System("mine", surroundings.Hocon() + """
            akka.coordinated-shutdown.phases.before-service-unbind.timeout = 3s
            akka.stdout-loglevel = OFF
            """);
        var warned = new TaskCompletionSource<string>();
        system.EventStream.Subscribe(system.ActorOf(Props.Create(() => new Listener(warned))), typeof(Warning));

        AtlasActorsExtension.For(system);

        Assert.StartsWith("akka.coordinated-shutdown.phases.before-service-unbind.timeout is 00:00:03: ",
            await warned.Task.WaitAsync(Surroundings.Patience), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_system_that_ends_closes_its_connections_to_Atlas()
    {
        await using var server = new ScriptedServer(_ => StillProcessing);
        await using var surroundings = await Surroundings.StartAsync();
        var system = surroundings.System("mine", surroundings.Hocon() + $"atlas-actors.base-url = \"{server.Url}api/v1\"");
        var job = Some.Image() with
        {
            Policy = JobPolicy.For(MediaKind.Image) with { Poll = new PollPolicy(TimeSpan.FromMilliseconds(20), 1000, TimeSpan.FromHours(1)) },
        };
        await AtlasActorsExtension.For(system).Batches.StartAsync(Some.Batch(job));
        await server.NextRequestAsync();
        await server.NextRequestAsync();

        await system.Terminate().WaitAsync(Surroundings.Patience);

        // By itself an idle connection would stay for a minute.
        await server.ConnectionsEndAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }

    private sealed class Listener(TaskCompletionSource<string> warned) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is Warning warning) warned.TrySetResult(warning.Message.ToString()!);
        }
    }
}
