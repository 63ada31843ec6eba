using Akka.Event;

namespace Akka.Actor;

internal interface IInitializableActor
{
    /// <summary>Called once after the constructors.</summary>
    void Init();
}

/// <summary>What all actors are. One message at a time; state is never shared; a failure is the supervisor's.</summary>
public abstract class ActorBase
{
    private IActorRef? _selfWhenCleared;

    protected ActorBase()
    {
        var cell = ActorCell.Current ?? throw new ActorInitializationException(
            $"You cannot create an instance of [{GetType().FullName}] explicitly using the constructor (new). "
            + "You have to use one of the 'ActorOf' factory methods to create a new actor.");
        if (this is IWithTimers timing)
            timing.Timers = new TimerScheduler(cell);
        cell.Become(new Receive(Receive));
    }

    /// <summary>Only there while the actor handles a message, and not after <c>ConfigureAwait(false)</c>.</summary>
    protected static IActorContext Context => ActorCell.Current ?? throw new NotSupportedException(
        "There is no active ActorContext, this is most likely due to use of async operations from within this actor.");

    protected IActorRef Self => _selfWhenCleared ?? Context.Self;

    protected IActorRef Sender => Context.Sender;

    protected static Receive EmptyReceive { get; } = _ => false;

    internal bool IsCleared => _selfWhenCleared is not null;

    /// <summary>Hands the message to the behaviour. What wraps all messages of an actor overrides it.</summary>
    protected internal virtual bool AroundReceive(Receive receive, object message)
    {
        if (receive(message))
            return true;
        Unhandled(message);
        return false;
    }

    public virtual void AroundPreStart() => PreStart();

    public virtual void AroundPostStop() => PostStop();

    public virtual void AroundPreRestart(Exception cause, object message) => PreRestart(cause, message);

    public virtual void AroundPostRestart(Exception cause, object message) => PostRestart(cause);

    /// <summary>Handles a message, or returns false where it does not.</summary>
    protected abstract bool Receive(object message);

    /// <summary>Before the first message.</summary>
    protected virtual void PreStart()
    {
    }

    /// <summary>After the last message.</summary>
    protected virtual void PostStop()
    {
    }

    /// <summary>
    /// In the failed instance, before another takes its place: it stops the children, and then what stopping does.
    /// </summary>
    protected virtual void PreRestart(Exception reason, object message)
    {
        foreach (var child in Context.GetChildren())
        {
            Context.Unwatch(child);
            Context.Stop(child);
        }

        PostStop();
    }

    /// <summary>In the new instance, before it goes on with the mailbox.</summary>
    protected virtual void PostRestart(Exception reason) => PreStart();

    /// <summary>What no behaviour handles: an unhandled <see cref="Terminated"/> is an error of its own.</summary>
    protected virtual void Unhandled(object message)
    {
        if (message is Terminated terminated)
            throw new DeathPactException(terminated.ActorRef);
        Context.System.EventStream.Publish(new UnhandledMessage(message, Sender, Self));
    }

    /// <summary>
    /// How this actor deals with failures of its children. Null is the strategy of the Props, or the default.
    /// </summary>
    protected virtual SupervisorStrategy SupervisorStrategy() => null!;

    protected void Become(Receive receive) => Context.Become(receive);

    protected void BecomeStacked(Receive receive) => Context.BecomeStacked(receive);

    protected void UnbecomeStacked() => Context.UnbecomeStacked();

    protected void SetReceiveTimeout(TimeSpan? timeout) => Context.SetReceiveTimeout(timeout);

    internal SupervisorStrategy? OwnStrategy() => SupervisorStrategy();

    /// <summary>The instance is done with: it keeps its own reference, for what it left running elsewhere.</summary>
    internal void Clear(IActorRef self) => _selfWhenCleared = self;
}
