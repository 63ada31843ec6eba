using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Event;

/// <summary>Delivers each event to the actors that subscribed to its type, or to a type above it.</summary>
public abstract class LoggingBus
{
    private readonly Lock _gate = new();
    private ImmutableDictionary<IActorRef, ImmutableHashSet<Type>> _subscriptions =
        ImmutableDictionary<IActorRef, ImmutableHashSet<Type>>.Empty;

    private ConcurrentDictionary<Type, IActorRef[]> _subscribers = new();
    private volatile int _logLevel = (int)LogLevel.DebugLevel;

    /// <summary>What is below it is not even published.</summary>
    public LogLevel LogLevel => (LogLevel)_logLevel;

    public virtual bool Subscribe(IActorRef subscriber, Type classifier)
    {
        lock (_gate)
        {
            var types = _subscriptions.GetValueOrDefault(subscriber, []);
            if (types.Any(type => type.IsAssignableFrom(classifier)))
                return false;
            Change(_subscriptions.SetItem(subscriber, types.Add(classifier)));
            return true;
        }
    }

    public virtual bool Unsubscribe(IActorRef subscriber, Type classifier)
    {
        lock (_gate)
        {
            var before = _subscriptions.GetValueOrDefault(subscriber, []);
            var left = before.Where(type => !classifier.IsAssignableFrom(type)).ToImmutableHashSet();
            if (left.Count == before.Count)
                return false;
            Change(left.IsEmpty ? _subscriptions.Remove(subscriber) : _subscriptions.SetItem(subscriber, left));
            return true;
        }
    }

    public virtual bool Unsubscribe(IActorRef subscriber)
    {
        lock (_gate)
        {
            if (!_subscriptions.ContainsKey(subscriber))
                return false;
            Change(_subscriptions.Remove(subscriber));
            return true;
        }
    }

    public virtual void Publish(object @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        var cache = _subscribers;
        if (!cache.TryGetValue(@event.GetType(), out var subscribers))
            subscribers = Find(cache, @event.GetType());
        foreach (var subscriber in subscribers)
            subscriber.Tell(@event, ActorRefs.NoSender);
    }

    /// <summary>Changes what is published, and what the loggers hear.</summary>
    public void SetLogLevel(LogLevel logLevel)
    {
        _logLevel = (int)logLevel;
        foreach (var logger in Loggers)
            SubscribeFrom(logger, logLevel);
    }

    internal List<IActorRef> Loggers { get; } = [];

    internal void SubscribeFrom(IActorRef logger, LogLevel lowest)
    {
        foreach (var level in Logging.LogLevels)
        {
            if (level >= lowest)
                Subscribe(logger, level.ClassFor());
            else
                Unsubscribe(logger, level.ClassFor());
        }
    }

    private IActorRef[] Find(ConcurrentDictionary<Type, IActorRef[]> cache, Type eventType)
    {
        lock (_gate)
        {
            var found = _subscriptions
                .Where(entry => entry.Value.Any(type => type.IsAssignableFrom(eventType)))
                .Select(entry => entry.Key)
                .ToArray();
            // A cache that was replaced meanwhile takes the answer along into oblivion.
            cache[eventType] = found;
            return found;
        }
    }

    private void Change(ImmutableDictionary<IActorRef, ImmutableHashSet<Type>> subscriptions)
    {
        _subscriptions = subscriptions;
        _subscribers = new ConcurrentDictionary<Type, IActorRef[]>();
    }
}

/// <summary>The one bus of a system. A subscriber that ends is forgotten.</summary>
public class EventStream : LoggingBus
{
    private EndOfSubscribers? _ends;

    public EventStream(bool debug)
    {
        if (debug)
            SetLogLevel(LogLevel.DebugLevel);
    }

    public override bool Subscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        var added = base.Subscribe(subscriber, channel);
        if (added && _ends is not null && subscriber is IInternalActorRef watchee and not MinimalActorRef)
            watchee.SendSystemMessage(new Watch(watchee, _ends));
        return added;
    }

    public override bool Unsubscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        return base.Unsubscribe(subscriber, channel);
    }

    public override bool Unsubscribe(IActorRef subscriber)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        return base.Unsubscribe(subscriber);
    }

    internal void StartUnsubscriber(ActorSystemImpl system) => _ends = new EndOfSubscribers(system, this);

    private sealed class EndOfSubscribers(ActorSystemImpl system, EventStream stream) : MinimalActorRef
    {
        public override ActorPath Path { get; } = system.LookupRoot.Path / "system" / "event-stream-unsubscriber";

        internal override ActorSystemImpl SystemImpl => system;

        internal override void SendSystemMessage(SystemMessage message)
        {
            if (message is DeathWatchNotification end)
                stream.Unsubscribe(end.Actor);
        }
    }
}

public static class EventStreamExtensions
{
    public static bool Subscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) =>
        eventStream.Subscribe(subscriber, typeof(TChannel));

    public static bool Unsubscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) =>
        eventStream.Unsubscribe(subscriber, typeof(TChannel));
}
