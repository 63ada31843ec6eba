using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// Creation, failure, restart and end. Whatever a hook throws, the parent hears of the end in the end.
/// </summary>
internal sealed partial class ActorCell
{
    /// <summary>Who failed: this actor, or the child whose failure was escalated. Null while all is well.</summary>
    private IActorRef? _perpetrator;

    private SupervisorStrategy Strategy =>
        _actor?.OwnStrategy() ?? Props.SupervisorStrategy ?? SupervisorStrategy.DefaultStrategy;

    /// <summary>Suspends this actor and its children, and leaves the rest to the parent.</summary>
    public void HandleInvokeFailure(Exception cause, IReadOnlyCollection<IActorRef>? notToSuspend = null)
    {
        if (_perpetrator is not null || Mailbox.IsClosed)
            return;
        Mailbox.Suspend();
        var spared = new HashSet<IActorRef>(notToSuspend ?? []);
        _perpetrator = Self;
        if (CurrentEnvelope.Message is Failed failed)
        {
            _perpetrator = failed.Child;
            spared.Add(failed.Child);
        }

        SuspendChildren(spared);
        ParentRef.SendSystemMessage(new Failed(Self, cause, Self.Path.Uid));
    }

    public bool IsFailed => _perpetrator is not null;

    public void AsyncHandlerFailed(Envelope handled, Exception cause)
    {
        CurrentEnvelope = handled;
        HandleInvokeFailure(cause);
    }

    private void CreateActor()
    {
        ActorBase? actor = null;
        try
        {
            actor = _actor = NewActor();
            actor.AroundPreStart();
            CheckReceiveTimeout(reschedule: true);
        }
        catch (Exception fault)
        {
            if (_actor is not null)
                Release(_actor);
            _actor = null;
            throw fault as ActorInitializationException
                ?? new ActorInitializationException(Self, "Exception during creation", fault);
        }
    }

    private ActorBase NewActor()
    {
        _behavior = null;
        _shadowed = null;
        var actor = Props.NewActor();
        (actor as IInitializableActor)?.Init();
        if (actor is IActorStash stashing)
            stashing.Stash = new MessageStash(this);
        return actor;
    }

    private void Release(ActorBase actor)
    {
        if (actor.IsCleared)
            return;
        CancelTimers(actor);
        try
        {
            (actor as IDisposable)?.Dispose();
            Props.Release(actor);
        }
        catch (Exception fault)
        {
            PublishError(fault, $"An error occurred while disposing {actor.GetType()} actor. Reason: {fault.Message}");
        }

        actor.Clear(SystemImpl.DeadLetters);
        CurrentEnvelope = default;
        _behavior = null;
        _shadowed = null;
    }

    private void FaultSuspend()
    {
        Mailbox.Suspend();
        SuspendChildren([]);
    }

    private void FaultResume(Exception? causedByFailure)
    {
        if (_actor is null)
        {
            FaultCreate();
            return;
        }

        if (_actor.IsCleared && causedByFailure is not null)
        {
            // There is no instance to go on with.
            FaultRecreate(causedByFailure);
            return;
        }

        var perpetrator = _perpetrator;
        Mailbox.Resume();
        if (causedByFailure is not null)
            _perpetrator = null;
        ResumeChildren(causedByFailure, perpetrator);
    }

    private void FaultRecreate(Exception cause)
    {
        if (_actor is not { } failedActor)
        {
            FaultCreate();
            return;
        }

        if (!IsNormal)
        {
            // Stopping, or restarting already: only the count of suspensions is kept even.
            FaultResume(null);
            return;
        }

        // Also in an instance that failed in its first moment, as in Akka.NET.
        RunPreRestart(failedActor, cause);
        if (_children?.TryWait(new WhenChildrenAreGone.FinishRestart(cause)) != true)
            FinishRecreate(cause);
    }

    private void FinishRecreate(Exception cause)
    {
        var survivors = ChildRefs();
        try
        {
            Mailbox.Resume();
            _perpetrator = null;
            _actor = NewActor();
            _actor.AroundPostRestart(cause, null!);
        }
        catch (Exception fault)
        {
            if (_actor is not null)
                Release(_actor);
            HandleInvokeFailure(new PostRestartException(Self, fault, cause), survivors);
            return;
        }

        CheckReceiveTimeout(reschedule: true);
        foreach (var survivor in survivors)
            survivor.Restart(cause);
    }

    private void FaultCreate()
    {
        // It was stopped before its supervisor decided to try again, and only waits for children of its failed start.
        if (IsTerminating)
            return;
        CancelReceiveTimeout();
        StopChildren();
        if (_children?.TryWait(new WhenChildrenAreGone.FinishCreation()) != true)
            FinishCreate();
    }

    private void FinishCreate()
    {
        Mailbox.Resume();
        _perpetrator = null;
        try
        {
            CreateActor();
        }
        catch (Exception fault)
        {
            HandleInvokeFailure(fault);
        }
    }

    private void Terminate()
    {
        var wasTerminating = IsTerminating;
        SetReceiveTimeout(null);
        // Before the children are stopped: other threads may be about to give a guardian one more.
        var children = Interlocked.CompareExchange(ref _children, ChildrenContainer.OfTerminated, null);
        children?.RefuseNew();
        StopChildren();
        if (children?.TryWait(new WhenChildrenAreGone.FinishTermination()) == true)
        {
            if (!wasTerminating)
            {
                // No user message is handled any more, and no failure is escalated.
                Mailbox.Suspend();
                _perpetrator = Self;
            }

            return;
        }

        FinishTerminate();
    }

    private void FinishTerminate()
    {
        var actor = _actor;
        // Also in an instance whose restart was under way, as in Akka.NET.
        if (actor is not null)
            RunPostStop(actor);

        Mailbox.Close();
        ParentRef.SendSystemMessage(new DeathWatchNotification(Self, existenceConfirmed: true));
        TellWatchersWeDied();
        UnwatchAll();
        if (actor is not null)
            Release(actor);
        _actor = null;
        _setAside = null;
    }

    private void RunPreRestart(ActorBase failedActor, Exception cause)
    {
        CancelTimers(failedActor);
        try
        {
            failedActor.AroundPreRestart(cause, CurrentEnvelope.Message!);
        }
        catch (Exception fault)
        {
            PublishError(new PreRestartException(Self, fault, cause, CurrentEnvelope.Message), fault.Message);
        }

        GiveBackStash(failedActor);
        Release(failedActor);
    }

    private void RunPostStop(ActorBase actor)
    {
        CancelTimers(actor);
        try
        {
            actor.AroundPostStop();
        }
        catch (Exception fault)
        {
            PublishError(fault, fault.Message);
        }

        GiveBackStash(actor);
    }

    private static void CancelTimers(ActorBase actor) => (actor as IWithTimers)?.Timers?.CancelAll();

    private static void GiveBackStash(ActorBase actor) => (actor as IActorStash)?.Stash?.UnstashAll();
}
