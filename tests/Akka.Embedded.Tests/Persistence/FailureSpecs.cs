using Akka.Actor;
using Akka.Embedded.Tests.Persistence.Support;
using Akka.Persistence;
using Xunit;

namespace Akka.Embedded.Tests.Persistence;

/// <summary>What becomes of an actor whose journal or whose own code fails.</summary>
public sealed class FailureSpecs : IAsyncLifetime
{
    private readonly PersistentSystem _system = new(UnreliableJournal.Hocon);

    private Notes Notes => _system.Notes;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _system.DisposeAsync();

    [Fact]
    public async Task A_failed_write_is_told_and_stops_the_actor()
    {
        var actor = await Told("f-1", "one");
        actor.Tell(Act(a => a.Tell("fail")));

        Assert.Equal(["failure of fail at 2: the disk is gone", "stopped"], await Notes.Next(2));

        _system.Start("f-1");
        Assert.Equal(["< one", "< replayed", "< completed 1"], await Notes.Next(3));
    }

    [Fact]
    public async Task Nothing_of_a_failed_PersistAll_is_told_again()
    {
        var actor = await Told("f-2", "one");
        actor.Tell(Act(a => a.PersistAll([new Happened("two"), new Happened("fail")], a.Remember)));

        Assert.Equal("failure of two at 2: the disk is gone", await Notes.Next());
        await Notes.Until("stopped");

        _system.Start("f-2");
        Assert.Equal(["< one", "< replayed", "< completed 1"], await Notes.Next(3));
    }

    [Fact]
    public async Task A_rejected_event_is_told_and_the_actor_goes_on()
    {
        var actor = await Told("f-3", "one");
        actor.Tell(Act(a => a.Tell("reject")));
        actor.Tell(Act(a => a.Tell("three")));

        Assert.Equal(["rejection of reject at 2: not this one", "three"], await Notes.Next(2));
    }

    [Fact]
    public async Task A_journal_that_cannot_be_read_stops_the_actor()
    {
        _system.Start("unreadable");

        Assert.Equal(["no recovery: the disk cannot be read", "stopped"], await Notes.Next(2));
    }

    [Fact]
    public async Task An_actor_that_fails_on_its_own_past_is_stopped()
    {
        await PersistentSystem.Stop(await Told("f-4", "unbearable"));
        await Notes.Until("stopped");

        _system.Start("f-4");

        Assert.Equal(["no recovery at unbearable: cannot bear this", "stopped"], await Notes.Next(2));
    }

    [Fact]
    public async Task An_actor_that_throws_in_a_handler_is_restarted_and_told_its_events()
    {
        var actor = await Told("f-5", "one");
        actor.Tell(Act(a => a.Persist(new Happened("two"), _ => throw new InvalidOperationException("oh"))));
        actor.Tell("after");

        Assert.Equal(
            ["restart after oh", "stopped", "< one", "< two", "< replayed", "< completed 2", "> after"],
            await Notes.Next(7));
    }

    [Fact]
    public async Task What_a_command_persisted_before_it_threw_is_there_after_the_restart()
    {
        var actor = await Told("f-6", "one");
        actor.Tell(Act(a =>
        {
            a.PersistAsync(new Happened("two"), a.Remember);
            throw new InvalidOperationException("oh");
        }));

        Assert.Equal(
            ["restart after oh", "stopped", "< one", "< two", "< replayed", "< completed 2"], await Notes.Next(6));
    }

    [Fact]
    public async Task Persisting_while_recovering_is_refused()
    {
        var fault = new TaskCompletionSource<Exception>();
        _system.Actors.ActorOf(Props.Create(() => new Hasty(fault)));

        Assert.IsType<InvalidOperationException>(await fault.Task.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_journal_that_fails_again_and_again_is_left_alone_for_a_while()
    {
        const string Impatient = "akka.persistence.journal.unreliable.circuit-breaker.max-failures = 2";
        await using var system = new PersistentSystem($"{UnreliableJournal.Hocon}\n{Impatient}");
        for (var n = 0; n < 2; n++)
        {
            system.Start($"unreadable-{n}");
            await system.Notes.Until("stopped");
        }

        system.Start("f-9");

        Assert.StartsWith("no recovery: Circuit Breaker is open", await system.Notes.Next(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Snapshots_without_a_store_fail_and_the_actor_goes_on()
    {
        var actor = await Told("f-7", "one", "akka.persistence.no-snapshot-store");
        actor.Tell(Act(a => a.SaveSnapshot(new Told(["one"]))));

        Assert.Equal("> not saved: No snapshot store configured.", await Notes.Next());
    }

    [Fact]
    public async Task A_plugin_that_is_not_configured_fails_the_actors_start()
    {
        var watcher = await _system.Actors.ActorOf(Props.Create(() => new Watcher()))
            .Ask<string>(Storyteller.For("f-8", Notes, journal: "no.such.journal"), TimeSpan.FromSeconds(30));

        Assert.Equal("terminated", watcher);
    }

    private async Task<IActorRef> Told(string id, string what, string snapshots = "")
    {
        var actor = _system.Start(id, snapshots: snapshots);
        actor.Tell(Act(a => a.Tell(what)));
        await Notes.Until(what);
        return actor;
    }

    private static Action<Storyteller> Act(Action<Storyteller> action) => action;

    /// <summary>Persists too early, in the answer to an event of the past.</summary>
    private sealed class Hasty(TaskCompletionSource<Exception> fault) : UntypedPersistentActor
    {
        public override string PersistenceId => "hasty";

        protected override void PreStart()
        {
            try
            {
                Persist(new Happened("too early"), _ => { });
            }
            catch (InvalidOperationException refused)
            {
                fault.TrySetResult(refused);
            }
        }

        protected override void OnCommand(object message)
        {
        }

        protected override void OnRecover(object message)
        {
        }
    }

    /// <summary>Starts a child and tells when it is gone.</summary>
    private sealed class Watcher : UntypedActor
    {
        private IActorRef _asker = ActorRefs.Nobody;

        protected override void OnReceive(object message)
        {
            if (message is Props props)
            {
                _asker = Sender;
                Context.Watch(Context.ActorOf(props));
            }
            else if (message is Terminated)
            {
                _asker.Tell("terminated");
            }
        }

        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);
    }
}
