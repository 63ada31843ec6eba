using Akka.Actor;

namespace Akka.Persistence;

internal sealed class RequestRecoveryPermit : INoSerializationVerificationNeeded
{
    public static readonly RequestRecoveryPermit Instance = new();
}

internal sealed class RecoveryPermitGranted : INoSerializationVerificationNeeded
{
    public static readonly RecoveryPermitGranted Instance = new();
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
    private readonly LinkedList<IActorRef> _waiting = [];

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            // Restarted while it recovered: the permit of its last instance is its own.
            case RequestRecoveryPermit when _holders.Contains(Sender):
                Grant(Sender);
                break;
            // Restarted while it waited: it keeps its place.
            case RequestRecoveryPermit when _waiting.Contains(Sender):
                break;
            case RequestRecoveryPermit when _holders.Count < maxPermits:
                Context.Watch(Sender);
                Grant(Sender);
                break;
            case RequestRecoveryPermit:
                Context.Watch(Sender);
                _waiting.AddLast(Sender);
                break;
            case ReturnRecoveryPermit:
                Context.Unwatch(Sender);
                Return(Sender);
                break;
            case Terminated ended when !_waiting.Remove(ended.ActorRef):
                Return(ended.ActorRef);
                break;
        }
    }

    private void Grant(IActorRef actor)
    {
        _holders.Add(actor);
        actor.Tell(RecoveryPermitGranted.Instance);
    }

    private void Return(IActorRef actor)
    {
        if (!_holders.Remove(actor) || _waiting.First is not { } next)
            return;
        _waiting.RemoveFirst();
        Grant(next.Value);
    }
}
