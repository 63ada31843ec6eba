using Akka.Actor;
using Akka.TestKit;
using Xunit;

namespace Akka.Embedded.Tests.Actor;

public sealed class TimerSpecs() : AkkaSpec(VirtualTime)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private TestScheduler Time => (TestScheduler)Sys.Scheduler;

    [Fact]
    public void A_single_timer_comes_once_and_is_then_no_longer_active()
    {
        var actor = Timed();
        Do(actor, timers => timers.StartSingleTimer("key", "once", Second));
        Do(actor, timers => Assert.True(timers.IsTimerActive("key")));
        Time.Advance(Second);
        ExpectMsg("once");
        Do(actor, timers => Assert.False(timers.IsTimerActive("key")));
        Time.Advance(5 * Second);
        ExpectNoMsg(Moment);
    }

    [Fact]
    public void A_periodic_timer_comes_until_it_is_cancelled()
    {
        var actor = Timed();
        Do(actor, timers => timers.StartPeriodicTimer("key", "tick", Second));
        for (var i = 0; i < 3; i++)
        {
            Time.Advance(Second);
            ExpectMsg("tick");
        }

        Do(actor, timers => timers.Cancel("key"));
        Time.Advance(5 * Second);
        ExpectNoMsg(Moment);
    }

    [Fact]
    public void A_periodic_timer_can_begin_sooner_or_later()
    {
        var actor = Timed();
        Do(actor, timers => timers.StartPeriodicTimer("key", "tick", 10 * Second, Second));
        Time.Advance(9 * Second);
        ExpectNoMsg(Moment);
        Time.Advance(Second);
        ExpectMsg("tick");
        Time.Advance(Second);
        ExpectMsg("tick");
    }

    [Fact]
    public void A_timer_with_the_same_key_takes_the_place_of_the_one_before()
    {
        var actor = Timed();
        Do(actor, timers =>
        {
            timers.StartSingleTimer("key", "old", Second);
            timers.StartSingleTimer("key", "new", 2 * Second);
            timers.StartSingleTimer("other", "other", 3 * Second);
            Assert.Equal(2, timers.ActiveTimers.Count);
        });
        Time.Advance(3 * Second);
        ExpectMsg("new");
        ExpectMsg("other");
    }

    [Fact]
    public void A_tick_that_lies_in_the_mailbox_is_dropped_when_its_timer_is_cancelled()
    {
        var actor = Timed();
        Do(actor, timers => timers.StartSingleTimer("key", "late", Second));
        var gate = new TaskCompletionSource();
        actor.Tell(new Act(timers =>
        {
            gate.Task.Wait();
            timers.Cancel("key");
        }));
        Time.Advance(Second);
        gate.SetResult();
        ExpectMsg("done");
        ExpectNoMsg(Moment);
    }

    [Fact]
    public void A_tick_that_lies_in_the_mailbox_is_dropped_when_its_timer_is_replaced()
    {
        var actor = Timed();
        Do(actor, timers => timers.StartSingleTimer("key", "late", Second));
        var gate = new TaskCompletionSource();
        actor.Tell(new Act(timers =>
        {
            gate.Task.Wait();
            timers.StartSingleTimer("key", "new", Second);
        }));
        Time.Advance(Second);
        gate.SetResult();
        ExpectMsg("done");
        Time.Advance(Second);
        ExpectMsg("new");
    }

    [Fact]
    public void A_restart_cancels_all_timers_and_drops_their_ticks()
    {
        var actor = Timed();
        Do(actor, timers => timers.StartSingleTimer("waiting", "waiting", 2 * Second));
        Do(actor, timers => timers.StartSingleTimer("fired", "fired", Second));
        var gate = new TaskCompletionSource();
        actor.Tell(new Act(_ =>
        {
            gate.Task.Wait();
            throw new InvalidOperationException("restart me");
        }));
        Time.Advance(Second);
        gate.SetResult();
        Do(actor, timers => Assert.Empty(timers.ActiveTimers));
        Time.Advance(5 * Second);
        ExpectNoMsg(Moment);
    }

    [Fact]
    public void Of_several_timers_each_goes_by_its_own_key()
    {
        var actor = Timed();
        Do(actor, timers =>
        {
            foreach (var key in new[] { "a", "b", "c", "d" }) timers.StartSingleTimer(key, key, Second);
            timers.Cancel("a");
            timers.StartSingleTimer("c", "c anew", 2 * Second);
            timers.StartSingleTimer("e", "e", 3 * Second);
            Assert.Equal(["b", "c", "d", "e"], timers.ActiveTimers.Cast<string>().Order());
            Assert.False(timers.IsTimerActive("a"));
        });
        Time.Advance(Second);
        ExpectMsgAllOf("b", "d");
        Time.Advance(Second);
        ExpectMsg("c anew");
        Time.Advance(Second);
        ExpectMsg("e");
        Do(actor, timers => Assert.Empty(timers.ActiveTimers));
    }

    [Fact]
    public void The_end_of_an_actor_cancels_its_timers()
    {
        var actor = Timed();
        Do(actor, timers => timers.StartPeriodicTimer("key", "tick", Second));
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
        var letters = CreateTestProbe();
        Sys.EventStream.Subscribe(letters.Ref, typeof(Akka.Event.AllDeadLetters));
        Time.Advance(5 * Second);
        letters.ExpectNoMsg(Moment);
    }

    [Fact]
    public void A_tick_has_the_sender_it_was_given()
    {
        var probe = CreateTestProbe();
        var actor = Timed();
        Do(actor, timers => timers.StartSingleTimer("key", new AskSender(), Second, probe.Ref));
        Time.Advance(Second);
        probe.ExpectMsg("you sent it");
    }

    [Fact]
    public void Timers_can_be_set_in_the_constructor_and_cancelled_all_at_once()
    {
        var actor = Sys.ActorOf(Props.Create(() => new TimedFromTheStart(TestActor)));
        actor.Tell("ready?");
        ExpectMsg("yes");
        Time.Advance(Second);
        ExpectMsg("first");
        actor.Tell("stop");
        ExpectMsg("none");
        Time.Advance(5 * Second);
        ExpectNoMsg(Moment);
    }

    private IActorRef Timed() => Sys.ActorOf(Props.Create(() => new TimedActor(TestActor)));

    private void Do(IActorRef actor, Action<ITimerScheduler> action)
    {
        actor.Tell(new Act(action));
        ExpectMsg("done");
    }

    private sealed record Act(Action<ITimerScheduler> Action);

    private sealed record AskSender;

    private sealed class TimedActor : ReceiveActor, IWithTimers
    {
        public TimedActor(IActorRef test)
        {
            Receive<Act>(act =>
            {
                act.Action(Timers);
                test.Tell("done");
            });
            Receive<AskSender>(_ => Sender.Tell("you sent it"));
            Receive<string>(text => test.Tell(text));
        }

        public ITimerScheduler Timers { get; set; } = null!;
    }

    private sealed class TimedFromTheStart : ReceiveActor, IWithTimers
    {
        public TimedFromTheStart(IActorRef test)
        {
            Timers.StartSingleTimer("first", "first", Second);
            Timers.StartPeriodicTimer("later", "later", 3 * Second);
            Receive<string>(text => text == "ready?", _ => test.Tell("yes"));
            Receive<string>(text => text == "stop", _ =>
            {
                Timers.CancelAll();
                test.Tell(Timers.ActiveTimers.Count == 0 ? "none" : "some");
            });
            Receive<string>(text => test.Tell(text));
        }

        public ITimerScheduler Timers { get; set; } = null!;
    }
}
