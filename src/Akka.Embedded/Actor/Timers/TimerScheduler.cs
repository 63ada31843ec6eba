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
    /// <summary>Most actors have one timer at a time, and there may be 100,000 of them: it needs no table.</summary>
    private TimerTick? _one;

    private Dictionary<object, TimerTick>? _others;

    public IReadOnlyCollection<object> ActiveTimers => [.. All.Select(tick => tick.Key)];

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

    public bool IsTimerActive(object key) => Find(key) is not null;

    public void Cancel(object key)
    {
        if (Find(key) is not { } tick) return;
        Remove(tick);
        tick.Pending?.Cancel();
    }

    public void CancelAll()
    {
        foreach (var tick in All)
            tick.Pending?.Cancel();
        _one = null;
        _others = null;
    }

    /// <summary>True when the tick is of the timer that now has its key, in the instance that runs now.</summary>
    public bool TryTake(TimerTick tick, IWithTimers? actor)
    {
        if (!ReferenceEquals(actor?.Timers, this) || !ReferenceEquals(Find(tick.Key), tick))
            return false;
        if (!tick.Repeats)
            Remove(tick);
        return true;
    }

    private IEnumerable<TimerTick> All =>
        (_one is null ? Enumerable.Empty<TimerTick>() : [_one]).Concat(_others?.Values ?? Enumerable.Empty<TimerTick>());

    private TimerTick? Find(object key) =>
        _one is not null && _one.Key.Equals(key) ? _one : _others?.GetValueOrDefault(key);

    private void Remove(TimerTick tick)
    {
        if (ReferenceEquals(_one, tick)) _one = null;
        else _others?.Remove(tick.Key);
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
        if (_one is null) _one = tick;
        else (_others ??= [])[key] = tick;
    }
}
