using Akka.Actor;
using Akka.Event;

namespace Akka.Persistence;

public abstract partial class Eventsourced
{
    private readonly MessageStash _internalStash;
    private PersistentStash? _stash;

    /// <summary>The actor's stash; what it unstashes comes before the commands that waited for events.</summary>
    public IStash Stash
    {
        get => _stash!;
        set => _stash = new PersistentStash(value, _internalStash);
    }

    /// <summary>What becomes of a command that finds the internal stash full.</summary>
    public virtual IStashOverflowStrategy InternalStashOverflowStrategy =>
        Extension.DefaultInternalStashOverflowStrategy;

    public override void AroundPreStart()
    {
        if (PersistenceId is null)
            throw new ArgumentNullException($"PersistenceId is [null] for PersistentActor [{Self.Path}]");
        // A missing plugin is to fail the start, not the first event.
        _ = Journal;
        _ = SnapshotStore;
        RequestPermit();
        base.AroundPreStart();
    }

    public override void AroundPreRestart(Exception cause, object message)
    {
        try
        {
            _recoveryTimer?.Cancel();
            _pace?.Abandon();
            UnstashForNextLife();
        }
        finally
        {
            FlushJournalBatch();
            base.AroundPreRestart(cause, message switch
            {
                WriteMessageSuccess success => success.Persistent,
                LoopMessageSuccess looped => looped.Message,
                ReplayedMessage replayed => replayed.Persistent,
                _ => message
            });
        }
    }

    public override void AroundPostRestart(Exception reason, object message)
    {
        RequestPermit();
        base.AroundPostRestart(reason, message);
    }

    public override void AroundPostStop()
    {
        try
        {
            _recoveryTimer?.Cancel();
            _pace?.Abandon();
            UnstashForNextLife();
        }
        finally
        {
            base.AroundPostStop();
        }
    }

    protected override void Unhandled(object message)
    {
        switch (message)
        {
            case RecoveryCompleted:
                return;
            case SaveSnapshotFailure failure:
                Log.Warning("Failed to SaveSnapshot [{0}] due to: [{1}]", failure.Metadata, failure.Cause);
                break;
            case DeleteSnapshotFailure failure:
                Log.Warning("Failed to DeleteSnapshot [{0}] due to: [{1}]", failure.Metadata, failure.Cause);
                break;
            case DeleteSnapshotsFailure failure:
                Log.Warning("Failed to DeleteSnapshots [{0}] due to: [{1}]", failure.Criteria, failure.Cause);
                break;
            case DeleteMessagesFailure failure:
                Log.Warning(
                    "Failed to DeleteMessages ToSequenceNr [{0}] for PersistenceId [{1}] due to: [{2}]",
                    failure.ToSequenceNr,
                    PersistenceId,
                    failure.Cause);
                break;
        }

        base.Unhandled(message);
    }

    private void UnstashForNextLife()
    {
        // One of them may have been given back and not received yet: it stays the first.
        _internalStash.UnstashRest();
        _stash?.UnstashAll(envelope => envelope.Message is not (WriteMessageSuccess or ReplayedMessage));
    }

    private void StashInternally(object message)
    {
        try
        {
            _internalStash.Stash();
        }
        catch (StashOverflowException) when (InternalStashOverflowStrategy is DiscardToDeadLetterStrategy)
        {
            Context.System.DeadLetters.Tell(new DeadLetter(message, Sender, Self), Sender);
        }
        catch (StashOverflowException) when (InternalStashOverflowStrategy is ReplyToStrategy)
        {
            Sender.Tell(((ReplyToStrategy)InternalStashOverflowStrategy).Response);
        }
    }

    private void Unstash(bool all)
    {
        if (all)
            _internalStash.UnstashAll();
        else
            _internalStash.Unstash();
    }

    /// <summary>
    /// Commands leave the internal stash one by one; what the actor unstashes must come before those still in it.
    /// </summary>
    private sealed class PersistentStash(IStash own, IStash @internal) : IStash
    {
        public int Count => own.Count;

        public bool IsEmpty => own.IsEmpty;

        public bool NonEmpty => own.NonEmpty;

        public bool IsFull => own.IsFull;

        public int Capacity => own.Capacity;

        public void Stash() => own.Stash();

        public void Unstash() => own.Unstash();

        public void UnstashAll() => @internal.Prepend(ClearStash());

        public void UnstashAll(Func<Envelope, bool> predicate) => own.UnstashAll(predicate);

        public IEnumerable<Envelope> ClearStash() => own.ClearStash();

        public void Prepend(IEnumerable<Envelope> envelopes) => own.Prepend(envelopes);
    }
}
