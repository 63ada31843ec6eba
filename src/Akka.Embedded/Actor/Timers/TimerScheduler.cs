namespace Akka.Actor;

/// <summary>What a timer sends: it is exchanged for its message when it comes up, if it still counts.</summary>
internal class TimerTick(object key, TimerScheduler owner, object message)
    : IWrappedMessage, INoSerializationVerificationNeeded
{
    public object Key { get; } = key;

    public TimerScheduler Owner { get; } = owner;

    public object Message { get; } = message;

    public bool Repeats { get; init; }

    public ICancelable? Pending { get; set; }
}

internal sealed class QuietTimerTick(object key, TimerScheduler owner, object message)
    : TimerTick(key, owner, message), INotInfluenceReceiveTimeout;

/// <summary>The timers of one instance of an actor, on the scheduler of its system.</summary>
internal sealed class TimerScheduler(ActorCell cell) : ITimerScheduler
{
    private readonly Dictionary<object, TimerTick> _timers = [];

    public IReadOnlyCollection<object> ActiveTimers => _timers.Keys;

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval) =>
        Start(key, msg, interval, interval, ActorRefs.NoSender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender) =>
        Start(key, msg, interval, interval, sender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval) =>
        Start(key, msg, initialDelay, interval, ActorRefs.NoSender);

    public void StartPeriodicTimer(
        object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender) =>
        Start(key, msg, initialDelay, interval, sender);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout) =>
        Start(key, msg, timeout, null, ActorRefs.NoSender);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender) =>
        Start(key, msg, timeout, null, sender);

    public bool IsTimerActive(object key) => _timers.ContainsKey(key);

    public void Cancel(object key)
    {
        if (_timers.Remove(key, out var tick))
            tick.Pending?.Cancel();
    }

    public void CancelAll()
    {
        foreach (var tick in _timers.Values)
            tick.Pending?.Cancel();
        _timers.Clear();
    }

    /// <summary>True when the tick is of the timer that now has its key, in the instance that runs now.</summary>
    public bool TryTake(TimerTick tick, IWithTimers? actor)
    {
        if (!ReferenceEquals(actor?.Timers, this)
            || !_timers.TryGetValue(tick.Key, out var active) || !ReferenceEquals(active, tick))
            return false;
        if (!tick.Repeats)
            _timers.Remove(tick.Key);
        return true;
    }

    private void Start(object key, object message, TimeSpan delay, TimeSpan? interval, IActorRef sender)
    {
        Cancel(key);
        var tick = message is INotInfluenceReceiveTimeout
            ? new QuietTimerTick(key, this, message) { Repeats = interval is not null }
            : new TimerTick(key, this, message) { Repeats = interval is not null };
        var scheduler = cell.SystemImpl.Scheduler;
        tick.Pending = interval is { } given
            ? scheduler.ScheduleTellRepeatedlyCancelable(delay, given, cell.Self, tick, sender)
            : scheduler.ScheduleTellOnceCancelable(delay, cell.Self, tick, sender);
        _timers[key] = tick;
    }
}
