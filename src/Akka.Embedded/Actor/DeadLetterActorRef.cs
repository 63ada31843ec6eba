using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// Stands where no actor is: messages become dead letters, and whoever watches hears of the end at once.
/// </summary>
internal class EmptyLocalActorRef(ActorSystemImpl system, ActorPath path) : MinimalActorRef
{
    public override ActorPath Path => path;

    internal override ActorSystemImpl SystemImpl => system;

    internal override void SendSystemMessage(SystemMessage message)
    {
        if (message is Watch watch && !watch.Watcher.Equals(this))
            watch.Watcher.SendSystemMessage(new DeathWatchNotification(watch.Watchee, existenceConfirmed: false));
    }

    protected override void TellInternal(object message, IActorRef? sender)
    {
        switch (message)
        {
            case null:
                throw new InvalidMessageException("Message is null.");
            case DeadLetter letter:
                Publish(letter.Message, letter.Sender, letter.Recipient);
                break;
            default:
                Publish(message, sender, this);
                break;
        }
    }

    private void Publish(object message, IActorRef? sender, IActorRef recipient)
    {
        sender ??= system.DeadLetters;
        if (message is TimerTick)
            return;
        if (message is Identify identify)
            sender.Tell(new ActorIdentity(identify.MessageId, null), this);
        else if (message is IDeadLetterSuppression suppressed)
            system.EventStream.Publish(new SuppressedDeadLetter(suppressed, sender, recipient));
        else
            system.EventStream.Publish(new DeadLetter(message, sender, recipient));
    }
}

/// <summary>What <see cref="ActorSystem.DeadLetters"/> gives.</summary>
internal sealed class DeadLetterActorRef(ActorSystemImpl system, ActorPath path) : EmptyLocalActorRef(system, path);

/// <summary>A place in the tree that only has others below it.</summary>
internal sealed class PathContainer(ActorSystemImpl system, ActorPath path, IInternalActorRef parent) : MinimalActorRef
{
    public override ActorPath Path => path;

    public override IInternalActorRef Parent => parent;

    internal override ActorSystemImpl SystemImpl => system;
}
