using Akka.Actor;

namespace Akka.Persistence;

/// <summary>An instance of an actor asks to recover.</summary>
internal sealed class RequestRecoveryPermit(int instance) : INoSerializationVerificationNeeded
{
    public int Instance { get; } = instance;
}

/// <summary>
/// The instance that asked may recover. One that comes to a later instance is not its own: taken for one, it would be
/// given back in the place of another, and that would be lost.
/// </summary>
internal sealed class RecoveryPermitGranted(int instance) : IRecoveryAnswer, INoSerializationVerificationNeeded
{
    public int ForInstance { get; } = instance;
}

internal sealed class ReturnRecoveryPermit : INoSerializationVerificationNeeded
{
    public static readonly ReturnRecoveryPermit Instance = new();
}

/// <summary>
/// Lets only so many actors recover at once, so that a start with thousands of them does not drown the journal.
/// A permit comes back when its holder is done, or dead.
/// </summary>
internal sealed class RecoveryPermitter(int maxPermits) : UntypedActor
{
    private readonly HashSet<IActorRef> _holders = [];
    private readonly LinkedList<(IActorRef Actor, int Instance)> _waiting = [];
    private readonly Dictionary<IActorRef, LinkedListNode<(IActorRef Actor, int Instance)>> _places = [];

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RequestRecoveryPermit request: Request(Sender, request.Instance); break;
            case ReturnRecoveryPermit:
                Context.Unwatch(Sender);
                Return(Sender);
                break;
            case Terminated ended:
                if (_places.Remove(ended.ActorRef, out var place)) _waiting.Remove(place);
                else Return(ended.ActorRef);
                break;
        }
    }

    private void Request(IActorRef actor, int instance)
    {
        // Restarted while it recovered: the permit of its last instance is its own. While it waited: it keeps its place.
        if (_holders.Contains(actor))
        {
            Grant(actor, instance);
            return;
        }
        if (_places.TryGetValue(actor, out var place))
        {
            place.ValueRef.Instance = instance;
            return;
        }
        Context.Watch(actor);
        if (_holders.Count < maxPermits)
            Grant(actor, instance);
        else
            _places[actor] = _waiting.AddLast((actor, instance));
    }

    private void Grant(IActorRef actor, int instance)
    {
        _holders.Add(actor);
        actor.Tell(new RecoveryPermitGranted(instance));
    }

    private void Return(IActorRef actor)
    {
        if (!_holders.Remove(actor) || _waiting.First is not { } next)
            return;
        _waiting.RemoveFirst();
        _places.Remove(next.Value.Actor);
        Grant(next.Value.Actor, next.Value.Instance);
    }
}
