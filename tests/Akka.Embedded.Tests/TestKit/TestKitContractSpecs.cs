using Akka.Actor;
using Akka.Event;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Xunit;
using Xunit.Sdk;

namespace Akka.Embedded.Tests.TestKit;

/// <summary>The parts of the test kit that the other specs leave out.</summary>
public sealed class TestKitContractSpecs() : AkkaSpec("akka.loglevel = DEBUG")
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void Its_settings_are_those_of_its_configuration()
    {
        Assert.Equal(Patient, TestKitSettings.SingleExpectDefault);
        Assert.Equal(Patient, TestKitSettings.TestEventFilterLeeway);
        Assert.Equal(Patient, TestKitSettings.DefaultTimeout);
        Assert.Equal(1.0, TestKitSettings.TestTimeFactor);
        Assert.Same(TestKitSettings, TestKitExtension.For(Sys));
        Assert.False(DefaultConfig.IsEmpty || FullDebugConfig.IsEmpty);
        Assert.Equal(Patient, GetTimeoutOrDefault(null));
        Assert.Equal(Soon, GetTimeoutOrDefault(Soon));
        Assert.Equal(Patient, RemainingOrDefault);
        Assert.Equal(Soon, RemainingOr(Soon));
        Assert.Equal(Soon, RemainingOrDilated(Soon));
        Assert.NotNull(Log);
        Assert.NotNull(Assertions);
        Assert.Null(Output);
    }

    [Fact]
    public async Task The_asynchronous_forms_expect_the_same()
    {
        TestActor.Tell(1);
        Assert.Equal(1, await ExpectMsgAnyOfAsync([1, 2]));
        TestActor.Tell(2);
        Assert.Equal(2, await ExpectMsgFromAsync<int>(TestActor));
        await ExpectNoMsgAsync(Soon);
        TestActor.Tell(3);
        TestActor.Tell("four");
        Assert.Equal("four", await FishForMessageAsync<string>(text => text == "four"));
        TestActor.Tell(5);
        Assert.Equal(5, await PeekOneAsync());
        Assert.Equal(5, await ReceiveOneAsync());
        TestActor.Tell(6);
        TestActor.Tell(7);
        var both = new List<object>();
        await foreach (var message in ReceiveNAsync(2))
            both.Add(message);
        Assert.Equal([6, 7], both);
        await AwaitConditionAsync(() => Task.FromResult(true));
        await WithinAsync(Patient, () => Task.CompletedTask);
        var subject = Sys.ActorOf(BlackHole);
        await WatchAsync(subject);
        Sys.Stop(subject);
        Assert.Equal(subject, (await ExpectTerminatedAsync(subject)).ActorRef);
        await UnwatchAsync(subject);
    }

    [Fact]
    public void A_message_may_be_looked_at_before_it_is_taken()
    {
        TestActor.Tell("hello");
        Assert.Equal("hello", PeekOne());
        Assert.True(TryReceiveOne(out var envelope, Soon));
        Assert.Equal(("hello", TestActor), (envelope.Message, envelope.Sender));
        Assert.Equal("hello", LastMessage);
        Assert.False(TryReceiveOne(out _, Soon));
    }

    [Fact]
    public async Task A_message_may_be_tried_for()
    {
        TestActor.Tell("hello");
        var (success, envelope) = await TryReceiveOneAsync(Soon);
        Assert.True(success);
        Assert.Equal("hello", envelope.Message);
    }

    [Fact]
    public void Actors_can_be_started_by_the_kit_itself()
    {
        var echo = ActorOf(() => new Echo());
        echo.Tell("hello");
        ExpectMsg("hello");
        Assert.Equal("named", ActorOf<Echo>("named").Path.Name);
        Assert.Equal("other", ActorOf(Props.Create<Echo>(), "other").Path.Name);
        var forwarder = Sys.ActorOf(Akka.TestKit.TestActors.ForwardActor.Props(TestActor));
        forwarder.Tell("on");
        ExpectMsg("on");
    }

    [Fact]
    public void A_probe_has_children_and_an_order()
    {
        var probe = CreateTestProbe("probe");
        Assert.Equal(probe.Ref.Path, probe.ChildActorOf<Echo>().Path.Parent);
        Assert.Equal("named", probe.ChildActorOf<Echo>("named").Path.Name);
        Assert.Equal(0, probe.CompareTo(probe.Ref));
        probe.Ref.Tell("hello", TestActor);
        probe.ExpectMsg("hello");
        Assert.Equal(TestActor, probe.Sender);
    }

    [Fact]
    public async Task Events_can_be_filtered_by_anything_and_counted_while_code_runs()
    {
        var log = Logging.GetLogger(Sys, "me");
        EventFilter.Debug("one").ExpectOne(() => log.Debug("one"));
        EventFilter.Custom(logged => logged is Info).ExpectOne(() => log.Info("any"));
        EventFilter.Custom<Warning>(warning => warning.Cause is IOException)
            .ExpectOne(() => log.Warning(new IOException(), "any"));
        EventFilter.ForLogLevel(LogLevel.ErrorLevel, contains: "three").ExpectOne(() => log.Error("one two three"));
        await EventFilter.Info("again").ExpectAsync(2, () =>
        {
            log.Info("again");
            log.Info("again");
            return Task.CompletedTask;
        });
        EventFilter.Info("a").And.Info("b").Expect(2, () =>
        {
            log.Info("a");
            log.Info("b");
        });
        CreateEventFilter(Sys).Info("x").ExpectOne(() => log.Info("x"));
    }

    [Fact]
    public async Task Events_can_be_muted_for_a_while()
    {
        Sys.EventStream.Subscribe<Error>(TestActor);
        var log = Logging.GetLogger(Sys, "me");
        using (IUnmutableFilter muted = EventFilter.Error("muted").Mute())
            log.Error("muted");
        await EventFilter.Error("muted").MuteAsync(() =>
        {
            log.Error("muted");
            return Task.CompletedTask;
        });
        // Only the logger does not print them: who subscribes gets them.
        ExpectMsg<Error>();
        ExpectMsg<Error>();
    }

    [Fact]
    public void An_auto_pilot_of_ones_own_may_take_the_next_hand()
    {
        SetAutoPilot(new Once());
        TestActor.Tell("first");
        TestActor.Tell("second");
        ExpectMsg("first");
        ExpectMsg("seen first");
        ExpectMsg("second");
        ExpectNoMsg(Soon);
    }

    [Fact]
    public void Its_assertions_are_those_of_xunit()
    {
        var assertions = Assert.IsAssignableFrom<ITestKitAssertions>(new XunitAssertions());
        assertions.AssertTrue(true, "fine");
        assertions.AssertFalse(false, "fine");
        assertions.AssertEqual(1, 1);
        assertions.AssertEqual(1, 2, (_, _) => true);
        Assert.ThrowsAny<XunitException>(() => assertions.Fail("no {0}", "way"));
        Assert.ThrowsAny<XunitException>(() => assertions.AssertTrue(false, "not {0}", "fine"));
        Assert.ThrowsAny<XunitException>(() => assertions.AssertFalse(true, "not fine"));
        Assert.ThrowsAny<XunitException>(() => assertions.AssertEqual(1, 2));
        Assert.ThrowsAny<XunitException>(() => assertions.AssertEqual(1, 1, (_, _) => false));
    }

    [Fact]
    public void A_system_of_ones_own_can_be_shut_down()
    {
        var system = ActorSystem.Create("own", "akka { loglevel = OFF, stdout-loglevel = OFF }");
        Shutdown(system, Patient, verifySystemShutdown: true);
        Assert.True(system.WhenTerminated.IsCompleted);
    }

    [Fact]
    public void The_clock_of_the_kit_goes_on()
    {
        var before = Now;
        AwaitCondition(() => Now > before);
    }

    private static Props BlackHole => Akka.TestKit.TestActors.BlackHoleActor.Props;

    protected override void AfterAll() => base.AfterAll();

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell(message));
    }

    private sealed class Once : AutoPilot
    {
        public override AutoPilot Run(IActorRef sender, object message)
        {
            sender.Tell($"seen {message}");
            return NoAutoPilot.Instance;
        }
    }
}
