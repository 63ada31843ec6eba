using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;

namespace Akka.Persistence;

/// <summary>
/// An actor whose state is the sum of its events: it persists what happens, is told all of it again when it starts
/// anew, and handles no other command while one of its events is on the way to the journal.
/// </summary>
/// <remarks>Its other parts: Recovery (the way to the first command), Processing (commands and the journal's answers),
/// Lifecycle (start, restart, stop, the two stashes).</remarks>
public abstract partial class Eventsourced : ActorBase, IPersistentIdentity, IPersistenceStash, IPersistenceRecovery
{
    private static int s_instances;

    private readonly int _instanceId = Interlocked.Increment(ref s_instances);
    private readonly string _writerGuid = Guid.NewGuid().ToString();
    private IActorRef? _journal;
    private IActorRef? _snapshotStore;
    private long _sequenceNr;

    protected Eventsourced()
    {
        Extension = Persistence.Instance.Apply(Context.System);
        Log = Context.GetLogger();
        _internalStash = (MessageStash)Context.CreateStash(GetType());
    }

    protected PersistenceExtension Extension { get; }

    protected virtual ILoggingAdapter Log { get; }

    /// <inheritdoc/>
    public abstract string PersistenceId { get; }

    public virtual Recovery Recovery => Recovery.Default;

    /// <summary>The configuration path of the journal; empty for the default one.</summary>
    public string JournalPluginId { get; protected set; } = null!;

    /// <summary>The configuration path of the snapshot store; empty for the default one.</summary>
    public string SnapshotPluginId { get; protected set; } = null!;

    public IActorRef Journal => _journal ??= Extension.JournalFor(JournalPluginId);

    public IActorRef SnapshotStore => _snapshotStore ??= Extension.SnapshotStoreFor(SnapshotPluginId);

    public string SnapshotterId => PersistenceId;

    public bool IsRecovering => _phase < Phase.Processing;

    public bool IsRecoveryFinished => !IsRecovering;

    /// <summary>The number of the latest event whose handler has run, or which was replayed.</summary>
    public long LastSequenceNr { get; private set; }

    public long SnapshotSequenceNr => LastSequenceNr;

    /// <summary>
    /// Writes an event, then calls the handler; commands that come meanwhile wait. The sender is still the command's.
    /// </summary>
    public void Persist<TEvent>(TEvent @event, Action<TEvent> handler)
    {
        RequireRecovered();
        Expect(handler, stashing: true);
        _eventBatch.Add(new AtomicWrite(Representation(@event!)));
    }

    /// <summary>As <see cref="Persist{TEvent}"/>, for several events that are written all or not at all.</summary>
    /// <remarks>No events at all are nothing to wait for.</remarks>
    public void PersistAll<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler) =>
        WriteAll(events ?? [], handler, stashing: true);

    /// <summary>Writes an event and later calls the handler; commands that come meanwhile do not wait.</summary>
    public void PersistAsync<TEvent>(TEvent @event, Action<TEvent> handler)
    {
        RequireRecovered();
        Expect(handler, stashing: false);
        _eventBatch.Add(new AtomicWrite(Representation(@event!)));
    }

    /// <summary>As <see cref="PersistAsync{TEvent}"/>, for several events that are written all or not at all.</summary>
    /// <exception cref="ArgumentException">
    /// There are no events, which <see cref="PersistAll{TEvent}"/> lets pass.
    /// </exception>
    public void PersistAllAsync<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler) =>
        WriteAll(events, handler, stashing: false);

    /// <summary>
    /// Calls the handler when those of all events persisted before have been called, and at once where there are none.
    /// Nothing is written.
    /// </summary>
    public void DeferAsync<TEvent>(TEvent evt, Action<TEvent> handler)
    {
        RequireRecovered();
        if (_pendingHandlers.Count == 0)
        {
            handler(evt);
            return;
        }

        Expect(handler, stashing: false);
        _eventBatch.Add(new NonPersistentMessage(evt!, Sender));
    }

    /// <summary>Asks for a snapshot, which comes as a <see cref="SnapshotOffer"/>.</summary>
    public void LoadSnapshot(string persistenceId, SnapshotSelectionCriteria criteria, long toSequenceNr) =>
        SnapshotStore.Tell(new LoadSnapshot(persistenceId, criteria, toSequenceNr));

    /// <summary>
    /// Stores the state as it is after <see cref="SnapshotSequenceNr"/>; the answer is a
    /// <see cref="SaveSnapshotSuccess"/> or <see cref="SaveSnapshotFailure"/>.
    /// </summary>
    public void SaveSnapshot(object snapshot)
    {
        var now = Context.System.Scheduler.Now.UtcDateTime;
        SnapshotStore.Tell(new SaveSnapshot(new SnapshotMetadata(SnapshotterId, SnapshotSequenceNr, now), snapshot));
    }

    public void DeleteSnapshot(long sequenceNr)
    {
        var anyTime = DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc);
        SnapshotStore.Tell(new DeleteSnapshot(new SnapshotMetadata(SnapshotterId, sequenceNr, anyTime)));
    }

    public void DeleteSnapshots(SnapshotSelectionCriteria criteria) =>
        SnapshotStore.Tell(new DeleteSnapshots(SnapshotterId, criteria));

    /// <summary>
    /// Deletes the events up to a number, it included; the answer is a <see cref="DeleteMessagesSuccess"/> or
    /// <see cref="DeleteMessagesFailure"/>. Numbers are not used again.
    /// </summary>
    public void DeleteMessages(long toSequenceNr)
    {
        if (toSequenceNr != long.MaxValue && toSequenceNr > LastSequenceNr)
        {
            var refusal = $"toSequenceNr [{toSequenceNr}] must not be above LastSequenceNr [{LastSequenceNr}]";
            Self.Tell(new DeleteMessagesFailure(new InvalidOperationException(refusal), toSequenceNr));
            return;
        }

        Journal.Tell(new DeleteMessagesTo(PersistenceId, Math.Min(toSequenceNr, LastSequenceNr), Self));
    }

    /// <summary>Told the past: <see cref="SnapshotOffer"/>, events, at last <see cref="RecoveryCompleted"/>.</summary>
    protected abstract bool ReceiveRecover(object message);

    /// <summary>Told what comes from now on.</summary>
    protected abstract bool ReceiveCommand(object message);

    /// <summary>Called when all events are replayed, before <see cref="RecoveryCompleted"/>.</summary>
    protected virtual void OnReplaySuccess()
    {
    }

    /// <summary>Called when the past could not be told; the actor is stopped after it.</summary>
    /// <param name="reason">What went wrong.</param>
    /// <param name="message">The event whose handling failed, if it was that.</param>
    protected virtual void OnRecoveryFailure(Exception reason, object? message = null)
    {
        if (message is null)
        {
            Log.Error(
                reason,
                "Persistence failure when replaying events for persistenceId [{0}]. Last known sequence number [{1}]",
                PersistenceId,
                LastSequenceNr);
            return;
        }

        Log.Error(
            reason,
            "Exception in ReceiveRecover on event type [{0}] with sequence number [{1}] for persistenceId [{2}]",
            message.GetType(),
            LastSequenceNr,
            PersistenceId);
    }

    /// <summary>
    /// Called when an event could not be written; the actor is stopped after it, since nobody knows what the journal
    /// has.
    /// </summary>
    protected virtual void OnPersistFailure(Exception cause, object @event, long sequenceNr) => Log.Error(
        cause,
        "Failed to persist event type [{0}] with sequence number [{1}] for persistenceId [{2}].",
        @event.GetType(),
        sequenceNr,
        PersistenceId);

    /// <summary>Called when the journal did not take an event, as it cannot be serialised. The actor goes on.</summary>
    protected virtual void OnPersistRejected(Exception cause, object @event, long sequenceNr) => Log.Error(
        cause,
        "Rejected to persist event type [{0}] with sequence number [{1}] for persistenceId [{2}] due to [{3}].",
        @event.GetType(),
        sequenceNr,
        PersistenceId,
        cause.Message);

    private void WriteAll<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler, bool stashing)
    {
        RequireRecovered();
        var representations = ImmutableArray.CreateBuilder<IPersistentRepresentation>();
        foreach (var @event in events)
        {
            Expect(handler, stashing);
            representations.Add(Representation(@event!));
        }

        if (representations.Count > 0 || !stashing)
            _eventBatch.Add(new AtomicWrite(representations.ToImmutable()));
    }

    private Persistent Representation(object payload) => new(
        payload, sequenceNr: ++_sequenceNr, persistenceId: PersistenceId, sender: Sender, writerGuid: _writerGuid);

    private void Expect<TEvent>(Action<TEvent> handler, bool stashing)
    {
        _pendingHandlers.Enqueue(new PendingHandler(payload => handler((TEvent)payload), stashing));
        if (stashing)
            _pendingStashing++;
    }

    private void RequireRecovered()
    {
        if (IsRecovering)
        {
            throw new InvalidOperationException(
                "Cannot persist during replay. Events can be persisted when receiving RecoveryCompleted or later.");
        }
    }

    private void UpdateLastSequenceNr(IPersistentRepresentation persistent) =>
        LastSequenceNr = Math.Max(LastSequenceNr, persistent.SequenceNr);

    private sealed record PendingHandler(Action<object> Handle, bool Stashing);
}
