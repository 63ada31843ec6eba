namespace Akka.Actor;

/// <summary>Something to do at a time: a message to tell, or an action to run.</summary>
internal sealed class DueTimer(TimeSpan delay, TimeSpan? interval, ICancelable? cancelable)
{
    public TimeSpan Delay { get; } = delay;

    public TimeSpan? Interval { get; } = interval;

    public TimeSpan Due { get; set; }

    public Action? Action { get; init; }

    public ICanTell? Receiver { get; init; }

    public object? Message { get; init; }

    public IActorRef? Sender { get; init; }

    public bool IsCanceled => cancelable is { IsCancellationRequested: true };

    public void Fire()
    {
        if (Action is not null)
            Action();
        else
            Receiver!.Tell(Message!, Sender);
    }
}

/// <summary>Timers by due time, and by order of arrival where that is the same. Not for more than one thread.</summary>
internal sealed class DueTimers
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly PriorityQueue<DueTimer, (TimeSpan Due, long Order)> _queue = new();
    private long _order;
    private int _sweepAt = 1024;

    /// <summary>Adds, and says whether it is now the first to come due.</summary>
    public bool Add(DueTimer timer)
    {
        if (_queue.Count >= _sweepAt)
            Sweep();
        _queue.Enqueue(timer, (timer.Due, _order++));
        return ReferenceEquals(_queue.Peek(), timer);
    }

    /// <summary>A timer whose time has come; else how long there is to wait.</summary>
    public DueTimer? TakeDue(TimeSpan now, out TimeSpan wait)
    {
        wait = LongestWait;
        if (!_queue.TryPeek(out _, out var next))
            return null;
        if (next.Due <= now)
            return _queue.Dequeue();
        // A wait is in whole milliseconds, rounded down: up, it would come late and not early.
        var left = TimeSpan.FromMilliseconds(Math.Ceiling((next.Due - now).TotalMilliseconds));
        wait = left < LongestWait ? left : LongestWait;
        return null;
    }

    public void Clear() => _queue.Clear();

    /// <summary>Cancelled timers stay until their time: before they could pile up, they go all at once.</summary>
    private void Sweep()
    {
        var alive = _queue.UnorderedItems.Where(item => !item.Element.IsCanceled).ToArray();
        _queue.Clear();
        _queue.EnqueueRange(alive.Select(item => (item.Element, item.Priority)));
        _sweepAt = Math.Max(1024, 2 * _queue.Count);
    }
}
