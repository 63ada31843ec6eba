using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit;

namespace AtlasActors.Tests.Support;

/// <summary>
/// Virtual time that knows which jobs' actors wait for it: so a test can go from one timer to the next, and only when all
/// that the last one set off has come to its end.
/// </summary>
public sealed class SteppedScheduler(Config scheduler, ILoggingAdapter log) : TestScheduler(scheduler, log), IScheduler
{
    private readonly Lock _gate = new();
    private readonly List<(DateTimeOffset Due, ICancelable? Cancelable)> _ofJobs = [];

    /// <summary>How many timers of jobs' actors are running.</summary>
    public int JobsWaiting
    {
        get
        {
            lock (_gate) return _ofJobs.Count(timer => timer.Due > Now && timer.Cancelable is not { IsCancellationRequested: true });
        }
    }

    /// <summary>Goes to when the next of them falls due.</summary>
    public void Step()
    {
        DateTimeOffset next;
        lock (_gate)
        {
            _ofJobs.RemoveAll(timer => timer.Due <= Now || timer.Cancelable is { IsCancellationRequested: true });
            next = _ofJobs.Min(timer => timer.Due);
        }
        AdvanceTo(next);
    }

    void ITellScheduler.ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender) =>
        Plan(delay, receiver, message, sender, null);

    void ITellScheduler.ScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        Plan(delay, receiver, message, sender, cancelable);

    private void Plan(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable)
    {
        // Set first and shown after: who sees it may step to it.
        var due = Now + delay;
        if (cancelable is null) ScheduleTellOnce(delay, receiver, message, sender);
        else ScheduleTellOnce(delay, receiver, message, sender, cancelable);
        if (receiver is not IActorRef actor || !actor.Path.Name.StartsWith("job-", StringComparison.Ordinal)) return;
        lock (_gate) _ofJobs.Add((due, cancelable));
    }
}
