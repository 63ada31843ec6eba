using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

internal sealed partial class ActorCell
{
    /// <summary>System messages that wait until the cell is no longer suspended, or its children are gone.</summary>
    private List<SystemMessage>? _setAside;

    public void Invoke(Envelope envelope)
    {
        var influencesTimeout = envelope.Message is not INotInfluenceReceiveTimeout;
        if (influencesTimeout)
            CancelReceiveTimeout();
        try
        {
            if (Unwrapped(envelope) is not { } message)
                return;
            CurrentEnvelope = new Envelope(message, envelope.Sender);
            CurrentEnvelopeId++;
            if (message is IAutoReceivedMessage)
                AutoReceive(message);
            else
                ReceiveMessage(message);
            // A handler that awaits has kept its own copy; one that failed at once is told to the restart.
            if (!IsFailed)
                CurrentEnvelope = default;
        }
        catch (Exception fault)
        {
            HandleInvokeFailure(fault);
        }
        finally
        {
            CheckReceiveTimeout(influencesTimeout);
        }
    }

    public void SystemInvoke(SystemMessage message)
    {
        if (ShouldSetAside(message))
        {
            (_setAside ??= []).Add(message);
            return;
        }

        ActGuarded(message);
        // Each is looked at again, since what one waits for is not what another does.
        while (_setAside is { Count: > 0 } waiting && !Mailbox.IsClosed)
        {
            var ready = waiting.FindIndex(one => !ShouldSetAside(one));
            if (ready < 0)
                return;
            var next = waiting[ready];
            waiting.RemoveAt(ready);
            ActGuarded(next);
        }
    }

    private void ActGuarded(SystemMessage message)
    {
        try
        {
            Act(message);
        }
        catch (Exception fault)
        {
            HandleInvokeFailure(fault);
        }
    }

    private void Act(SystemMessage message)
    {
        switch (message)
        {
            case Create: CreateActor(); break;
            case Failed failed: HandleFailed(failed); break;
            case DeathWatchNotification n: WatchedActorTerminated(n.Actor, n.ExistenceConfirmed); break;
            case Watch watch: AddWatcher(watch.Watchee, watch.Watcher); break;
            case Unwatch unwatch: RemoveWatcher(unwatch.Watchee, unwatch.Watcher); break;
            case Recreate recreate: FaultRecreate(recreate.Cause); break;
            case Suspend: FaultSuspend(); break;
            case Resume resume: FaultResume(resume.CausedByFailure); break;
            case Dispatch.SysMsg.Terminate: Terminate(); break;
            case ContinueTask work: work.Scheduler.Execute(work.Task); break;
            default: throw new NotSupportedException($"Unknown message {message.GetType().Name}");
        }
    }

    private bool ShouldSetAside(SystemMessage message) =>
        (message.WaitsForChildren && _children is { IsWaitedFor: true })
        || (message.WaitsForResume && Mailbox.IsSuspended);

    private void AutoReceive(object message)
    {
        switch (message)
        {
            case Terminated terminated: ReceivedTerminated(terminated); break;
            case Kill: throw new ActorKilledException("Kill");
            case PoisonPill: _self.Stop(); break;
            case Identify identify: Sender.Tell(new ActorIdentity(identify.MessageId, Self), Self); break;
            default: ReceiveMessage(message); break;
        }
    }

    private void ReceiveMessage(object message)
    {
        if (_actor is { } actor)
            actor.AroundReceive(_behavior!, message);
    }

    /// <summary>
    /// The message itself, or null for the tick of a timer that is cancelled, replaced or of an instance before.
    /// </summary>
    private object? Unwrapped(Envelope envelope)
    {
        if (envelope.Message is not TimerTick tick)
            return envelope.Message;
        return tick.Owner.TryTake(tick, _actor as IWithTimers) ? tick.Message : null;
    }
}
