using Akka.Actor;
using Akka.Configuration;
using Akka.DependencyInjection;
using Akka.Embedded.Tests.Persistence.Support;
using Akka.Hosting;
using Akka.Persistence.Sql.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Akka.Embedded.Tests.Hosting;

public sealed class HostingSpecs
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task An_actor_system_starts_and_stops_with_its_host()
    {
        using var host = Host("life", builder => builder.WithActors((system, registry) =>
            registry.Register<Echo>(system.ActorOf(Props.Create(() => new Echo()), "echo"))));
        await host.StartAsync();
        var system = host.Services.GetRequiredService<ActorSystem>();

        Assert.Equal("life", system.Name);
        Assert.Equal("hello", await Ask(host.Services.GetRequiredService<ActorRegistry>().Get<Echo>(), "hello"));
        await host.StopAsync();
        await system.WhenTerminated.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_system_that_ends_stops_its_host()
    {
        using var host = Host("end", _ => { });
        var stopping = new TaskCompletionSource();
        await host.StartAsync();
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);

        await host.Services.GetRequiredService<ActorSystem>().Terminate();

        await stopping.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task Starters_run_in_order_and_startup_tasks_after_them()
    {
        var notes = new Notes();
        using var host = Host("order", builder => builder
            .AddStartup((system, registry) => notes.Add($"startup {registry.TryGet<Echo>(out _)}"))
            .WithActors((_, _) => notes.Add("first"))
            .WithActors(async (system, registry) =>
            {
                await Task.Yield();
                registry.Register<Echo>(system.ActorOf(Props.Create(() => new Echo())));
                notes.Add("second");
            })
            .WithActors((_, _, resolver) => notes.Add(resolver.GetService<Greeting>().Text)));
        await host.StartAsync();

        Assert.Equal(["first", "second", "good morning", "startup True"], await notes.Next(4));
        await host.StopAsync();
    }

    [Fact]
    public async Task Services_get_the_actors_that_they_require()
    {
        using var host = WithEcho("required");
        await host.StartAsync();
        var required = host.Services.GetRequiredService<IRequiredActor<Echo>>();
        Assert.Equal("a", await Ask(required.ActorRef, "a"));
        Assert.Equal("b", await Ask(await required.GetAsync(), "b"));
        await host.StopAsync();
    }

    [Fact]
    public async Task Services_may_wait_for_the_actors_that_they_require()
    {
        using var host = WithEcho("awaited");
        var waiting = host.Services.GetRequiredService<IRequiredActor<Echo>>().GetAsync();
        await host.StartAsync();
        Assert.Equal("a", await Ask(await waiting.WaitAsync(Patience), "a"));
        await host.StopAsync();
    }

    [Fact]
    public void An_actor_that_is_required_and_not_there_is_missing()
    {
        using var host = Host("missing", _ => { });
        var required = host.Services.GetRequiredService<IRequiredActor<Echo>>();
        Assert.Throws<MissingActorRegistryEntryException>(() => required.ActorRef);
    }

    [Fact]
    public async Task Actors_get_services_from_the_container_and_the_rest_from_their_props()
    {
        using var host = Host("container", builder => builder.WithActors((system, registry, resolver) =>
        {
            registry.Register<Greeter>(system.ActorOf(resolver.Props<Greeter>("world")));
            registry.Register<Echo>(system.ActorOf(DependencyResolver.For(system).Props<Greeter>("moon")));
        }));
        await host.StartAsync();
        var registry = host.Services.GetRequiredService<IReadOnlyActorRegistry>();

        Assert.Equal("good morning world", await registry.Get<Greeter>().Ask<string>("greet", Patience));
        Assert.Equal("good morning moon", await registry.Get<Echo>().Ask<string>("greet", Patience));
        await host.StopAsync();
    }

    [Fact]
    public async Task Configuration_in_front_wins_and_behind_fills_up()
    {
        using var host = Host("hocon", builder => builder
            .AddHocon("a = first, b = first", HoconAddMode.Append)
            .AddHocon(ConfigurationFactory.ParseString("a = second, c = second"), HoconAddMode.Append)
            .AddHocon("b = third", HoconAddMode.Prepend));

        var config = host.Services.GetRequiredService<ActorSystem>().Settings.Config;

        Assert.Equal("first", config.GetString("a"));
        Assert.Equal("third", config.GetString("b"));
        Assert.Equal("second", config.GetString("c"));
        Assert.True(config.HasPath("akka.loglevel"));
        await host.StopAsync();
    }

    [Fact]
    public async Task A_fault_in_a_starter_fails_the_start_of_the_host()
    {
        using var host = Host("fault", builder => builder.WithActors((_, _) => throw new NotSupportedException("no")));

        await Assert.ThrowsAsync<NotSupportedException>(() => host.StartAsync());

        await host.Services.GetRequiredService<ActorSystem>().WhenTerminated.WaitAsync(Patience);
    }

    [Fact]
    public async Task The_builder_gets_the_container_of_the_host()
    {
        var text = "";
        var application = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        application.Services.AddSingleton(new Greeting("good morning"));
        application.Services.AddAkka("sp", (_, services) => text = services.GetRequiredService<Greeting>().Text);
        using var host = application.Build();
        await host.StartAsync();

        Assert.Equal("good morning", text);
        await host.StopAsync();
    }

    [Fact]
    public async Task Extensions_start_with_the_system()
    {
        using var host = Host("extension", builder => builder.WithExtension<CountingExtension>());
        await host.StartAsync();

        Assert.True(host.Services.GetRequiredService<ActorSystem>().HasExtension<Counting>());
        await host.StopAsync();
    }

    [Fact]
    public async Task Persistent_actors_of_a_host_keep_their_events_in_its_database()
    {
        var folder = new TemporaryFolder();
        var notes = new Notes();
        for (var run = 0; run < 2; run++)
        {
            using var host = Host("sql", builder => builder
                .WithSqlPersistence($"Data Source={folder.File("host.db")}", "SQLite.MS", autoInitialize: true)
                .WithActors((system, registry) =>
                    registry.Register<Storyteller>(system.ActorOf(Storyteller.For("hosted", notes)))));
            await host.StartAsync();
            var number = run;
            host.Services.GetRequiredService<ActorRegistry>().Get<Storyteller>()
                .Tell((Action<Storyteller>)(a => a.Tell($"run {number}")));
            if (run == 1)
                Assert.Equal("< run 0", await notes.Next());
            await notes.Until($"run {run}");
            await host.StopAsync();
            await notes.Until("stopped");
        }

        folder.Delete();
    }

    private static IHost WithEcho(string name) => Host(name, builder => builder.WithActors((system, registry) =>
        registry.Register<Echo>(system.ActorOf(Props.Create(() => new Echo())))));

    private static IHost Host(string name, Action<AkkaConfigurationBuilder> configure)
    {
        var application = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        application.Services.AddSingleton(new Greeting("good morning"));
        application.Services.AddAkka(name, builder =>
        {
            builder.ConfigureLoggers(loggers => loggers.ClearLoggers());
            configure(builder);
        });
        return application.Build();
    }

    private static Task<string> Ask(IActorRef actor, string text) => actor.Ask<string>(text, Patience);

    private sealed record Greeting(string Text);

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message);
    }

    private sealed class Greeter(Greeting greeting, string whom) : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell($"{greeting.Text} {whom}");
    }

    private sealed class Counting : IExtension;

    private sealed class CountingExtension : ExtensionIdProvider<Counting>
    {
        public override Counting CreateExtension(ExtendedActorSystem system) => new();
    }
}
