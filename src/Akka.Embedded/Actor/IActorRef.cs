namespace Akka.Actor;

/// <summary>What a message can be sent to.</summary>
public interface ICanTell
{
    /// <summary>Hands the message over and returns at once; it is delivered at most once.</summary>
    void Tell(object message, IActorRef? sender);
}

/// <summary>
/// The handle of an actor: it outlives the restarts of the instance behind it, and is safe in any thread.
/// </summary>
public interface IActorRef : ICanTell, IEquatable<IActorRef>, IComparable<IActorRef>, IComparable
{
    ActorPath Path { get; }
}

/// <summary>What runs an actor from the side of its supervisor. Not for users of the toolkit.</summary>
public interface IInternalActorRef : IActorRef
{
    IInternalActorRef Parent { get; }

    void Start();

    void Suspend();

    void Resume(Exception? causedByFailure = null);

    void Restart(Exception cause);

    void Stop();

    internal ActorSystemImpl? SystemImpl { get; }

    internal void SendSystemMessage(Dispatch.SysMsg.SystemMessage message);

    internal IInternalActorRef? GetSingleChild(string name);

    internal IReadOnlyList<IInternalActorRef> Children { get; }
}

/// <summary>The two references that stand for no actor.</summary>
public static class ActorRefs
{
    /// <summary>No sender at all: answers to it become dead letters.</summary>
    public static readonly IActorRef NoSender = null!;

    /// <summary>An actor that swallows everything.</summary>
    public static readonly Nobody Nobody = Nobody.Instance;
}

public static class ActorRefExtensions
{
    public static bool IsNobody(this IActorRef? actorRef) => actorRef is null or Actor.Nobody;

    public static IActorRef GetOrElse(this IActorRef? actorRef, Func<IActorRef> elseValue) =>
        actorRef.IsNobody() ? elseValue() : actorRef!;
}

public static class ActorRefImplicitSenderExtensions
{
    /// <summary>Sends, with the actor that runs in this thread as the sender.</summary>
    public static void Tell(this IActorRef receiver, object message) =>
        receiver.Tell(message, ActorCell.CurrentSelfOrNoSender);

    /// <summary>Sends the message on in the name of whom it came from.</summary>
    public static void Forward(this IActorRef receiver, object message) =>
        receiver.Tell(message, ActorCell.CurrentSenderOrNoSender);
}
