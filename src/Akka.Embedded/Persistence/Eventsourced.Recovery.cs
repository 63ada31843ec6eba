using Akka.Actor;

namespace Akka.Persistence;

public abstract partial class Eventsourced
{
    private Phase _phase = Phase.AwaitingPermit;
    private ICancelable? _recoveryTimer;
    private ReplayPace? _pace;
    private bool _eventSeenSinceTick;

    /// <summary>In the order in which an actor goes through them; the last two alternate.</summary>
    private enum Phase
    {
        AwaitingPermit,
        LoadingSnapshot,
        Replaying,
        Processing,
        Persisting
    }

    protected internal override bool AroundReceive(Receive receive, object message)
    {
        if (message is IRecoveryAnswer { ForInstance: not 0 and var instance } && instance != _instanceId)
            return true;
        switch (_phase)
        {
            case Phase.AwaitingPermit: AwaitPermit(message); break;
            case Phase.LoadingSnapshot or Phase.Replaying: GuardRecovery(message); break;
            case Phase.Processing: ProcessCommand(receive, message); break;
            default: AwaitWrites(message); break;
        }

        return true;
    }

    private void RequestPermit()
    {
        _phase = Phase.AwaitingPermit;
        Extension.RecoveryPermitter.Tell(new RequestRecoveryPermit(_instanceId), Self);
    }

    private void ReturnPermit() => Extension.RecoveryPermitter.Tell(ReturnRecoveryPermit.Instance, Self);

    private void AwaitPermit(object message)
    {
        if (message is not RecoveryPermitGranted)
        {
            StashInternally(message);
            return;
        }

        _phase = Phase.LoadingSnapshot;
        StartTimer(repeated: false, new RecoveryTick(true));
        SnapshotStore.Tell(new LoadSnapshot(SnapshotterId, Recovery.FromSnapshot, Recovery.ToSequenceNr)
        {
            ForInstance = _instanceId
        });
    }

    private void GuardRecovery(object message)
    {
        try
        {
            if (_phase == Phase.LoadingSnapshot)
                AwaitSnapshot(message);
            else
                AwaitEvents(message);
        }
        catch
        {
            _recoveryTimer?.Cancel();
            ReturnPermit();
            throw;
        }
    }

    private void AwaitSnapshot(object message)
    {
        switch (message)
        {
            case LoadSnapshotResult result:
                _recoveryTimer?.Cancel();
                if (result.Snapshot is { } snapshot && !TryOffer(snapshot))
                    return;
                StartReplay(result.ToSequenceNr);
                break;
            case LoadSnapshotFailed failed:
                GiveUp(failed.Cause);
                break;
            case RecoveryTick { Snapshot: true }:
                GiveUp(TimedOut("didn't get snapshot"));
                break;
            default:
                StashInternally(message);
                break;
        }
    }

    private bool TryOffer(SelectedSnapshot snapshot)
    {
        var offer = new SnapshotOffer(snapshot.Metadata, snapshot.Snapshot);
        var before = LastSequenceNr;
        LastSequenceNr = snapshot.Metadata.SequenceNr;
        try
        {
            if (!base.AroundReceive(ReceiveRecover, offer))
                LastSequenceNr = before;
            return true;
        }
#pragma warning disable CA1031 // Whatever the actor throws on its snapshot, it cannot start from it.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            GiveUp(fault);
            return false;
        }
    }

    private void StartReplay(long toSequenceNr)
    {
        _phase = Phase.Replaying;
        StartTimer(repeated: true, new RecoveryTick(false));
        _pace = new ReplayPace();
        Journal.Tell(new ReplayMessages(LastSequenceNr + 1, toSequenceNr, Recovery.ReplayMax, PersistenceId, Self)
        {
            ForInstance = _instanceId,
            Pace = _pace
        });
    }

    private void AwaitEvents(object message)
    {
        switch (message)
        {
            case ReplayedMessage replayed:
                Replay(replayed.Persistent);
                _pace?.Handled();
                break;
            case RecoverySuccess success:
                CompleteRecovery(success.HighestSequenceNr);
                break;
            case ReplayMessagesFailure failure:
                GiveUp(failure.Cause);
                break;
            case RecoveryTick { Snapshot: false } when !_eventSeenSinceTick:
                GiveUp(TimedOut($"didn't get event, highest sequence number seen {LastSequenceNr}"));
                break;
            case RecoveryTick { Snapshot: false }:
                _eventSeenSinceTick = false;
                break;
            case RecoveryTick:
                // Of the wait for the snapshot, which came in time.
                break;
            default:
                StashInternally(message);
                break;
        }
    }

    private void Replay(IPersistentRepresentation persistent)
    {
        _eventSeenSinceTick = true;
        UpdateLastSequenceNr(persistent);
        try
        {
            base.AroundReceive(ReceiveRecover, persistent.Payload);
        }
#pragma warning disable CA1031 // An actor that fails on its own past would do so again: it is stopped, not restarted.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            GiveUp(fault, persistent.Payload);
        }
    }

    private void CompleteRecovery(long highestSequenceNr)
    {
        _recoveryTimer?.Cancel();
        _pace = null;
        OnReplaySuccess();
        LastSequenceNr = Math.Max(highestSequenceNr, LastSequenceNr);
        _sequenceNr = LastSequenceNr;
        _phase = Phase.Processing;
        try
        {
            base.AroundReceive(ReceiveRecover, RecoveryCompleted.Instance);
        }
        finally
        {
            // Also after a fault: the supervisor may let the actor go on.
            FlushBatch();
            if (_pendingStashing > 0)
                _phase = Phase.Persisting;
            else
                _internalStash.UnstashAll();
        }

        ReturnPermit();
    }

    private void GiveUp(Exception cause, object? message = null)
    {
        _recoveryTimer?.Cancel();
        try
        {
            OnRecoveryFailure(cause, message);
        }
        finally
        {
            Context.Stop(Self);
        }

        ReturnPermit();
    }

    private void StartTimer(bool repeated, RecoveryTick tick)
    {
        var interval = RecoveryEventTimeout;
        _eventSeenSinceTick = false;
        _recoveryTimer = repeated
            ? Context.System.Scheduler.ScheduleTellRepeatedlyCancelable(interval, interval, Self, tick, Self)
            : Context.System.Scheduler.ScheduleTellOnceCancelable(interval, Self, tick, Self);
    }

    private TimeSpan RecoveryEventTimeout =>
        Extension.JournalConfigFor(JournalPluginId).GetTimeSpan("recovery-event-timeout", null, false);

    private RecoveryTimedOutException TimedOut(string what) =>
        new($"Recovery timed out, {what} within {RecoveryEventTimeout.TotalSeconds}s.");
}
