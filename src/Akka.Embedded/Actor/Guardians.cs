using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The parent of all that an application starts.</summary>
internal sealed class GuardianActor : ActorBase
{
    protected override bool Receive(object message)
    {
        if (message is not StopChild stop)
            return false;
        Context.Stop(stop.Child);
        return true;
    }

    protected override void PreRestart(Exception reason, object message)
    {
    }

    /// <summary>From outside the guardian, where only the guardian itself may stop.</summary>
    public sealed record StopChild(IActorRef Child) : INoSerializationVerificationNeeded;
}

/// <summary>
/// Above the two guardians. A failure that gets here ends the system; the end of one guardian is followed by that of
/// the
/// other, and then by the system's.
/// </summary>
internal sealed class RootGuardian(ActorSystemImpl system, ActorPath path) : MinimalActorRef
{
    public override ActorPath Path => path;

    public override IInternalActorRef Parent => this;

    internal override ActorSystemImpl SystemImpl => system;

    internal override IReadOnlyList<IInternalActorRef> Children =>
        [system.Guardian, system.SystemGuardian, system.TempContainer];

    internal override IInternalActorRef? GetSingleChild(string name) => name switch
    {
        "user" => system.Guardian,
        "system" => system.SystemGuardian,
        "temp" => system.TempContainer,
        "deadLetters" => system.DeadLetterRef,
        _ => null
    };

    internal override void SendSystemMessage(SystemMessage message)
    {
        switch (message)
        {
            case Failed failed:
                system.Log.Error(failed.Cause, "Guardian failed. Shutting down system");
                ((IInternalActorRef)failed.Child).Stop();
                break;
            case DeathWatchNotification end when end.Actor.Equals(system.Guardian):
                system.UserGuardianEnded();
                break;
            case DeathWatchNotification end when end.Actor.Equals(system.SystemGuardian):
                system.SystemGuardianEnded();
                break;
        }
    }
}
