using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Xunit;

namespace Akka.Embedded.Tests.Actor;

public sealed class ActorSystemSpecs
{
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task It_has_a_name_and_ends()
    {
        var system = ActorSystem.Create("some-name", "akka.loglevel = OFF");
        Assert.Equal("some-name", system.Name);
        Assert.Equal("akka://some-name", system.ToString());
        Assert.False(system.WhenTerminated.IsCompleted);
        var actor = system.ActorOf(Props.Create<Slow>());
        await system.Terminate().WaitAsync(Patient);
        Assert.True(system.WhenTerminated.IsCompleted);
        Assert.ThrowsAny<Exception>(() => system.ActorOf(Props.Create<Slow>()));
        actor.Tell("nobody is there");
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("")]
    public void Its_name_must_be_one(string name) => Assert.Throws<ArgumentException>(() => ActorSystem.Create(name));

    [Fact]
    public async Task It_can_be_terminated_many_times_and_by_an_actor()
    {
        var system = ActorSystem.Create("many", "akka.loglevel = OFF");
        var terminator = system.ActorOf(Props.Create<Terminating>());
        terminator.Tell("end");
        await Task.WhenAll(system.Terminate(), system.Terminate(), system.WhenTerminated).WaitAsync(Patient);
    }

    [Fact]
    public async Task Code_registered_for_the_end_runs_then()
    {
        var system = ActorSystem.Create("registered", "akka.loglevel = OFF");
        var ran = false;
        system.RegisterOnTermination(() => ran = true);
        await system.Terminate().WaitAsync(Patient);
        Assert.True(ran);
    }

    [Fact]
    public async Task Its_configuration_falls_back_to_the_defaults()
    {
        var system = ActorSystem.Create("configured", ConfigurationFactory.ParseString("""
            akka { loglevel = ERROR, actor.ask-timeout = 7s }
            own { key = value }
            """));
        Assert.Equal("ERROR", system.Settings.LogLevel);
        Assert.Equal(TimeSpan.FromSeconds(7), system.Settings.AskTimeout);
        Assert.Equal("value", system.Settings.Config.GetString("own.key"));
        Assert.True(system.Settings.Config.HasPath("akka.coordinated-shutdown.phases"));
        system.Settings.InjectTopLevelFallback("own { key = other, more = 1 }");
        Assert.Equal("value", system.Settings.Config.GetString("own.key"));
        Assert.Equal(1, system.Settings.Config.GetInt("own.more"));
        await system.Terminate().WaitAsync(Patient);
    }

    [Fact]
    public async Task It_can_be_started_from_setups()
    {
        var setup = ActorSystemSetup.Create(
            BootstrapSetup.Create().WithConfig("akka.loglevel = OFF"), new OwnSetup("own"));
        var system = ActorSystem.Create("setup", setup);
        Assert.Equal("OFF", system.Settings.LogLevel);
        Assert.Equal("own", system.Settings.Setup.Get<OwnSetup>().Value.Text);
        await system.Terminate().WaitAsync(Patient);
    }

    [Fact]
    public async Task It_has_one_of_each_extension()
    {
        var system = ActorSystem.Create("extended", "akka.loglevel = OFF");
        Assert.False(system.HasExtension<Numbered>());
        var first = new NumberedId().Apply(system);
        Assert.Same(first, new NumberedId().Apply(system));
        Assert.Same(first, new NumberedId().Get(system));
        Assert.Same(first, system.WithExtension<Numbered, NumberedId>());
        Assert.Same(first, system.GetExtension<Numbered>());
        Assert.True(system.TryGetExtension<Numbered>(out var found));
        Assert.Same(first, found);
        await system.Terminate().WaitAsync(Patient);
    }

    [Fact]
    public async Task A_failure_that_reaches_the_root_ends_the_system()
    {
        var system = ActorSystem.Create("fatal", $"""
            akka.loglevel = OFF
            akka.stdout-loglevel = OFF
            akka.actor.guardian-supervisor-strategy = "{typeof(EscalatingConfigurator).AssemblyQualifiedName}"
            """);
        system.ActorOf(Props.Create<Slow>()).Tell(new InvalidOperationException("fatal"));
        await system.WhenTerminated.WaitAsync(Patient);
    }

    [Fact]
    public void An_actor_cannot_be_made_by_new() => Assert.Throws<ActorInitializationException>(() => new Slow());

    [Fact]
    public async Task Stop_ends_top_level_actors_and_others()
    {
        var system = ActorSystem.Create("stopping", "akka.loglevel = OFF");
        var actor = system.ActorOf(Props.Create<Slow>());
        system.Stop(actor);
        Assert.True(await actor.WatchAsync().WaitAsync(Patient));
        await system.Terminate().WaitAsync(Patient);
    }

    private sealed class OwnSetup(string text) : Setup
    {
        public string Text { get; } = text;
    }

    private sealed class Numbered : IExtension;

    private sealed class NumberedId : ExtensionIdProvider<Numbered>
    {
        public override Numbered CreateExtension(ExtendedActorSystem system) => new();
    }

    private sealed class Slow : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is Exception fault)
                throw fault;
        }
    }

    private sealed class Terminating : UntypedActor
    {
        protected override void OnReceive(object message) => Context.System.Terminate();
    }
}

public sealed class EscalatingConfigurator : SupervisorStrategyConfigurator
{
    public override SupervisorStrategy Create() => new OneForOneStrategy(_ => Directive.Escalate);
}
