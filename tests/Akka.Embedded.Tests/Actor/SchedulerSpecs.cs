using Akka.Actor;
using Xunit;

namespace Akka.Embedded.Tests.Actor;

public sealed class SchedulerSpecs : AkkaSpec
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);

    [Fact]
    public void A_message_comes_once_or_again_and_again()
    {
        Sys.Scheduler.ScheduleTellOnce(Short, TestActor, "once", ActorRefs.NoSender);
        ExpectMsg("once");
        var cancelable = Sys.Scheduler.ScheduleTellRepeatedlyCancelable(Short, Short, TestActor, "tick", TestActor);
        ExpectMsg("tick");
        ExpectMsg("tick");
        cancelable.Cancel();
        // One may have been on its way.
        Assert.InRange(ReceiveWhile<object>(message => message, 10 * Short).Count, 0, 1);
    }

    [Fact]
    public void An_early_message_does_not_wait_for_a_late_one()
    {
        Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromHours(1), TestActor, "late", ActorRefs.NoSender);
        Sys.Scheduler.ScheduleTellOnce(Short, TestActor, "early", ActorRefs.NoSender);
        ExpectMsg("early");
    }

    [Fact]
    public void Code_runs_once_or_again_and_again()
    {
        var runs = 0;
        Sys.Scheduler.Advanced.ScheduleOnce(Short, () => TestActor.Tell("ran", ActorRefs.NoSender));
        ExpectMsg("ran");
        var cancelable = new Cancelable(Sys.Scheduler);
        Sys.Scheduler.Advanced.ScheduleRepeatedly(
            TimeSpan.Zero, Short, () => Interlocked.Increment(ref runs), cancelable);
        AwaitCondition(() => Volatile.Read(ref runs) >= 3);
        cancelable.Cancel();
        Assert.True(cancelable.IsCancellationRequested);
    }

    [Fact]
    public void Code_that_fails_stops_neither_the_scheduler_nor_others()
    {
        Sys.Scheduler.Advanced.ScheduleOnce(TimeSpan.Zero, () => throw new InvalidOperationException("as told"));
        Sys.Scheduler.ScheduleTellOnce(Short, TestActor, "still running", ActorRefs.NoSender);
        ExpectMsg("still running");
    }

    [Fact]
    public void Delays_and_intervals_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Sys.Scheduler.ScheduleTellOnce(-Short, TestActor, "x", ActorRefs.NoSender));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Sys.Scheduler.ScheduleTellRepeatedly(Short, TimeSpan.Zero, TestActor, "x", ActorRefs.NoSender));
    }

    [Fact]
    public void A_cancelable_cancels_its_token_and_what_is_linked_to_it()
    {
        var first = new Cancelable(Sys.Scheduler);
        var linked = Cancelable.CreateLinkedCancelable(Sys.Scheduler, first, new Cancelable(Sys.Scheduler));
        var token = first.Token;
        first.Cancel();
        Assert.True(token.IsCancellationRequested);
        Assert.True(linked.IsCancellationRequested);
        var late = new Cancelable(Sys.Scheduler, Short);
        AwaitCondition(() => late.IsCancellationRequested);
        Assert.True(late.Token.IsCancellationRequested);
    }

    [Fact]
    public void A_hundred_thousand_timers_all_come()
    {
        const int count = 100_000;
        var counter = Sys.ActorOf(Props.Create(() => new Counting(TestActor, count)));
        for (var i = 0; i < count; i++)
            Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(i % 500), counter, "tick", ActorRefs.NoSender);
        ExpectMsg("all");
    }

    [Fact]
    public void The_clock_goes_on()
    {
        var before = Sys.Scheduler.MonotonicClock;
        AwaitCondition(() => Sys.Scheduler.MonotonicClock > before);
        Assert.InRange(Sys.Scheduler.Now, DateTimeOffset.UtcNow - Patient, DateTimeOffset.UtcNow + Patient);
    }

    private sealed class Counting(IActorRef test, int all) : UntypedActor
    {
        private int _count;

        protected override void OnReceive(object message)
        {
            if (++_count == all)
                test.Tell("all");
        }
    }
}
