using Akka.Actor;
using Akka.Event;
using Akka.TestKit;
using Xunit;
using Xunit.Sdk;

namespace Akka.Embedded.Tests.TestKit;

public sealed class TestKitSpecs : AkkaSpec
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void The_test_actor_is_the_sender_of_what_the_test_sends()
    {
        var echo = Sys.ActorOf(Props.Create<Echo>());
        echo.Tell("hello");
        Assert.Equal("hello", ExpectMsg<string>());
        Assert.Equal(echo, LastSender);
    }

    [Fact]
    public async Task The_test_actor_stays_the_sender_after_an_await()
    {
        var echo = Sys.ActorOf(Props.Create<Echo>());
        await Task.Yield();
        await Task.Delay(1);
        echo.Tell("hello");
        Assert.Equal("hello", await ExpectMsgAsync<string>());
    }

    [Fact]
    public void A_message_to_the_test_actor_is_there_at_once()
    {
        TestActor.Tell(1);
        Assert.True(HasMessages);
        Assert.Equal(1, ReceiveOne(TimeSpan.Zero));
        Assert.False(HasMessages);
    }

    [Fact]
    public void ExpectMsg_fails_when_no_message_comes() =>
        Assert.ThrowsAny<XunitException>(() => ExpectMsg<string>(Soon));

    [Fact]
    public void ExpectMsg_fails_when_the_message_has_another_type()
    {
        TestActor.Tell(1);
        Assert.ThrowsAny<XunitException>(() => ExpectMsg<string>());
    }

    [Fact]
    public void ExpectMsg_takes_a_value_a_predicate_or_an_assertion()
    {
        TestActor.Tell(1);
        TestActor.Tell(2);
        TestActor.Tell(3);
        ExpectMsg(1);
        ExpectMsg<int>(number => number == 2);
        ExpectMsg<int>(number => { Assert.Equal(3, number); });
        TestActor.Tell(4);
        Assert.ThrowsAny<XunitException>(() => ExpectMsg(5));
        TestActor.Tell(6);
        Assert.ThrowsAny<XunitException>(() => ExpectMsg<int>(number => number > 6));
    }

    [Fact]
    public void ExpectNoMsg_fails_when_a_message_comes()
    {
        ExpectNoMsg(Soon);
        TestActor.Tell("unwanted");
        Assert.ThrowsAny<XunitException>(() => ExpectNoMsg(Soon));
    }

    [Fact]
    public void Messages_can_be_taken_in_any_order_by_number_and_by_fishing()
    {
        foreach (var number in new[] { 3, 1, 2, 4, 5, 6, 7 })
            TestActor.Tell(number);
        ExpectMsgAllOf(1, 2, 3);
        Assert.Equal([4, 5], ReceiveN(2).Cast<int>());
        Assert.Equal(7, FishForMessage<int>(number => number == 7));
        TestActor.Tell("a");
        Assert.Equal("a", ExpectMsgAnyOf<string>(["b", "a"]));
    }

    [Fact]
    public void ExpectMsgFrom_checks_the_sender()
    {
        var probe = CreateTestProbe();
        probe.Send(TestActor, "mine");
        ExpectMsgFrom(probe.Ref, "mine");
        TestActor.Tell("own", TestActor);
        Assert.ThrowsAny<XunitException>(() => ExpectMsgFrom<string>(probe.Ref));
    }

    [Fact]
    public void A_probe_answers_and_passes_on()
    {
        var probe = CreateTestProbe();
        probe.Ref.Tell("question", TestActor);
        probe.ExpectMsg("question");
        Assert.Equal(TestActor, probe.LastSender);
        probe.Reply("answer");
        ExpectMsg("answer");
        Assert.Equal(probe.Ref, LastSender);
        probe.Forward(TestActor);
        ExpectMsg("question");
    }

    [Fact]
    public void A_probe_can_be_used_as_the_reference_itself()
    {
        var probe = CreateTestProbe();
        probe.Tell("to the probe");
        probe.ExpectMsg("to the probe");
        Assert.Equal<IActorRef>(probe, probe.Ref);
        Watch(probe);
        Sys.Stop(probe);
        ExpectTerminated(probe);
    }

    [Fact]
    public void An_auto_pilot_answers_for_the_probe()
    {
        var probe = CreateTestProbe();
        probe.SetAutoPilot(new DelegateAutoPilot((sender, message) =>
        {
            sender.Tell($"re: {message}", probe.Ref);
            return AutoPilotState(message);
        }));
        probe.Tell("one");
        ExpectMsg("re: one");
        probe.Tell("last");
        ExpectMsg("re: last");
        probe.Tell("none");
        probe.ExpectMsg("one");
        probe.ExpectMsg("last");
        probe.ExpectMsg("none");
        ExpectNoMsg(Moment);
    }

    [Fact]
    public void Ignored_messages_are_not_received()
    {
        IgnoreMessages<int>();
        TestActor.Tell(1);
        TestActor.Tell("seen");
        ExpectMsg("seen");
        IgnoreNoMessages();
        TestActor.Tell(2);
        ExpectMsg(2);
    }

    [Fact]
    public void Within_gives_its_time_to_what_is_inside()
    {
        Within(Patient, () =>
        {
            Assert.InRange(Remaining, TimeSpan.Zero, Patient);
            TestActor.Tell(1);
            ExpectMsg(1);
        });
        Assert.Throws<InvalidOperationException>(() => Remaining);
        Assert.ThrowsAny<XunitException>(() => Within(Soon, () => ExpectMsg<string>()));
    }

    [Fact]
    public async Task AwaitAssert_and_AwaitCondition_try_until_it_holds()
    {
        var attempts = 0;
        AwaitAssert(() => Assert.Equal(3, ++attempts), Patient, TimeSpan.FromMilliseconds(1));
        AwaitCondition(() => ++attempts == 6, Patient, TimeSpan.FromMilliseconds(1));
        await AwaitAssertAsync(() => Assert.Equal(9, ++attempts), Patient, TimeSpan.FromMilliseconds(1));
        Assert.Throws<TrueException>(() => AwaitAssert(() => Assert.True(false), Soon));
        Assert.ThrowsAny<XunitException>(() => AwaitCondition(() => false, Soon));
        Assert.False(AwaitConditionNoThrow(() => false, Soon));
    }

    [Fact]
    public void The_test_actor_watches_and_unwatches()
    {
        var first = Sys.ActorOf(Props.Create<Echo>());
        var second = Sys.ActorOf(Props.Create<Echo>());
        Watch(first);
        Watch(second);
        Unwatch(first);
        Sys.Stop(first);
        Sys.Stop(second);
        ExpectTerminated(second);
        ExpectNoMsg(Moment);
    }

    [Fact]
    public async Task A_child_of_the_test_actor_is_supervised_by_it()
    {
        var restarted = ChildActorOf(Props.Create<Failing>(), "restarted");
        Assert.Equal("restarted", restarted.Path.Name);
        Assert.Equal(TestActor.Path, restarted.Path.Parent);
        EventFilter.Exception<InvalidOperationException>().ExpectOne(() => restarted.Tell("fail"));
        restarted.Tell("still there?");
        ExpectMsg("still there?");
        Assert.Equal(TestActor.Path, (await ChildActorOfAsync(Props.Create<Failing>())).Path.Parent);
    }

    [Fact]
    public void Times_are_dilated_by_the_factor() =>
        Assert.Equal(TimeSpan.FromSeconds(3), Dilated(TimeSpan.FromSeconds(3)));

    private static AutoPilot AutoPilotState(object message) =>
        message is "last" ? Akka.TestKit.TestActor.NoAutoPilot : Akka.TestKit.TestActor.KeepRunning;

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell(message));
    }

    private sealed class Failing : ReceiveActor
    {
        public Failing()
        {
            Receive<string>(text => text == "fail", _ => throw new InvalidOperationException("as told"));
            ReceiveAny(message => Sender.Tell(message));
        }
    }
}

public sealed class EventFilterSpecs : AkkaSpec
{
    [Fact]
    public void An_event_is_found_by_level_and_text()
    {
        EventFilter.Info("exactly this").ExpectOne(() => Sys.Log.Info("exactly {0}", "this"));
        EventFilter.Warning(contains: "middle").ExpectOne(() => Sys.Log.Warning("the middle of it"));
        EventFilter.Error(start: "begins").ExpectOne(() => Sys.Log.Error("begins so"));
        EventFilter.Info(new System.Text.RegularExpressions.Regex("^a+$")).ExpectOne(() => Sys.Log.Info("aaa"));
    }

    [Fact]
    public void An_error_is_found_by_its_cause()
    {
        EventFilter.Exception<ArgumentException>().ExpectOne(() =>
            Sys.Log.Error(new ArgumentNullException("x"), "no x"));
        EventFilter.Exception(typeof(FormatException), checkInnerExceptions: true).ExpectOne(() =>
            Sys.Log.Error(new InvalidOperationException("outer", new FormatException("inner")), "wrapped"));
    }

    [Fact]
    public void The_number_must_be_right()
    {
        EventFilter.Info(contains: "tick").Expect(3, () =>
        {
            for (var i = 0; i < 3; i++)
                Sys.Log.Info("tick {0}", i);
        });
        Assert.ThrowsAny<XunitException>(() =>
            EventFilter.Info(contains: "tick").Expect(1, TimeSpan.FromMilliseconds(50), () => Sys.Log.Info("tock")));
    }

    [Fact]
    public void A_dead_letter_is_found_by_its_type()
    {
        var gone = Sys.ActorOf(Akka.TestKit.TestActors.BlackHoleActor.Props);
        Watch(gone);
        Sys.Stop(gone);
        ExpectTerminated(gone);
        EventFilter.DeadLetter<string>().ExpectOne(() => gone.Tell("too late"));
    }

    [Fact]
    public async Task The_asynchronous_forms_do_the_same()
    {
        await EventFilter.Info("later").ExpectOneAsync(async () =>
        {
            await Task.Yield();
            Sys.Log.Info("later");
        });
        var result = EventFilter.Warning("w").Mute(() =>
        {
            Sys.Log.Warning("w");
            return 7;
        });
        Assert.Equal(7, result);
    }
}
