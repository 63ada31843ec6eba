using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Journal;
using Akka.Persistence.Snapshot;
using Xunit;

namespace Akka.Embedded.Tests.Persistence;

/// <summary>What a persistent actor and its plugins say to each other, with the test in the actor's place.</summary>
public sealed class ProtocolSpecs() : AkkaSpec("""
    akka.persistence.journal.plugin = "akka.persistence.journal.inmem"
    akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
    """)
{
    private PersistenceExtension Extension => Akka.Persistence.Persistence.Instance.Apply(Sys);

    private IActorRef Journal => Extension.JournalFor("");

    private IActorRef Snapshots => Extension.SnapshotStoreFor("");

    [Fact]
    public void Written_events_are_acknowledged_one_by_one_and_replayed()
    {
        var write = new WriteMessages([new AtomicWrite(Event("a", 1)), new AtomicWrite(Event("b", 2))], TestActor, 7);
        Assert.Equal((TestActor, 7, 2), (write.PersistentActor, write.ActorInstanceId, write.Messages.Count()));
        Journal.Tell(write);
        Assert.Same(WriteMessagesSuccessful.Instance, ExpectMsg<WriteMessagesSuccessful>());
        var first = ExpectMsg<WriteMessageSuccess>();
        Assert.Equal(("a", 7), (first.Persistent.Payload, first.ActorInstanceId));
        Assert.Equal(2, ExpectMsg<WriteMessageSuccess>().Persistent.SequenceNr);

        var replay = new ReplayMessages(1, 10, 5, "p", TestActor);
        Assert.Equal((1, 10, 5), (replay.FromSequenceNr, replay.ToSequenceNr, replay.Max));
        Assert.Equal(("p", TestActor), (replay.PersistenceId, replay.PersistentActor));
        Journal.Tell(replay);
        Assert.Equal("a", ExpectMsg<ReplayedMessage>().Persistent.Payload);
        Assert.Equal("b", ExpectMsg<ReplayedMessage>().Persistent.Payload);
        Assert.Equal(2, ExpectMsg<RecoverySuccess>().HighestSequenceNr);
    }

    [Fact]
    public void Deleted_events_are_acknowledged_and_gone()
    {
        Journal.Tell(new WriteMessages([new AtomicWrite(Event("a", 1))], TestActor, 1));
        ExpectMsg<WriteMessagesSuccessful>();
        ExpectMsg<WriteMessageSuccess>();
        var delete = new DeleteMessagesTo("p", 1, TestActor);
        Assert.Equal(("p", 1, TestActor), (delete.PersistenceId, delete.ToSequenceNr, delete.PersistentActor));
        Journal.Tell(delete);
        Assert.Equal(1, ExpectMsg<DeleteMessagesSuccess>().ToSequenceNr);
        Journal.Tell(new ReplayMessages(1, long.MaxValue, long.MaxValue, "p", TestActor));
        Assert.Equal(1, ExpectMsg<RecoverySuccess>().HighestSequenceNr);
    }

    [Fact]
    public void A_snapshot_is_saved_loaded_and_deleted()
    {
        var metadata = new SnapshotMetadata("p", 3, DateTime.UtcNow);
        var save = new SaveSnapshot(metadata, "state");
        Assert.Equal((metadata, "state"), (save.Metadata, save.Snapshot));
        Snapshots.Tell(save);
        Assert.Equal(3, ExpectMsg<SaveSnapshotSuccess>().Metadata.SequenceNr);

        var load = new LoadSnapshot("p", SnapshotSelectionCriteria.Latest, 10);
        Assert.Equal(("p", 10), (load.PersistenceId, load.ToSequenceNr));
        Assert.Equal(SnapshotSelectionCriteria.Latest, load.Criteria);
        Snapshots.Tell(load);
        var loaded = ExpectMsg<LoadSnapshotResult>();
        Assert.Equal(10, loaded.ToSequenceNr);
        Assert.Equal(("state", "p"), (loaded.Snapshot.Snapshot, loaded.Snapshot.Metadata.PersistenceId));

        Snapshots.Tell(new DeleteSnapshot(metadata));
        Assert.Equal(3, ExpectMsg<DeleteSnapshotSuccess>().Metadata.SequenceNr);
        Snapshots.Tell(load);
        Assert.Null(ExpectMsg<LoadSnapshotResult>().Snapshot);
        Snapshots.Tell(new DeleteSnapshots("p", SnapshotSelectionCriteria.Latest));
        Assert.Equal(SnapshotSelectionCriteria.Latest, ExpectMsg<DeleteSnapshotsSuccess>().Criteria);
    }

    [Fact]
    public void A_missing_store_fails_whatever_it_is_asked()
    {
        var none = Extension.SnapshotStoreFor("akka.persistence.no-snapshot-store");
        none.Tell(new SaveSnapshot(new SnapshotMetadata("p", 1, DateTime.UtcNow), "state"));
        var refusal = ExpectMsg<SaveSnapshotFailure>();
        Assert.IsType<NoSnapshotStore.NoSnapshotStoreException>(refusal.Cause);
        Assert.Equal("p", refusal.Metadata.PersistenceId);
        none.Tell(new DeleteSnapshot(new SnapshotMetadata("p", 1, DateTime.UtcNow)));
        Assert.NotNull(ExpectMsg<DeleteSnapshotFailure>().Cause);
        none.Tell(new DeleteSnapshots("p", SnapshotSelectionCriteria.Latest));
        Assert.NotNull(ExpectMsg<DeleteSnapshotsFailure>().Cause);
    }

    [Fact]
    public void Answers_hold_what_they_are_told()
    {
        var cause = new IOException("the cause");
        var @event = Event("a", 1);
        var metadata = new SnapshotMetadata("p", 1, DateTime.UtcNow);
        var criteria = new SnapshotSelectionCriteria(1);
        Assert.Equal((@event, cause, 7), Parts(new WriteMessageRejected(@event, cause, 7)));
        var failure = new WriteMessageFailure(@event, cause, 7);
        Assert.Equal((@event, cause, 7), (failure.Persistent, failure.Cause, failure.ActorInstanceId));
        var failed = new WriteMessagesFailed(cause, 2);
        Assert.Equal((cause, 2), (failed.Cause, failed.WriteCount));
        var looped = new LoopMessageSuccess("m", 7);
        Assert.Equal(("m", 7), (looped.Message, looped.ActorInstanceId));
        Assert.Equal((@event, 7), (new WriteMessageSuccess(@event, 7).Persistent, 7));
        Assert.Same(cause, new ReplayMessagesFailure(cause).Cause);
        Assert.Equal(3, new RecoverySuccess(3).HighestSequenceNr);
        Assert.Same(@event, new ReplayedMessage(@event).Persistent);
        var undeleted = new DeleteMessagesFailure(cause, 4);
        Assert.Equal((cause, 4), (undeleted.Cause, undeleted.ToSequenceNr));
        Assert.Equal(4, new DeleteMessagesSuccess(4).ToSequenceNr);
        Assert.Same(cause, new LoadSnapshotFailed(cause).Cause);
        Assert.Null(new LoadSnapshotResult(null, 5).Snapshot);
        Assert.Equal((metadata, cause), Parts(new SaveSnapshotFailure(metadata, cause)));
        Assert.Equal(metadata, new SaveSnapshotSuccess(metadata).Metadata);
        var notDeleted = new DeleteSnapshotFailure(metadata, cause);
        Assert.Equal((metadata, cause), (notDeleted.Metadata, notDeleted.Cause));
        Assert.Equal(metadata, new DeleteSnapshotSuccess(metadata).Metadata);
        var noneDeleted = new DeleteSnapshotsFailure(criteria, cause);
        Assert.Equal((criteria, cause), (noneDeleted.Criteria, noneDeleted.Cause));
        Assert.Equal(criteria, new DeleteSnapshotsSuccess(criteria).Criteria);
        Assert.Equal(("p", criteria), Parts(new DeleteSnapshots("p", criteria)));
    }

    [Fact]
    public void Offers_and_criteria_hold_what_they_are_told()
    {
        var time = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        var metadata = new SnapshotMetadata("p", 3, time);
        Assert.Equal(("p", 3, time), (metadata.PersistenceId, metadata.SequenceNr, metadata.Timestamp));
        var offer = new SnapshotOffer(metadata, "state");
        Assert.Equal((metadata, "state"), (offer.Metadata, offer.Snapshot));
        var selected = new SelectedSnapshot(metadata, "state");
        Assert.Equal((metadata, "state"), (selected.Metadata, selected.Snapshot));
        var criteria = new SnapshotSelectionCriteria(5, time, 2, time);
        Assert.Equal((5, time), (criteria.MaxSequenceNr, criteria.MaxTimeStamp));
        Assert.Equal((2, time), (criteria.MinSequenceNr, criteria.MinTimestamp));
        Assert.Equal(0, SnapshotSelectionCriteria.None.MaxSequenceNr);
        var recovery = new Recovery(criteria, 4, 3);
        Assert.Equal((criteria, 4, 3), (recovery.FromSnapshot, recovery.ToSequenceNr, recovery.ReplayMax));
        Assert.Equal(RecoveryCompleted.Instance, RecoveryCompleted.Instance);
    }

    [Fact]
    public void A_representation_is_changed_by_making_another()
    {
        var @event = new Persistent("a", 1, "p", "m", false, TestActor, "w", 9);
        Assert.Equal(("a", 1, "p", "m"), (@event.Payload, @event.SequenceNr, @event.PersistenceId, @event.Manifest));
        Assert.Equal((TestActor, "w", 9), (@event.Sender, @event.WriterGuid, @event.Timestamp));
        Assert.False(@event.IsDeleted);
        IPersistentRepresentation other = @event.WithPayload("b");
        Assert.Equal("b", other.Payload);
        Assert.Equal("n", @event.WithManifest("n").Manifest);
        Assert.Equal(10, @event.WithTimestamp(10).Timestamp);
        var updated = @event.Update(2, "q", true, ActorRefs.NoSender, "v");
        Assert.Equal((2, "q"), (updated.SequenceNr, updated.PersistenceId));
        Assert.Equal((true, "v"), (updated.IsDeleted, updated.WriterGuid));
        Assert.Equal("", Persistent.Undefined);
    }

    [Fact]
    public void An_atomic_write_is_of_one_actor_and_knows_its_range()
    {
        IImmutableList<IPersistentRepresentation> events =
            ImmutableArray.Create<IPersistentRepresentation>(Event("a", 1), Event("b", 2));
        var write = new AtomicWrite(events);
        Assert.Equal((1, 2, 2), (write.LowestSequenceNr, write.HighestSequenceNr, write.Size));
        Assert.Equal("p", write.PersistenceId);
        Assert.Same(ActorRefs.NoSender, ((IPersistentEnvelope)write).Sender);
        Assert.Equal(events, write.Payload);
        Assert.Throws<ArgumentException>(() => new AtomicWrite(ImmutableArray<IPersistentRepresentation>.Empty));
    }

    [Fact]
    public void A_tagged_event_holds_event_and_tags()
    {
        var tagged = new Tagged("a", ["red", "green", "red"]);
        Assert.Equal("a", tagged.Payload);
        Assert.Equal(["green", "red"], tagged.Tags.Order());
        Assert.Equal(["red"], new Tagged("a", ImmutableHashSet.Create("red")).Tags);
    }

    [Fact]
    public void What_a_full_stash_means_can_be_chosen()
    {
        Assert.IsType<ThrowOverflowExceptionStrategy>(Extension.DefaultInternalStashOverflowStrategy);
        Assert.Same(ThrowOverflowExceptionStrategy.Instance, new ThrowExceptionConfigurator().Create(Config.Empty));
        Assert.Same(DiscardToDeadLetterStrategy.Instance, new DiscardConfigurator().Create(Config.Empty));
        Assert.Equal("full", new ReplyToStrategy("full").Response);
        IStashOverflowStrategyConfigurator own = new OwnConfigurator();
        Assert.IsType<ReplyToStrategy>(own.Create(Config.Empty));
    }

    [Fact]
    public void The_extension_names_actors_and_their_plugins()
    {
        Assert.Equal(TestActor.Path.ToStringWithoutAddress(), Extension.PersistenceId(TestActor));
        Assert.Equal("akka.persistence.journal.inmem", Journal.Path.Name);
        Assert.Equal("akka.persistence.snapshot-store.inmem", Snapshots.Path.Name);
        Assert.True(Akka.Persistence.Persistence.DefaultConfig().HasPath("akka.persistence.journal.inmem"));
    }

    private static Persistent Event(string payload, long number) =>
        new Persistent(payload, number, "p", writerGuid: "w");

    private static (IPersistentRepresentation, Exception, int) Parts(WriteMessageRejected answer) =>
        (answer.Persistent, answer.Cause, answer.ActorInstanceId);

    private static (SnapshotMetadata, Exception) Parts(SaveSnapshotFailure answer) => (answer.Metadata, answer.Cause);

    private static (string, SnapshotSelectionCriteria) Parts(DeleteSnapshots request) =>
        (request.PersistenceId, request.Criteria);

    private sealed class OwnConfigurator : IStashOverflowStrategyConfigurator
    {
        public IStashOverflowStrategy Create(Config config) => new ReplyToStrategy("full");
    }
}
