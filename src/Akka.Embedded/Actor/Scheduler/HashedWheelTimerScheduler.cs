using System.Diagnostics;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// The scheduler of a system unless its configuration names another. One background thread sleeps until the next due
/// time and starts with the first timer. The name is Akka.NET's; inside is a heap, which needs no ticks while idle.
/// </summary>
public sealed class HashedWheelTimerScheduler : SchedulerBase, IDisposable
{
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _changed = new(false);
    private readonly DueTimers _timers = new();
    private Thread? _thread;
    private bool _disposed;

    public HashedWheelTimerScheduler(Config scheduler, ILoggingAdapter log)
        : base(scheduler, log)
    {
    }

    public override TimeSpan MonotonicClock => Stopwatch.GetElapsedTime(0);

    public override TimeSpan HighResMonotonicClock => MonotonicClock;

    private protected override DateTimeOffset TimeNow => DateTimeOffset.UtcNow;

    /// <summary>Drops all timers, and waits for the one that is firing.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            _timers.Clear();
        }

        _changed.Set();
        if (_thread is { } thread && thread != Thread.CurrentThread)
            thread.Join(SchedulerConfig.GetTimeSpan("akka.scheduler.shutdown-timeout", TimeSpan.FromSeconds(5)));
    }

    private protected override void InternalScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        Schedule(new DueTimer(delay, null, cancelable) { Receiver = receiver, Message = message, Sender = sender });

    private protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender,
        ICancelable? cancelable) =>
        Schedule(new DueTimer(initialDelay, interval, cancelable)
        {
            Receiver = receiver, Message = message, Sender = sender
        });

    private protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) =>
        Schedule(new DueTimer(delay, null, cancelable) { Action = action });

    private protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) =>
        Schedule(new DueTimer(initialDelay, interval, cancelable) { Action = action });

    private void Schedule(DueTimer timer)
    {
        timer.Due = MonotonicClock + timer.Delay;
        bool first;
        lock (_gate)
        {
            if (_disposed)
                throw new SchedulerException("Cannot schedule: the scheduler has been shut down.");
            first = _timers.Add(timer);
            if (_thread is null)
            {
                _thread = new Thread(Run) { IsBackground = true, Name = "akka-scheduler" };
                _thread.UnsafeStart();
            }
        }

        if (first)
            _changed.Set();
    }

    private void Run()
    {
        while (true)
        {
            _changed.Reset();
            DueTimer? timer;
            TimeSpan wait;
            lock (_gate)
            {
                if (_disposed)
                    return;
                timer = _timers.TakeDue(MonotonicClock, out wait);
            }

            if (timer is not null)
                Fire(timer);
            else
                _changed.Wait(wait);
        }
    }

    private void Fire(DueTimer timer)
    {
        if (timer.IsCanceled)
            return;
        try
        {
            timer.Fire();
        }
        catch (Exception fault)
        {
            Log.Error(fault, "The scheduler failed to execute an action");
            // An action that failed once is not repeated.
            return;
        }

        if (timer.Interval is not { } interval || timer.IsCanceled)
            return;
        lock (_gate)
        {
            if (_disposed)
                return;
            // After a pause of the whole machine one tick is due, not all that were missed.
            var next = timer.Due + interval;
            timer.Due = next > MonotonicClock ? next : MonotonicClock;
            _timers.Add(timer);
        }
    }
}
