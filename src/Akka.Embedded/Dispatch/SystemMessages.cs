using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>
/// What the toolkit tells a cell. It goes before user messages, and each instance through one queue only.
/// </summary>
internal abstract class SystemMessage
{
    public SystemMessage? Next { get; set; }

    /// <summary>Set aside while the cell waits for children that it stops.</summary>
    public virtual bool WaitsForChildren => false;

    /// <summary>Set aside while the cell is suspended by its own failure.</summary>
    public virtual bool WaitsForResume => false;
}

internal sealed class Create : SystemMessage;

internal sealed class Recreate(Exception cause) : SystemMessage
{
    public Exception Cause { get; } = cause;

    public override bool WaitsForChildren => true;
}

internal sealed class Suspend : SystemMessage
{
    public override bool WaitsForChildren => true;
}

internal sealed class Resume(Exception? causedByFailure) : SystemMessage
{
    public Exception? CausedByFailure { get; } = causedByFailure;

    public override bool WaitsForChildren => true;
}

internal sealed class Terminate : SystemMessage;

internal sealed class Watch(IInternalActorRef watchee, IInternalActorRef watcher) : SystemMessage
{
    public IInternalActorRef Watchee { get; } = watchee;

    public IInternalActorRef Watcher { get; } = watcher;
}

internal sealed class Unwatch(IInternalActorRef watchee, IInternalActorRef watcher) : SystemMessage
{
    public IInternalActorRef Watchee { get; } = watchee;

    public IInternalActorRef Watcher { get; } = watcher;
}

/// <summary>A child failed, and is suspended until its supervisor has decided.</summary>
internal sealed class Failed(IActorRef child, Exception cause, long uid) : SystemMessage
{
    public IActorRef Child { get; } = child;

    public Exception Cause { get; } = cause;

    public long Uid { get; } = uid;

    public override bool WaitsForChildren => true;

    public override bool WaitsForResume => true;
}

/// <summary>An actor that is watched, or is a child, has ended.</summary>
internal sealed class DeathWatchNotification(IActorRef actor, bool existenceConfirmed) : SystemMessage
{
    public IActorRef Actor { get; } = actor;

    public bool ExistenceConfirmed { get; } = existenceConfirmed;
}

/// <summary>A part of an asynchronous handler is to run in the actor.</summary>
internal sealed class ContinueTask(ActorTaskScheduler scheduler, Task task) : SystemMessage
{
    public ActorTaskScheduler Scheduler { get; } = scheduler;

    public Task Task { get; } = task;
}

/// <summary>Marks the system queue of a closed mailbox.</summary>
internal sealed class NoMessage : SystemMessage
{
    public static readonly NoMessage Instance = new();
}
