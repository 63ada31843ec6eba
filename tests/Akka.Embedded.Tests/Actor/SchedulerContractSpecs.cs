using Akka.Actor;
using Akka.Dispatch;
using Xunit;

namespace Akka.Embedded.Tests.Actor;

/// <summary>Each way of asking the scheduler for something.</summary>
public sealed class SchedulerContractSpecs : AkkaSpec
{
    private const int Soon = 10;
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(Soon);

    private IAdvancedScheduler Advanced => Sys.Scheduler.Advanced;

    [Fact]
    public void Messages_can_be_scheduled_by_milliseconds_and_called_off()
    {
        Sys.Scheduler.ScheduleTellOnce(Soon, TestActor, "once", ActorRefs.NoSender);
        ExpectMsg("once");
        using var stop = new Cancelable(Sys.Scheduler);
        Sys.Scheduler.ScheduleTellRepeatedly(0, Soon, TestActor, "again", ActorRefs.NoSender, stop);
        ExpectMsg("again");
        stop.Cancel();
        Called("off once", Sys.Scheduler.ScheduleTellOnceCancelable(60_000, TestActor, "late", ActorRefs.NoSender));
        Called("off again", Sys.Scheduler.ScheduleTellRepeatedlyCancelable(
            60_000, 60_000, TestActor, "late", ActorRefs.NoSender));
        Called("off once", Sys.Scheduler.ScheduleTellOnceCancelable(Patient, TestActor, "late", ActorRefs.NoSender));
    }

    [Fact]
    public void Code_can_be_scheduled_by_milliseconds_and_called_off()
    {
        Advanced.ScheduleOnce(Soon, () => TestActor.Tell("once", ActorRefs.NoSender));
        ExpectMsg("once");
        using var stop = new Cancelable(Advanced);
        Advanced.ScheduleRepeatedly(0, Soon, () => TestActor.Tell("again", ActorRefs.NoSender), stop);
        ExpectMsg("again");
        stop.Cancel();
        Called("off", Advanced.ScheduleOnceCancelable(60_000, () => TestActor.Tell("late")));
        Called("off", Advanced.ScheduleOnceCancelable(Patient, () => TestActor.Tell("late")));
        Called("off", Advanced.ScheduleRepeatedlyCancelable(60_000, 60_000, () => TestActor.Tell("late")));
        Called("off", Advanced.ScheduleRepeatedlyCancelable(Patient, Patient, () => TestActor.Tell("late")));
    }

    [Fact]
    public void A_runnable_is_run()
    {
        IRunnableScheduler scheduler = Advanced;
        scheduler.ScheduleOnce(Short, new Telling(TestActor, "once"));
        ExpectMsg("once");
        using var stop = new Cancelable(Sys.Scheduler);
        scheduler.ScheduleOnce(Patient, new Telling(TestActor, "late"), stop);
        scheduler.ScheduleRepeatedly(TimeSpan.Zero, Short, new Telling(TestActor, "again"), stop);
        ExpectMsg("again");
        stop.Cancel();
        scheduler.ScheduleRepeatedly(Patient, Patient, new Telling(TestActor, "late"));
    }

    [Fact]
    public void A_cancelable_may_be_cancelled_later_or_from_the_start()
    {
        using var later = new Cancelable(Sys.Scheduler);
        later.CancelAfter(Soon);
        AwaitCondition(() => later.IsCancellationRequested);
        using var afterwards = new Cancelable(Sys.Scheduler, Soon);
        AwaitCondition(() => afterwards.Token.IsCancellationRequested);
        using var soon = new Cancelable(Sys.Scheduler);
        soon.CancelAfter(Short);
        AwaitCondition(() => soon.IsCancellationRequested);
        Assert.True(Cancelable.CreateCanceled().IsCancellationRequested);
        ICancelable? none = null;
        none.CancelIfNotNull();
        using var one = new Cancelable(Sys.Scheduler);
        one.CancelIfNotNull();
        Assert.True(one.IsCancellationRequested);
        using var thrown = new Cancelable(Sys.Scheduler);
        thrown.Cancel(throwOnFirstException: true);
        Assert.True(thrown.IsCancellationRequested);
    }

    [Fact]
    public void A_cancelable_can_be_disposed_of()
    {
        var cancelable = new Cancelable(Sys.Scheduler);
        Assert.False(cancelable.IsDisposed);
        cancelable.Dispose();
        Assert.True(cancelable.IsDisposed);
    }

    [Fact]
    public void The_clocks_go_on()
    {
        ITimeProvider clock = Sys.Scheduler;
        var before = clock.HighResMonotonicClock;
        AwaitCondition(() => clock.HighResMonotonicClock > before);
    }

    [Fact]
    public void The_scheduler_of_the_configuration_can_be_made_by_hand()
    {
        var scheduler = new HashedWheelTimerScheduler(Sys.Settings.Config, Sys.Log);
        ((ITellScheduler)scheduler).ScheduleTellOnce(Short, TestActor, "came", ActorRefs.NoSender);
        ExpectMsg("came");
        scheduler.Dispose();
        Assert.ThrowsAny<Exception>(
            () => ((ITellScheduler)scheduler).ScheduleTellOnce(Short, TestActor, "x", ActorRefs.NoSender));
    }

    private static void Called(string off, ICancelable cancelable)
    {
        Assert.False(cancelable.IsCancellationRequested, off);
        cancelable.Cancel();
        Assert.True(cancelable.IsCancellationRequested, off);
    }

    private sealed class Telling(IActorRef test, string text) : IRunnable
    {
        public void Run() => test.Tell(text, ActorRefs.NoSender);

        public void Execute() => Run();
    }
}
