using Akka.Actor;
using Akka.TestKit;
using Xunit;

namespace Akka.Embedded.Tests.TestKit;

public sealed class TestSchedulerSpecs() : AkkaSpec(VirtualTime)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private TestScheduler Scheduler => (TestScheduler)Sys.Scheduler;

    [Fact]
    public void Time_stands_still_until_it_is_moved()
    {
        var start = Sys.Scheduler.Now;
        Assert.Equal(start, Sys.Scheduler.Now);
        Scheduler.Advance(Second);
        Assert.Equal(start + Second, Sys.Scheduler.Now);
        Scheduler.AdvanceTo(start + TimeSpan.FromDays(400));
        Assert.Equal(start + TimeSpan.FromDays(400), Sys.Scheduler.Now);
        Assert.Throws<InvalidOperationException>(() => Scheduler.AdvanceTo(start));
    }

    [Fact]
    public void A_message_comes_when_its_time_has_come_and_not_before()
    {
        Sys.Scheduler.ScheduleTellOnce(Second, TestActor, "due", ActorRefs.NoSender);
        Scheduler.Advance(Second - TimeSpan.FromTicks(1));
        ExpectNoMsg(Moment);
        Scheduler.Advance(TimeSpan.FromTicks(1));
        ExpectMsg("due");
    }

    [Fact]
    public void Messages_come_in_the_order_of_their_times()
    {
        Sys.Scheduler.ScheduleTellOnce(2 * Second, TestActor, "second", ActorRefs.NoSender);
        Sys.Scheduler.ScheduleTellOnce(Second, TestActor, "first", ActorRefs.NoSender);
        Scheduler.Advance(3 * Second);
        ExpectMsg("first");
        ExpectMsg("second");
    }

    [Fact]
    public void A_cancelled_message_does_not_come()
    {
        var cancelable = Sys.Scheduler.ScheduleTellOnceCancelable(Second, TestActor, "never", ActorRefs.NoSender);
        cancelable.Cancel();
        Scheduler.Advance(2 * Second);
        ExpectNoMsg(Moment);
    }

    [Fact]
    public void A_repeated_message_comes_once_a_step()
    {
        Sys.Scheduler.ScheduleTellRepeatedly(Second, Second, TestActor, "tick", ActorRefs.NoSender);
        for (var i = 0; i < 3; i++)
        {
            Scheduler.Advance(Second);
            ExpectMsg("tick");
        }
    }

    [Fact]
    public void The_timers_of_actors_follow_it()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Timed(TestActor)));
        ExpectMsg("started");
        Scheduler.Advance(TimeSpan.FromHours(1));
        ExpectMsg("an hour later");
        Sys.Stop(actor);
    }

    [Fact]
    public void The_receive_timeout_of_actors_follows_it()
    {
        Sys.ActorOf(Props.Create(() => new Waiting(TestActor)));
        ExpectMsg("waiting");
        // The time-out is set again only after the message was handled.
        AwaitAssert(() =>
        {
            Scheduler.Advance(TimeSpan.FromMinutes(10));
            ExpectMsg("waited enough", Moment);
        });
    }

    private sealed class Timed : ReceiveActor, IWithTimers
    {
        private readonly IActorRef _test;

        public Timed(IActorRef test)
        {
            _test = test;
            Receive<string>(text => test.Tell(text));
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart()
        {
            Timers.StartSingleTimer("hour", "an hour later", TimeSpan.FromHours(1));
            _test.Tell("started");
        }
    }

    private sealed class Waiting : ReceiveActor
    {
        public Waiting(IActorRef test)
        {
            SetReceiveTimeout(TimeSpan.FromMinutes(10));
            Receive<ReceiveTimeout>(_ => test.Tell("waited enough"));
            Receive<string>(text => test.Tell(text));
            Self.Tell("waiting");
        }
    }
}
