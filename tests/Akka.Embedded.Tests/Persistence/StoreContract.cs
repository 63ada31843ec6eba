using Akka.Actor;
using Akka.Embedded.Tests.Persistence.Support;
using Akka.Persistence;
using Xunit;

namespace Akka.Embedded.Tests.Persistence;

/// <summary>What every journal with its snapshot store does for a persistent actor.</summary>
public abstract class StoreContract : IAsyncLifetime
{
    protected abstract PersistentSystem System { get; }

    private Notes Notes => System.Notes;

    [Fact]
    public async Task An_actor_is_told_its_events_again_in_their_order()
    {
        var actor = System.Start("p-1");
        actor.Tell(Act(a => a.Tell("one")));
        actor.Tell(Act(a => a.PersistAll([new Happened("two"), new Happened("three")], a.Remember)));
        Assert.Equal(["< replayed", "< completed 0", "one", "two", "three"], await Notes.Next(5));
        await Stopped(actor);

        System.Start("p-1");

        Assert.Equal(["< one", "< two", "< three", "< replayed", "< completed 3"], await Notes.Next(5));
    }

    [Fact]
    public async Task Streams_of_different_actors_do_not_meet()
    {
        var others = System.Start("p-2", notes: new Notes());
        others.Tell(Act(a => a.Tell("other")));
        var actor = System.Start("p-20");
        actor.Tell(Act(a => a.Tell("own")));
        await Notes.Until("own");
        await Stopped(actor);

        System.Start("p-20");

        Assert.Equal(["< own", "< replayed", "< completed 1"], await Notes.Next(3));
    }

    [Fact]
    public async Task Recovery_starts_from_the_latest_snapshot()
    {
        var actor = await Told("p-3", "one", "two");
        actor.Tell(Act(a => a.SaveSnapshot(new Told([.. a.Past]))));
        Assert.Equal("> saved 2", await Notes.Next());
        actor.Tell(Act(a => a.Tell("three")));
        await Notes.Until("three");
        await Stopped(actor);

        System.Start("p-3");

        Assert.Equal(["< snapshot one+two", "< three", "< replayed", "< completed 3"], await Notes.Next(4));
    }

    [Fact]
    public async Task Recovery_takes_an_older_snapshot_and_fewer_events_if_asked_to()
    {
        var actor = await Told("p-4", "one");
        actor.Tell(Act(a => a.SaveSnapshot(new Told([.. a.Past]))));
        await Notes.Until("> saved 1");
        actor.Tell(Act(a => a.Tell("two")));
        actor.Tell(Act(a => a.Tell("three")));
        await Notes.Until("three");
        actor.Tell(Act(a => a.SaveSnapshot(new Told([.. a.Past]))));
        await Notes.Until("> saved 3");
        await Stopped(actor);

        var second = System.Start("p-4", new Recovery(new SnapshotSelectionCriteria(2), 2));
        Assert.Equal(["< snapshot one", "< two", "< replayed", "< completed 3"], await Notes.Next(4));
        await Stopped(second);

        System.Start("p-4", new Recovery(SnapshotSelectionCriteria.None, long.MaxValue, 2));
        Assert.Equal(["< one", "< two", "< replayed", "< completed 3"], await Notes.Next(4));
    }

    [Fact]
    public async Task An_actor_without_recovery_still_goes_on_with_the_next_number()
    {
        await Stopped(await Told("p-5", "one", "two"));

        var actor = System.Start("p-5", Recovery.None);
        Assert.Equal(["< replayed", "< completed 2"], await Notes.Next(2));
        actor.Tell(Act(a => a.Persist(new Happened("three"), _ => a.Note($"number {a.LastSequenceNr}"))));

        Assert.Equal("number 3", await Notes.Next());
    }

    [Fact]
    public async Task Deleted_events_are_not_told_again_and_their_numbers_not_used_again()
    {
        var actor = await Told("p-6", "one", "two", "three");
        actor.Tell(Act(a => a.DeleteMessages(2)));
        Assert.Equal("> deleted to 2", await Notes.Next());
        await Stopped(actor);

        var second = System.Start("p-6");
        Assert.Equal(["< three", "< replayed", "< completed 3"], await Notes.Next(3));
        second.Tell(Act(a => a.DeleteMessages(long.MaxValue)));
        Assert.Equal("> deleted to 3", await Notes.Next());
        await Stopped(second);

        var third = System.Start("p-6");
        Assert.Equal(["< replayed", "< completed 3"], await Notes.Next(2));
        third.Tell(Act(a => a.Persist(new Happened("four"), _ => a.Note($"number {a.LastSequenceNr}"))));
        Assert.Equal("number 4", await Notes.Next());
    }

    [Fact]
    public async Task Events_that_are_not_there_yet_cannot_be_deleted()
    {
        var actor = await Told("p-7", "one");

        actor.Tell(Act(a => a.DeleteMessages(2)));

        Assert.Equal("> not deleted: InvalidOperationException", await Notes.Next());
    }

    [Fact]
    public async Task Deleted_snapshots_are_not_offered()
    {
        var actor = await Told("p-8", "one");
        actor.Tell(Act(a => a.SaveSnapshot(new Told(["one"]))));
        await Notes.Until("> saved 1");
        actor.Tell(Act(a => a.Tell("two")));
        await Notes.Until("two");
        actor.Tell(Act(a => a.SaveSnapshot(new Told(["one", "two"]))));
        await Notes.Until("> saved 2");
        actor.Tell(Act(a => a.DeleteSnapshot(2)));
        Assert.Equal("> snapshot deleted", await Notes.Next());
        await Stopped(actor);

        var second = System.Start("p-8");
        Assert.Equal(["< snapshot one", "< two", "< replayed", "< completed 2"], await Notes.Next(4));
        second.Tell(Act(a => a.DeleteSnapshots(SnapshotSelectionCriteria.Latest)));
        Assert.Equal("> snapshot deleted", await Notes.Next());
        await Stopped(second);

        System.Start("p-8");
        Assert.Equal(["< one", "< two", "< replayed", "< completed 2"], await Notes.Next(4));
    }

    [Fact]
    public async Task A_snapshot_of_the_same_number_takes_the_place_of_the_one_before()
    {
        var actor = await Told("p-9", "one");
        actor.Tell(Act(a => a.SaveSnapshot(new Told(["first"]))));
        await Notes.Until("> saved 1");
        actor.Tell(Act(a => a.SaveSnapshot(new Told(["second"]))));
        await Notes.Until("> saved 1");
        await Stopped(actor);

        System.Start("p-9");

        Assert.Equal("< snapshot second", await Notes.Next());
    }

    [Fact]
    public async Task A_thousand_events_from_each_of_twenty_actors_are_all_there_in_order()
    {
        var written = new Notes();
        var actors = Enumerable.Range(0, 20).Select(n => System.Start($"many-{n}", notes: written)).ToList();
        foreach (var actor in actors)
        {
            for (var batch = 0; batch < 50; batch++)
            {
                var events = Enumerable.Range(batch * 20, 20).Select(n => new Happened($"{n}")).ToArray();
                actor.Tell(Act(a => a.PersistAllAsync(events, _ => { })));
            }

            actor.Tell(Act(a => a.DeferAsync("end", _ => a.Note("end"))));
        }

        foreach (var _ in actors)
            await written.Until("end");
        await Task.WhenAll(actors.Select(PersistentSystem.Stop));

        System.Start("many-7");

        Assert.Equal(Enumerable.Range(0, 1000).Select(n => $"< {n}"), await Notes.Next(1000));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await System.DisposeAsync();
        CleanUp();
    }

    protected virtual void CleanUp()
    {
    }

    protected static Action<Storyteller> Act(Action<Storyteller> action) => action;

    private async Task<IActorRef> Told(string id, params string[] events)
    {
        var actor = System.Start(id);
        foreach (var what in events)
            actor.Tell(Act(a => a.Tell(what)));
        await Notes.Until(events[^1]);
        return actor;
    }

    private async Task Stopped(IActorRef actor)
    {
        await PersistentSystem.Stop(actor);
        await Notes.Until("stopped");
    }
}

public sealed class MemoryStoreSpecs : StoreContract
{
    protected override PersistentSystem System { get; } = new(PersistentSystem.InMemory);
}

public sealed class SqliteStoreSpecs : StoreContract
{
    private readonly TemporaryFolder _folder = new();

    public SqliteStoreSpecs() => System = new PersistentSystem(PersistentSystem.Sqlite(_folder.File("journal.db")));

    protected override PersistentSystem System { get; }

    protected override void CleanUp() => _folder.Delete();
}

public sealed class LocalSnapshotStoreSpecs : StoreContract
{
    private readonly TemporaryFolder _folder = new();

    public LocalSnapshotStoreSpecs() => System = new PersistentSystem($$"""
        akka.persistence.journal.plugin = "akka.persistence.journal.inmem"
        akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.local"
        akka.persistence.snapshot-store.local.dir = "{{_folder.FullPath}}"
        """);

    protected override PersistentSystem System { get; }

    protected override void CleanUp() => _folder.Delete();
}
