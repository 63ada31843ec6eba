using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.Util;
using Xunit;

namespace Akka.Embedded.Tests.Actor;

/// <summary>What a system tells of itself and gives to its extensions.</summary>
public sealed class SystemContractSpecs() : AkkaSpec("""
    akka.loglevel = WARNING
    akka.log-dead-letters = 7
    akka.log-dead-letters-during-shutdown = off
    akka.log-dead-letters-suspend-duration = 90s
    akka.logger-startup-timeout = 7s
    akka.actor.debug { event-stream = off, unhandled = on }
    """)
{
    private ExtendedActorSystem Extended => (ExtendedActorSystem)Sys;

    [Fact]
    public void Its_settings_are_read_from_its_configuration()
    {
        var settings = Sys.Settings;
        Assert.Same(Sys, settings.System);
        Assert.Equal(("WARNING", "OFF"), (settings.LogLevel, settings.StdoutLogLevel));
        Assert.Equal(7, settings.LogDeadLetters);
        Assert.False(settings.LogDeadLettersDuringShutdown);
        Assert.Equal(TimeSpan.FromSeconds(90), settings.LogDeadLettersSuspendDuration);
        Assert.Equal(TimeSpan.FromSeconds(7), settings.LoggerStartTimeout);
        Assert.True(settings is { DebugUnhandledMessage: true, DebugEventStream: false, SerializeAllMessages: false });
        Assert.True(settings.CoordinatedShutdownTerminateActorSystem);
        Assert.True(settings.CoordinatedShutdownRunByActorSystemTerminate);
        Assert.Contains("DefaultSupervisorStrategy", settings.SupervisorStrategyClass, StringComparison.Ordinal);
        Assert.Contains("HashedWheelTimerScheduler", settings.SchedulerClass, StringComparison.Ordinal);
        Assert.Contains(settings.Loggers, logger => logger.Contains("TestEventListener", StringComparison.Ordinal));
        Assert.NotNull(settings.LogFormatter);
        Assert.NotNull(settings.StdoutLogger);
    }

    [Fact]
    public void Settings_can_be_read_from_any_configuration()
    {
        var settings = new Settings(Sys, "akka.actor.ask-timeout = 3s");
        Assert.Equal(TimeSpan.FromSeconds(3), settings.AskTimeout);
        var withSetup = new Settings(Sys, Config.Empty, ActorSystemSetup.Create(new Named("a")));
        Assert.Equal("a", withSetup.Setup.Get<Named>().Value.Name);
    }

    [Fact]
    public void It_knows_its_root_its_guardians_and_the_dead_letters()
    {
        Assert.Equal("akka://test/user", Extended.Guardian.Path.ToString());
        Assert.Equal("akka://test/system", Extended.SystemGuardian.Path.ToString());
        Assert.Equal(0, Extended.LookupRoot.Path.Depth);
        Assert.Equal("akka://test/deadLetters", Sys.DeadLetters.Path.ToString());
        Assert.Equal(Extended.LookupRoot, Extended.Guardian.Parent);
    }

    [Fact]
    public void Its_extensions_may_start_actors_beside_the_users()
    {
        var first = Extended.SystemActorOf(Akka.TestKit.TestActors.EchoActor.Props(this), "first");
        Assert.Equal("akka://test/system/first", first.Path.ToString());
        first.Tell("hello");
        ExpectMsg("hello");
        var second = Extended.SystemActorOf<Silent>("second");
        Assert.Equal("/system/second", second.Path.ToStringWithoutAddress());
    }

    [Fact]
    public void A_reference_can_be_steered_as_its_supervisor_does()
    {
        var echo = (IInternalActorRef)Sys.ActorOf(Props.Create(() => new Restarting(TestActor)));
        echo.Suspend();
        echo.Tell("waits");
        ExpectNoMsg(Moment);
        echo.Resume();
        ExpectMsg("waits");
        echo.Suspend();
        echo.Restart(new IOException("as told"));
        ExpectMsg("restarted after as told");
        Watch(echo);
        echo.Stop();
        ExpectTerminated(echo);
        Sys.ActorOf<Silent>().Tell("x");
    }

    [Fact]
    public void It_knows_how_long_it_has_run()
    {
        var before = Sys.Uptime;
        AwaitCondition(() => Sys.Uptime > before);
        Assert.True(Sys.StartTime > TimeSpan.Zero);
    }

    [Fact]
    public void An_extension_is_found_by_its_id()
    {
        IExtensionId<Counting> typed = new CountingId();
        IExtensionId untyped = typed;
        Assert.Equal(typeof(Counting), untyped.ExtensionType);
        var made = Assert.IsType<Counting>(Sys.RegisterExtension(untyped));
        Assert.Same(made, typed.Get(Sys));
        Assert.Same(made, typed.Apply(Sys));
        Assert.Same(made, untyped.Get(Sys));
        Assert.Same(made, untyped.Apply(Sys));
        Assert.Same(made, Sys.GetExtension(untyped));
        Assert.NotSame(made, typed.CreateExtension(Extended));
        Assert.IsType<Counting>(untyped.CreateExtension(Extended));
        var type = untyped.ExtensionType;
        Assert.True(Sys.HasExtension(type) && Sys.TryGetExtension(type, out _));
        Assert.Same(made, Sys.WithExtension<Counting>(typeof(CountingId)));
    }

    [Fact]
    public async Task To_abort_ends_it_without_a_coordinated_shutdown()
    {
        var system = ActorSystem.Create("aborted", "akka { loglevel = OFF, stdout-loglevel = OFF }");
        var ran = false;
        CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseServiceStop, "never", () =>
        {
            ran = true;
            return Task.FromResult(Done.Instance);
        });
        ((ExtendedActorSystem)system).Abort();
        await system.WhenTerminated.WaitAsync(Patient);
        Assert.False(ran);
    }

    [Fact]
    public async Task To_dispose_of_it_ends_it()
    {
        var system = ActorSystem.Create("disposed", "akka { loglevel = OFF, stdout-loglevel = OFF }");
        system.Dispose();
        await system.WhenTerminated.WaitAsync(Patient);
    }

    [Fact]
    public void Setups_are_held_by_their_type()
    {
        var setup = new Named("a").And(new Numbered(1));
        Assert.Equal("a", setup.Get<Named>().Value.Name);
        Assert.Equal(1, setup.Get<Numbered>().Value.Number);
        Assert.Equal("b", setup.WithSetup(new Named("b")).Get<Named>().Value.Name);
        Assert.Equal(2, ActorSystemSetup.Empty.And(new Numbered(2)).Get<Numbered>().Value.Number);
        Assert.False(ActorSystemSetup.Empty.Get<Named>().HasValue);
    }

    [Fact]
    public void A_bootstrap_setup_holds_a_configuration_and_its_fallback()
    {
        Assert.False(BootstrapSetup.Create().Config.HasValue);
        var setup = BootstrapSetup.Create().WithConfig("a = 1").WithConfigFallback("a = 2, b = 3");
        Assert.Equal((1, 3), (setup.Config.Value.GetInt("a"), setup.Config.Value.GetInt("b")));
    }

    [Fact]
    public void A_status_holds_what_it_is_told()
    {
        Assert.Equal("fine", new Status.Success("fine").Status);
        Assert.Null(Status.Success.Instance.Status);
        var failure = new Status.Failure(new IOException("no"), "where it stood");
        Assert.Equal(("no", "where it stood"), (failure.Cause.Message, failure.State));
        Assert.IsAssignableFrom<Status>(failure);
    }

    [Fact]
    public void Messages_of_the_toolkit_hold_what_they_say()
    {
        var ended = new Terminated(TestActor, true, false);
        Assert.True(ended is { ExistenceConfirmed: true, AddressTerminated: false });
        Assert.Equal(TestActor, ended.ActorRef);
        Assert.True(ended.Equals(new Terminated(TestActor, true, false)));
        Assert.Equal("id", new Identify("id").MessageId);
        object[] harmful = [PoisonPill.Instance, ended, ReceiveTimeout.Instance];
        Assert.All(harmful, message => Assert.IsAssignableFrom<IPossiblyHarmful>(message));
        object[] automatic = [PoisonPill.Instance, Kill.Instance, ended, new Identify(1)];
        Assert.All(automatic, message => Assert.IsAssignableFrom<IAutoReceivedMessage>(message));
    }

    [Fact]
    public void An_option_has_a_value_or_none()
    {
        Option<int> some = 7;
        Assert.True(some is { HasValue: true, IsEmpty: false, Value: 7 });
        Assert.Equal(some, Option<int>.Create(7));
        Assert.True(some.Equals(Option<int>.Create(7)) && some == Option<int>.Create(7) && some != Option<int>.None);
        Assert.True(Option<string>.None.IsEmpty && Option<string>.Create(null!).IsEmpty);
        Assert.Equal("none", Option<string>.None.GetOrElse("none"));
        Assert.Equal("7", some.Select(number => $"{number}").Value);
        var seen = 0;
        some.OnSuccess(number => seen = number);
        Option<int>.None.OnSuccess(_ => seen = -1);
        Assert.Equal(7, seen);
    }

    private sealed class Named(string name) : Setup
    {
        public string Name { get; } = name;
    }

    private sealed class Numbered(int number) : Setup
    {
        public int Number { get; } = number;
    }

    private sealed class Counting : IExtension;

    private sealed class CountingId : ExtensionIdProvider<Counting>
    {
        public override Counting CreateExtension(ExtendedActorSystem system) => new();
    }

    private sealed class Silent : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }
    }

    private sealed class Restarting(IActorRef test) : UntypedActor
    {
        protected override void OnReceive(object message) => test.Tell(message);

        protected override void PostRestart(Exception reason) => test.Tell($"restarted after {reason.Message}");
    }
}
