using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

internal sealed partial class ActorCell
{
    /// <summary>Whom this actor watches, with its own message for their end, if any.</summary>
    private Dictionary<IActorRef, object?>? _watching;

    /// <summary>Who watches this actor, but its parent, which hears of its child's end anyway. Most have one at most.</summary>
    private IInternalActorRef? _watcher;

    private HashSet<IInternalActorRef>? _otherWatchers;

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
        if (!watchee.Equals(Self) || watcher.Equals(Self) || watcher.Equals(ParentRef) || watcher.Equals(_watcher))
            return;
        if (_watcher is null && _otherWatchers is not { Count: > 0 })
            _watcher = watcher;
        else
            (_otherWatchers ??= []).Add(watcher);
    }

    private void RemoveWatcher(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        if (!watchee.Equals(Self))
            return;
        if (watcher.Equals(_watcher))
            _watcher = null;
        else
            _otherWatchers?.Remove(watcher);
    }

    private void TellWatchersWeDied()
    {
        foreach (var watcher in _otherWatchers ?? [])
            Notify(watcher);
        if (_watcher is not null)
            Notify(_watcher);
        (_watcher, _otherWatchers) = (null, null);

        void Notify(IInternalActorRef watcher) =>
            watcher.SendSystemMessage(new DeathWatchNotification(Self, existenceConfirmed: true));
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
