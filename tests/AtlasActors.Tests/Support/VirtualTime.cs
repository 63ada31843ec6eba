namespace AtlasActors.Tests.Support;

/// <summary>A clock that stands still until a test turns it.</summary>
internal sealed class VirtualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<VirtualTimer> _timers = [];
    private TaskCompletionSource _timerSet = Signal();
    private DateTimeOffset _now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private TimeSpan _ahead;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now + _ahead;
    }

    public override long GetTimestamp()
    {
        lock (_lock)
            return _now.Ticks;
    }

    /// <summary>Sets the clock, in no time: no timer notices.</summary>
    public void Jump(TimeSpan span)
    {
        lock (_lock)
            _ahead += span;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Turns the clock, firing what falls due.</summary>
    public void Advance(TimeSpan span)
    {
        List<VirtualTimer> due;
        lock (_lock)
        {
            _now += span;
            due = [.. _timers.Where(timer => timer.Due <= _now).OrderBy(timer => timer.Due)];
            _timers.RemoveAll(due.Contains);
        }
        foreach (var timer in due)
            timer.Fire();
    }

    /// <summary>
    /// Lets a task run to its end, turning the clock whenever it waits for a timer that is due within
    /// <paramref name="patience"/>; longer waits, such as time-outs, are left alone.
    /// </summary>
    public async Task<T> RunAsync<T>(Task<T> task, TimeSpan patience)
    {
        while (!task.IsCompleted)
        {
            var (wait, timerSet) = Next(patience);
            if (wait is not null)
                Advance(wait.Value);
            else
                await Task.WhenAny(task, timerSet).WaitAsync(TimeSpan.FromSeconds(30));
        }
        return await task;
    }

    private (TimeSpan? Wait, Task TimerSet) Next(TimeSpan patience)
    {
        lock (_lock)
        {
            var due = _timers.Where(timer => timer.Due <= _now + patience).ToList();
            return (due.Count == 0 ? null : due.Min(timer => timer.Due) - _now, _timerSet.Task);
        }
    }

    private void Set(VirtualTimer timer, TimeSpan dueTime)
    {
        TaskCompletionSource? signal = null;
        lock (_lock)
        {
            _timers.Remove(timer);
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                timer.Due = _now + dueTime;
                _timers.Add(timer);
                signal = _timerSet;
                _timerSet = Signal();
            }
        }
        signal?.SetResult();
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time.Set(this, dueTime);
            return true;
        }

        public void Fire() => callback(state);

        public void Dispose() => time.Set(this, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
