using Akka.Actor;
using Akka.Embedded.Tests.Persistence.Support;
using Akka.Persistence;
using Xunit;

namespace Akka.Embedded.Tests.Persistence;

/// <summary>In which order commands, handlers and stashed messages come.</summary>
public sealed partial class PersistingSpecs : IAsyncLifetime
{
    private readonly PersistentSystem _system = new(UnreliableJournal.Hocon);

    private Notes Notes => _system.Notes;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _system.DisposeAsync();

    [Fact]
    public async Task The_handler_of_Persist_runs_before_the_next_command()
    {
        var actor = await Recovered();
        await CloseJournal();
        actor.Tell(Act(a =>
        {
            a.Tell("event");
            a.Note("command 1");
        }));
        actor.Tell("command 2");
        OpenJournal();

        Assert.Equal(["command 1", "event", "> command 2"], await Notes.Next(3));
    }

    [Fact]
    public async Task Handlers_run_in_the_order_of_the_calls()
    {
        var actor = await Recovered();
        actor.Tell(Act(a =>
        {
            a.PersistAsync(new Happened("a"), a.Remember);
            a.Persist(new Happened("b"), a.Remember);
            a.PersistAllAsync([new Happened("c"), new Happened("d")], a.Remember);
            a.PersistAll([new Happened("e"), new Happened("f")], a.Remember);
            a.DeferAsync("g", a.Note);
        }));

        Assert.Equal(["a", "b", "c", "d", "e", "f", "g"], await Notes.Next(7));
    }

    [Fact]
    public async Task Commands_do_not_wait_for_PersistAsync()
    {
        var actor = await Recovered();
        await CloseJournal();
        actor.Tell(Act(a => a.PersistAsync(new Happened("event"), a.Remember)));
        actor.Tell("command");
        Assert.Equal("> command", await Notes.Next());

        OpenJournal();

        Assert.Equal("event", await Notes.Next());
    }

    [Fact]
    public async Task DeferAsync_waits_for_what_is_pending_and_for_nothing_else()
    {
        var actor = await Recovered();
        actor.Tell(Act(a => a.DeferAsync("at once", what =>
        {
            a.Note(what);
        })));
        Assert.Equal("at once", await Notes.Next());
        await CloseJournal();
        actor.Tell(Act(a =>
        {
            a.PersistAsync(new Happened("event"), a.Remember);
            a.DeferAsync("after it", a.Note);
            a.Note("last line");
        }));
        Assert.Equal("last line", await Notes.Next());

        OpenJournal();

        Assert.Equal(["event", "after it"], await Notes.Next(2));
    }

    [Fact]
    public async Task An_event_persisted_in_a_handler_comes_before_the_next_command()
    {
        var actor = await Recovered();
        await CloseJournal();
        actor.Tell(Act(a => a.Persist(new Happened("outer"), outer =>
        {
            a.Remember(outer);
            a.Tell("inner");
        })));
        actor.Tell("command");
        OpenJournal();

        Assert.Equal(["outer", "inner", "> command"], await Notes.Next(3));
    }

    [Fact]
    public async Task The_sender_in_a_handler_is_the_commands_sender()
    {
        var actor = await Recovered();

        var answer = await actor.Ask<string>(
            Act(a => a.Persist(new Happened("event"), e => a.Asker.Tell($"did {e}"))), TimeSpan.FromSeconds(30));

        Assert.Equal("did event", answer);
    }

    [Fact]
    public async Task Many_commands_that_wait_keep_their_order()
    {
        var actor = await Recovered();
        await CloseJournal();
        actor.Tell(Act(a => a.Tell("first")));
        for (var n = 0; n < 200; n++)
        {
            var number = n;
            actor.Tell(Act(a => a.Tell($"{number}")));
        }

        OpenJournal();

        Assert.Equal(Enumerable.Range(0, 200).Select(n => $"{n}").Prepend("first"), await Notes.Next(201));
    }

    [Fact]
    public async Task Nothing_persisted_is_nothing_to_wait_for()
    {
        var actor = await Recovered();
        actor.Tell(Act(a =>
        {
            a.PersistAll(Array.Empty<Happened>(), a.Remember);
            // There is no write of no events: the plural asynchronous form refuses it.
            Assert.Throws<ArgumentException>(() => a.PersistAllAsync(Array.Empty<Happened>(), a.Remember));
        }));
        actor.Tell("command");

        Assert.Equal("> command", await Notes.Next());
    }

    [Fact]
    public async Task What_the_actor_unstashes_comes_before_the_commands_that_waited()
    {
        var actor = _system.Actors.ActorOf(Props.Create(() => new Locked(_system.Notes)));
        foreach (var command in new[] { "a", "b", "unlock", "c" })
            actor.Tell(command);

        Assert.Equal(["unlocked", "a", "b", "c"], await Notes.Next(4));
    }

    [Fact]
    public async Task The_number_of_the_last_event_counts_those_whose_handler_ran()
    {
        var actor = await Recovered();
        actor.Tell(Act(a =>
        {
            a.Persist(new Happened("a"), _ => a.Note($"{a.LastSequenceNr} {a.SnapshotSequenceNr}"));
            a.Persist(new Happened("b"), _ => a.Note($"{a.LastSequenceNr} {a.SnapshotSequenceNr}"));
            a.Note($"{a.LastSequenceNr} {a.IsRecovering} {a.IsRecoveryFinished}");
        }));

        Assert.Equal(["0 False True", "1 1", "2 2"], await Notes.Next(3));
    }

    private async Task<IActorRef> Recovered()
    {
        var actor = _system.Start("persisting");
        await Notes.Until("< completed 0");
        return actor;
    }

    private async Task CloseJournal() => await Journal.Ask<string>("close", TimeSpan.FromSeconds(30));

    private void OpenJournal() => Journal.Tell("open");

    private IActorRef Journal => Akka.Persistence.Persistence.Instance.Apply(_system.Actors).JournalFor(null);

    private static Action<Storyteller> Act(Action<Storyteller> action) => action;

    /// <summary>Stashes commands until it is unlocked by an event.</summary>
    private sealed class Locked(Notes notes) : UntypedPersistentActor
    {
        private bool _unlocked;

        public override string PersistenceId => "locked";

        protected override void OnCommand(object message)
        {
            if (message is "unlock")
            {
                Persist(new Happened("unlocked"), happened =>
                {
                    _unlocked = true;
                    notes.Add(happened.What);
                    Stash.UnstashAll();
                });
            }
            else if (_unlocked)
            {
                notes.Add($"{message}");
            }
            else
            {
                Stash.Stash();
            }
        }

        protected override void OnRecover(object message)
        {
        }
    }
}
