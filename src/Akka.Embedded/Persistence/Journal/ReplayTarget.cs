using Akka.Actor;

namespace Akka.Persistence.Journal;

/// <summary>Sends events to the actor that recovers.</summary>
internal sealed class ReplayTarget(IActorRef actor, int instance, ReplayPace? pace)
{
    public void Tell(IPersistentRepresentation @event)
    {
        if (@event.IsDeleted)
            return;
        pace?.Told();
        actor.Tell(new ReplayedMessage(@event) { ForInstance = instance }, ActorRefs.NoSender);
    }

    /// <summary>
    /// The pace behind a journal's callback: its signature is Akka.NET's, which has no place for it. A journal that
    /// doesn't ask, or whose callback was wrapped by another, sends everything at once.
    /// </summary>
    public static ReplayPace? PaceOf(Action<IPersistentRepresentation> recoveryCallback) =>
        (recoveryCallback.Target as ReplayTarget)?.Pace;

    private ReplayPace? Pace => pace;
}
