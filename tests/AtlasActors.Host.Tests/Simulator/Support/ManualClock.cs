namespace AtlasActors.Host.Tests.Simulator.Support;

/// <summary>A wall clock that moves when it is told to, and the timers that go by it.</summary>
internal sealed class ManualClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private TaskCompletionSource _timerSet = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset _now = new(2026, 3, 2, 6, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Ends when somebody waits by this clock.</summary>
    public Task TimerSetAsync()
    {
        lock (_gate) return _timers.Count > 0 ? Task.CompletedTask : _timerSet.Task;
    }

    /// <summary>Lets whoever waits by this clock go on, as soon as there is one.</summary>
    public async Task AdvanceWaitingAsync(TimeSpan time)
    {
        await TimerSetAsync();
        Advance(time);
    }

    public void Advance(TimeSpan time)
    {
        lock (_gate) _now += time;
        Ring();
    }

    // What is due rings outside of the lock: it may ask for the time, or set another timer.
    private void Ring()
    {
        ManualTimer[] due;
        lock (_gate)
        {
            due = [.. _timers.Where(timer => timer.DueAt <= _now)];
            foreach (var timer in due) _timers.Remove(timer);
        }

        foreach (var timer in due) timer.Ring();
    }

    /// <summary>Rings once; no one here asks for a period.</summary>
    private sealed class ManualTimer(ManualClock clock, Action ring) : ITimer
    {
        public DateTimeOffset DueAt { get; private set; }

        public Action Ring => ring;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                DueAt = clock._now + dueTime;
                clock._timers.Add(this);
                clock._timerSet.TrySetResult();
                clock._timerSet = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            clock.Ring();
            return true;
        }

        public void Dispose()
        {
            lock (clock._gate) clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
