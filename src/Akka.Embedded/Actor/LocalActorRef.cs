using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>The reference of an actor in this process.</summary>
internal sealed class LocalActorRef : InternalActorRefBase
{
    public LocalActorRef(ActorSystemImpl system, Props props, IInternalActorRef parent, ActorPath path)
    {
        Path = path;
        Cell = new ActorCell(system, this, props, parent);
    }

    public ActorCell Cell { get; }

    public override ActorPath Path { get; }

    public override IInternalActorRef Parent => Cell.ParentRef;

    internal override ActorSystemImpl SystemImpl => Cell.SystemImpl;

    internal override IReadOnlyList<IInternalActorRef> Children => Cell.ChildRefs();

    public override void Start() => Cell.Mailbox.Start();

    public override void Suspend() => SendSystemMessage(new Suspend());

    public override void Resume(Exception? causedByFailure = null) => SendSystemMessage(new Resume(causedByFailure));

    public override void Restart(Exception cause) => SendSystemMessage(new Recreate(cause));

    public override void Stop() => SendSystemMessage(new Terminate());

    internal override void SendSystemMessage(SystemMessage message) => Cell.Mailbox.PostSystem(message);

    internal override IInternalActorRef? GetSingleChild(string name) => Cell.FindChild(name);

    protected override void TellInternal(object message, IActorRef? sender)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (Cell.SystemImpl.Settings.SerializeAllMessages)
            message = Cell.SystemImpl.Serialization.RoundTrip(message);
        Cell.Mailbox.Post(new Envelope(message, sender!));
    }
}
