using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Persistence;
using Akka.Persistence.Journal;
using Akka.Persistence.Snapshot;
using Xunit;

namespace Akka.Embedded.Tests.Persistence;

/// <summary>What a persistent actor knows of itself, and plugins of one's own.</summary>
public sealed class PersistentActorSpecs() : AkkaSpec($$"""
    akka.persistence.journal.plugin = "own-journal"
    own-journal.class = "{{typeof(OwnJournal).AssemblyQualifiedName}}"
    akka.persistence.snapshot-store.plugin = "own-snapshots"
    own-snapshots.class = "{{typeof(OwnSnapshots).AssemblyQualifiedName}}"
    akka.loglevel = OFF
    """)
{
    [Fact]
    public void It_knows_its_identity_and_its_plugins()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Plain("id-1", TestActor)));
        ExpectMsg("recovered 0");
        actor.Tell("describe");
        ExpectMsg("id-1 id-1 own-journal own-snapshots 0 False True");
    }

    [Fact]
    public void Journals_and_snapshot_stores_may_be_ones_own()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Plain("id-2", TestActor)));
        ExpectMsg("recovered 0");
        actor.Tell("one");
        ExpectMsg("persisted one");
        actor.Tell("snapshot");
        ExpectMsg("saved 1");
        actor.Tell("two");
        ExpectMsg("persisted two");
        Stop(actor);

        var second = Sys.ActorOf(Props.Create(() => new Plain("id-2", TestActor)));
        ExpectMsg("offered state of 1");
        ExpectMsg("replayed two");
        ExpectMsg("recovered 2");
        second.Tell("load");
        ExpectMsg("loaded state");
        second.Tell("forget");
        ExpectMsgAllOf("forgot the snapshot", "forgot the snapshots", "forgot to 2");
    }

    [Fact]
    public void A_behavior_may_be_put_over_another()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Moody(TestActor)));
        actor.Tell("a");
        ExpectMsg("calm a");
        actor.Tell("up");
        actor.Tell("a");
        ExpectMsg("up a");
        actor.Tell("down");
        actor.Tell("over");
        actor.Tell("a");
        ExpectMsg("over a");
    }

    [Fact]
    public void Handlers_for_all_events_and_commands_may_be_declared()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Any(TestActor)));
        ExpectMsg("told RecoveryCompleted");
        actor.Tell("a");
        ExpectMsg("any a");
        actor.Tell("stack");
        actor.Tell("b");
        ExpectMsg("stacked b");
        actor.Tell("pop");
        actor.Tell("c");
        ExpectMsg("any c");
    }

    [Fact]
    public void A_handler_that_awaits_holds_commands_back()
    {
        var gate = new TaskCompletionSource();
        var actor = Sys.ActorOf(Props.Create(() => new Tasked(TestActor, gate.Task)));
        actor.Tell("wait");
        actor.Tell("next");
        gate.SetResult();
        ExpectMsg("waited");
        ExpectMsg("next");
    }

    [Fact]
    public void A_fault_within_many_is_taken_out_of_them()
    {
        var cause = new IOException("the cause");
        Assert.Same(cause, OwnJournal.Unwrapped(new AggregateException(cause)));
        Assert.Same(cause, OwnJournal.Unwrapped(cause));
    }

    private void Stop(IActorRef actor)
    {
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
    }

    private sealed class Plain(string id, IActorRef test) : PersistentActor
    {
        public override string PersistenceId => id;

        protected override bool ReceiveRecover(object message)
        {
            test.Tell(message switch
            {
                SnapshotOffer offer => $"offered {offer.Snapshot} of {offer.Metadata.SequenceNr}",
                RecoveryCompleted => $"recovered {LastSequenceNr}",
                _ => $"replayed {message}"
            });
            return true;
        }

        protected override bool ReceiveCommand(object message)
        {
            switch (message)
            {
                case "describe":
                    Log.Debug("{0} is asked", Self);
                    Assert.NotNull(Extension);
                    test.Tell($"{PersistenceId} {SnapshotterId} {Journal.Path.Name} "
                        + $"{SnapshotStore.Path.Name} {SnapshotSequenceNr} {IsRecovering} {IsRecoveryFinished}");
                    break;
                case "snapshot":
                    SaveSnapshot("state");
                    break;
                case "load":
                    LoadSnapshot(id, SnapshotSelectionCriteria.Latest, long.MaxValue);
                    break;
                case "forget":
                    DeleteSnapshot(1);
                    DeleteSnapshots(SnapshotSelectionCriteria.Latest);
                    DeleteMessages(2);
                    break;
                case SaveSnapshotSuccess saved: test.Tell($"saved {saved.Metadata.SequenceNr}"); break;
                case LoadSnapshotResult loaded: test.Tell($"loaded {loaded.Snapshot.Snapshot}"); break;
                case DeleteSnapshotSuccess: test.Tell("forgot the snapshot"); break;
                case DeleteSnapshotsSuccess: test.Tell("forgot the snapshots"); break;
                case DeleteMessagesSuccess deleted: test.Tell($"forgot to {deleted.ToSequenceNr}"); break;
                default: Persist(message, persisted => test.Tell($"persisted {persisted}")); break;
            }

            return true;
        }
    }

    private sealed class Moody(IActorRef test) : UntypedPersistentActor
    {
        public override string PersistenceId => "moody";

        protected override void OnRecover(object message)
        {
        }

        protected override void OnCommand(object message)
        {
            switch (message)
            {
                case "up": BecomeStacked(Up); break;
                case "over": Become(Over); break;
                default: test.Tell($"calm {message}"); break;
            }
        }

        private void Up(object message)
        {
            if (message is "down")
                Context.UnbecomeStacked();
            else
                test.Tell($"up {message}");
        }

        private void Over(object message) => test.Tell($"over {message}");
    }

    private sealed class Any : ReceivePersistentActor
    {
        public Any(IActorRef test)
        {
            RecoverAny(message => test.Tell($"told {message.GetType().Name}"));
            Command<string>(text => text == "stack", _ => BecomeStacked(() =>
            {
                Command<string>(text => text == "pop", _ => Context.UnbecomeStacked());
                CommandAny(command => test.Tell($"stacked {command}"));
            }));
            CommandAnyAsync(async command =>
            {
                await Task.Yield();
                test.Tell($"any {command}");
            });
        }

        public override string PersistenceId => "any";
    }

    private sealed class Tasked(IActorRef test, Task gate) : UntypedPersistentActor
    {
        public override string PersistenceId => "tasked";

        protected override void OnRecover(object message)
        {
        }

        protected override void OnCommand(object message)
        {
            if (message is "wait")
            {
                RunTask(async () =>
                {
                    await gate;
                    test.Tell("waited");
                });
            }
            else
            {
                test.Tell(message);
            }
        }
    }
}

/// <summary>A journal of one's own, over the one in memory.</summary>
public sealed class OwnJournal : MemoryJournal
{
    protected override ConcurrentDictionary<string, LinkedList<IPersistentRepresentation>> Messages { get; } = new();

    public static Exception Unwrapped(Exception fault) => TryUnwrapException(fault);

    protected override bool ReceivePluginInternal(object message) => base.ReceivePluginInternal(message);

    protected override Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages) =>
        base.WriteMessagesAsync(messages);

    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr) =>
        base.DeleteMessagesToAsync(persistenceId, toSequenceNr);
}

/// <summary>A snapshot store of one's own, which keeps one snapshot of each actor.</summary>
public sealed class OwnSnapshots : SnapshotStore
{
    private readonly ConcurrentDictionary<string, SelectedSnapshot> _snapshots = new();

    protected override Task<SelectedSnapshot> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria) =>
        Task.FromResult(_snapshots.GetValueOrDefault(persistenceId)!);

    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot)
    {
        _snapshots[metadata.PersistenceId] = new SelectedSnapshot(metadata, snapshot);
        return Task.CompletedTask;
    }

    protected override Task DeleteAsync(SnapshotMetadata metadata) => Task.CompletedTask;

    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        _snapshots.TryRemove(persistenceId, out _);
        return Task.CompletedTask;
    }

    protected override bool ReceivePluginInternal(object message) => base.ReceivePluginInternal(message);
}
