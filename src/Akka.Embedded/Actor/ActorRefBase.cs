using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Equality and order of references: one path and one incarnation are one actor.</summary>
public abstract class ActorRefBase : IActorRef
{
    public abstract ActorPath Path { get; }

    public void Tell(object message, IActorRef? sender) => TellInternal(message, sender);

    protected abstract void TellInternal(object message, IActorRef? sender);

    public bool Equals(IActorRef? other) =>
        ReferenceEquals(this, other) || (other is not null && Path.Uid == other.Path.Uid && Path.Equals(other.Path));

    public override bool Equals(object? obj) => Equals(obj as IActorRef);

    public override int GetHashCode() => Path.Uid != 0 ? Path.Uid.GetHashCode() : Path.GetHashCode();

    public int CompareTo(IActorRef? other)
    {
        if (other is null)
            return 1;
        var order = Path.CompareTo(other.Path);
        return order != 0 ? order : Path.Uid.CompareTo(other.Path.Uid);
    }

    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        IActorRef other => CompareTo(other),
        _ => throw new ArgumentException("Object must be of type IActorRef.", nameof(obj))
    };

    public override string ToString() => $"[{Path.ToStringWithUid()}]";
}

/// <summary>A reference that a supervisor can act on.</summary>
public abstract class InternalActorRefBase : ActorRefBase, IInternalActorRef
{
    public abstract IInternalActorRef Parent { get; }

    public abstract void Start();

    public abstract void Suspend();

    public abstract void Resume(Exception? causedByFailure = null);

    public abstract void Restart(Exception cause);

    public abstract void Stop();

    internal abstract ActorSystemImpl? SystemImpl { get; }

    internal abstract void SendSystemMessage(SystemMessage message);

    internal virtual IInternalActorRef? GetSingleChild(string name) => null;

    internal virtual IReadOnlyList<IInternalActorRef> Children => [];

    ActorSystemImpl? IInternalActorRef.SystemImpl => SystemImpl;

    IReadOnlyList<IInternalActorRef> IInternalActorRef.Children => Children;

    void IInternalActorRef.SendSystemMessage(SystemMessage message) => SendSystemMessage(message);

    IInternalActorRef? IInternalActorRef.GetSingleChild(string name) => GetSingleChild(name);
}

/// <summary>A reference without an actor behind it: nothing to start, stop or supervise.</summary>
public abstract class MinimalActorRef : InternalActorRefBase
{
    public override IInternalActorRef Parent => ActorRefs.Nobody;

    internal override ActorSystemImpl? SystemImpl => null;

    public override void Start()
    {
    }

    public override void Suspend()
    {
    }

    public override void Resume(Exception? causedByFailure = null)
    {
    }

    public override void Restart(Exception cause)
    {
    }

    public override void Stop()
    {
    }

    internal override void SendSystemMessage(SystemMessage message)
    {
    }

    protected override void TellInternal(object message, IActorRef? sender)
    {
    }
}

/// <summary>Swallows what it is told. <see cref="ActorRefs.Nobody"/> is the one instance.</summary>
public sealed class Nobody : MinimalActorRef
{
    public static readonly Nobody Instance = new();

    private static readonly ActorPath NobodyPath = new RootActorPath(new Address("akka", "all-systems")) / "Nobody";

    private Nobody()
    {
    }

    public override ActorPath Path => NobodyPath;
}
