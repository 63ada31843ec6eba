using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

internal sealed partial class ActorCell
{
    /// <summary>Whom this actor watches, with its own message for their end, if any.</summary>
    private Dictionary<IActorRef, object?>? _watching;

    private HashSet<IInternalActorRef>? _watchedBy;

    /// <summary>Whose <see cref="Terminated"/> lies in the mailbox, so that Unwatch can still take it back.</summary>
    private Dictionary<IActorRef, object?>? _terminatedQueued;

    public IActorRef Watch(IActorRef subject) => StartWatching(subject, null);

    public IActorRef WatchWith(IActorRef subject, object message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return StartWatching(subject, message);
    }

    public IActorRef Unwatch(IActorRef subject)
    {
        if (subject.Equals(Self))
            return subject;
        if (_watching?.Remove(subject) == true)
        {
            var watchee = (IInternalActorRef)subject;
            watchee.SendSystemMessage(new Unwatch(watchee, _self));
        }

        _terminatedQueued?.Remove(subject);
        return subject;
    }

    /// <summary>A stash gives a <see cref="Terminated"/> back to the mailbox.</summary>
    public void TerminatedQueuedFor(IActorRef subject, object? customMessage) =>
        (_terminatedQueued ??= []).TryAdd(subject, customMessage);

    private IActorRef StartWatching(IActorRef subject, object? message)
    {
        var watchee = (IInternalActorRef)subject;
        // The first call counts: another message is taken only after Unwatch.
        if (!subject.Equals(Self) && (_watching ??= []).TryAdd(subject, message))
            watchee.SendSystemMessage(new Watch(watchee, _self));
        return subject;
    }

    private void ReceivedTerminated(Terminated terminated)
    {
        if (_terminatedQueued?.Remove(terminated.ActorRef, out var customMessage) != true)
            return;
        var message = customMessage ?? terminated;
        CurrentEnvelope = new Envelope(message, CurrentEnvelope.Sender);
        ReceiveMessage(message);
    }

    private void WatchedActorTerminated(IActorRef subject, bool existenceConfirmed)
    {
        if (_watching?.Remove(subject, out var customMessage) == true && !IsTerminating)
        {
            TerminatedQueuedFor(subject, customMessage);
            Self.Tell(new Terminated(subject, existenceConfirmed, addressTerminated: false), subject);
        }

        if (_children is not null && _children.TryGet(subject, out _))
            HandleChildTerminated(subject);
    }

    private void AddWatcher(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        if (watchee.Equals(Self) && !watcher.Equals(Self))
            (_watchedBy ??= []).Add(watcher);
    }

    private void RemoveWatcher(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        if (watchee.Equals(Self))
            _watchedBy?.Remove(watcher);
    }

    /// <summary>The parent hears of its child's end anyway.</summary>
    private void TellWatchersWeDied()
    {
        foreach (var watcher in _watchedBy ?? [])
        {
            if (!watcher.Equals(ParentRef))
                watcher.SendSystemMessage(new DeathWatchNotification(Self, existenceConfirmed: true));
        }

        _watchedBy = null;
    }

    private void UnwatchAll()
    {
        foreach (var subject in _watching?.Keys ?? Enumerable.Empty<IActorRef>())
        {
            var watchee = (IInternalActorRef)subject;
            watchee.SendSystemMessage(new Unwatch(watchee, _self));
        }

        _watching = null;
        _terminatedQueued = null;
    }
}
