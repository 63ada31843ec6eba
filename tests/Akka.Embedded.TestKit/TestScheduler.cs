using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>
/// A scheduler whose time stands still until the test moves it. A step fires what has come due, in its order; a
/// repeating timer fires once a step, and then waits its interval from the time that was stepped to.
/// </summary>
public class TestScheduler : IScheduler, IAdvancedScheduler
{
    private static readonly long Started = System.Diagnostics.Stopwatch.GetTimestamp();

    private readonly Lock _gate = new();
    private readonly PriorityQueue<Planned, (DateTimeOffset Due, long Order)> _planned = new();
    private DateTimeOffset _now = DateTimeOffset.UtcNow;
    private long _order;

    public TestScheduler(Config schedulerConfig, ILoggingAdapter log)
    {
    }

    public DateTimeOffset Now
    {
        get
        {
            lock (_gate)
                return _now;
        }
    }

    public TimeSpan MonotonicClock => System.Diagnostics.Stopwatch.GetElapsedTime(Started);

    public TimeSpan HighResMonotonicClock => MonotonicClock;

    public IAdvancedScheduler Advanced => this;


    public void Advance(TimeSpan offset)
    {
        var due = new List<Planned>();
        lock (_gate)
        {
            _now += offset;
            while (_planned.TryPeek(out _, out var next) && next.Due <= _now)
                due.Add(_planned.Dequeue());
        }

        foreach (var planned in due.Where(planned => !planned.IsCanceled))
            planned.Fire();
        foreach (var planned in due.Where(planned => planned.Interval is not null && !planned.IsCanceled))
            Plan(planned.Interval!.Value, planned);
    }

    public void AdvanceTo(DateTimeOffset when)
    {
        if (when < Now)
            throw new InvalidOperationException("You can't reverse time...");
        Advance(when - Now);
    }

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender) =>
        ScheduleTellOnce(delay, receiver, message, sender, null);

    public void ScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        Plan(delay, new Planned(() => receiver.Tell(message, sender), null, cancelable));

    public void ScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender) =>
        ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, null);

    public void ScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender,
        ICancelable? cancelable) =>
        Plan(initialDelay, new Planned(() => receiver.Tell(message, sender), interval, cancelable));

    public void ScheduleOnce(TimeSpan delay, Action action) => ScheduleOnce(delay, action, null);

    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) =>
        Plan(delay, new Planned(action, null, cancelable));

    public void ScheduleOnce(TimeSpan delay, IRunnable action) => ScheduleOnce(delay, action.Run, null);

    public void ScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable) =>
        ScheduleOnce(delay, action.Run, cancelable);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) =>
        ScheduleRepeatedly(initialDelay, interval, action, null);

    public void ScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) =>
        Plan(initialDelay, new Planned(action, interval, cancelable));

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action) =>
        ScheduleRepeatedly(initialDelay, interval, action.Run, null);

    public void ScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable? cancelable) =>
        ScheduleRepeatedly(initialDelay, interval, action.Run, cancelable);

    private void Plan(TimeSpan delay, Planned planned)
    {
        lock (_gate)
            _planned.Enqueue(planned, (_now + delay, _order++));
    }

    private sealed record Planned(Action Fire, TimeSpan? Interval, ICancelable? Cancelable)
    {
        public bool IsCanceled => Cancelable is { IsCancellationRequested: true };
    }
}
