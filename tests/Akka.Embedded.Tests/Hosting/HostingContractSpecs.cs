using Akka.Actor;
using Akka.Actor.Setup;
using Akka.DependencyInjection;
using Akka.Embedded.Tests.Persistence.Support;
using Akka.Event;
using Akka.Hosting;
using Akka.Hosting.Logging;
using Akka.Persistence.Hosting;
using Akka.Persistence.Sql.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Akka.Embedded.Tests.Hosting;

/// <summary>The parts of hosting that the other specs leave out.</summary>
public sealed class HostingContractSpecs
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_registry_may_be_asked_tried_and_read_through()
    {
        using var host = Host("registry", _ => { });
        await host.StartAsync();
        var system = host.Services.GetRequiredService<ActorSystem>();
        var registry = ActorRegistry.For(system);
        Assert.Same(registry, host.Services.GetRequiredService<ActorRegistry>());
        Assert.Same(registry, new ActorRegistryExtension().Apply(system));
        var actor = system.ActorOf(Props.Create(() => new Silent()));
        var waiting = registry.GetAsync<Silent>();
        Assert.True(registry.TryRegister<Silent>(actor));
        var key = Props.Create(() => new Silent()).Type;
        Assert.False(registry.TryRegister(key, actor));
        Assert.Equal(actor, await waiting.WaitAsync(Patience));
        Assert.Equal(actor, await registry.GetAsync(key).WaitAsync(Patience));
        Assert.Equal(KeyValuePair.Create(typeof(Silent), actor), Assert.Single(registry));
        Assert.Equal(actor, new RequiredActor<Silent>(registry).ActorRef);
        await host.StopAsync();
    }

    [Fact]
    public async Task Every_kind_of_starter_runs_and_extensions_are_there()
    {
        var notes = new Notes();
        using var host = Host("starters", builder => builder
            .WithExtensions(typeof(CountingExtension))
            .StartActors((_, _) => notes.Add("plain"))
            .StartActors((_, _, resolver) => notes.Add($"resolved {resolver.GetService<string>()}"))
            .WithActors(new ActorStarterWithResolver((_, _, resolver) =>
            {
                notes.Add($"awaited {resolver.GetService("".GetType())}");
                return Task.CompletedTask;
            }))
            .AddStartup(new StartupTask((_, _) =>
            {
                notes.Add("startup");
                return Task.CompletedTask;
            })));
        await host.StartAsync();
        Assert.Equal(["plain", "resolved a word", "awaited a word", "startup"], await notes.Next(4));
        Assert.True(host.Services.GetRequiredService<ActorSystem>().HasExtension<Counting>());
        await host.StopAsync();
    }

    [Fact]
    public async Task Configuration_may_come_from_files_setups_and_options()
    {
        var folder = new TemporaryFolder();
        var file = folder.File("host.conf");
        await File.WriteAllTextAsync(file, "from = file\nover = file");
        using var host = Host("configured", builder => builder
            .AddHocon("over = first", HoconAddMode.Append)
            .AddHoconFile(file, HoconAddMode.Prepend)
            .AddSetup(new Named("a setup"))
            .WithActorAskTimeout(TimeSpan.FromSeconds(7)));
        await host.StartAsync();
        var settings = host.Services.GetRequiredService<ActorSystem>().Settings;
        Assert.Equal(("file", "file"), (settings.Config.GetString("from"), settings.Config.GetString("over")));
        Assert.Equal("a setup", settings.Setup.Get<Named>().Value.Name);
        Assert.Equal(TimeSpan.FromSeconds(7), settings.AskTimeout);
        await host.StopAsync();
        folder.Delete();
    }

    [Fact]
    public async Task Loggers_are_chosen_by_the_builder()
    {
        using var host = Host("loggers", builder => builder.ConfigureLoggers(loggers =>
        {
            Assert.False(loggers.LogConfigOnStart);
            loggers.ClearLoggers();
            loggers.AddDefaultLogger();
            loggers.LogLevel = LogLevel.ErrorLevel;
        }));
        await host.StartAsync();
        var settings = host.Services.GetRequiredService<ActorSystem>().Settings;
        Assert.Contains(settings.Loggers, logger => logger.Contains("DefaultLogger", StringComparison.Ordinal));
        Assert.Equal("ERROR", settings.LogLevel.ToUpperInvariant());
        await host.StopAsync();
    }

    [Fact]
    public void A_logger_factory_is_handed_on_in_a_setup()
    {
        var factory = NullLoggerFactory.Instance;
        Assert.Same(factory, new LoggerFactorySetup(factory).LoggerFactory);
    }

    [Fact]
    public async Task A_container_may_be_given_to_a_system_without_a_host()
    {
        await using var services = new ServiceCollection().AddSingleton("a word").BuildServiceProvider();
        var setup = DependencyResolverSetup.Create(services);
        Assert.NotNull(setup.DependencyResolver);
        var quiet = BootstrapSetup.Create().WithConfig("akka.loglevel = OFF");
        var system = ActorSystem.Create("contained", quiet.And(setup));
        var resolver = DependencyResolver.For(system);
        Assert.Equal("a word", resolver.Resolver.GetService<string>());
        Assert.Same(resolver, new DependencyResolverExtension().Get(system));
        var own = new ServiceProviderDependencyResolver(services);
        Assert.Same(services, own.ServiceProvider);
        Assert.Same(own, DependencyResolverSetup.Create(own).DependencyResolver);
        Assert.Same(own, new DependencyResolver(own).Resolver);
        Assert.Equal(typeof(Talking), own.Props(typeof(Talking)).Type);
        var actor = system.ActorOf(own.Props<Talking>());
        Assert.Equal("a word", await actor.Ask<string>("say", Patience));
        await system.Terminate().WaitAsync(Patience);
    }

    [Fact]
    public async Task One_of_the_two_stores_may_be_chosen()
    {
        using var host = Host("modes", builder => builder
            .WithSqlPersistence(
                "Data Source=none.db", "SQLite.MS", PersistenceMode.SnapshotStore, isDefaultPlugin: false)
            .WithSqlPersistence(
                "Data Source=none.db", "SQLite.MS", PersistenceMode.Journal, pluginIdentifier: "other"));
        await host.StartAsync();
        var config = host.Services.GetRequiredService<ActorSystem>().Settings.Config;
        Assert.Equal("akka.persistence.journal.other", config.GetString("akka.persistence.journal.plugin"));
        Assert.Equal("SQLite.MS", config.GetString("akka.persistence.snapshot-store.sql.provider-name"));
        Assert.NotEqual(
            "akka.persistence.snapshot-store.sql", config.GetString("akka.persistence.snapshot-store.plugin"));
        await host.StopAsync();
    }

    [Fact]
    public void What_goes_wrong_with_a_registry_has_its_own_exceptions()
    {
        Exception[] faults =
        [
            new ActorRegistryException("no"), new DuplicateActorRegistryException("no"),
            new MissingActorRegistryEntryException("no")
        ];
        Assert.All(faults, fault => Assert.Equal("no", Assert.IsAssignableFrom<ActorRegistryException>(fault).Message));
        var cause = new IOException("why");
        Assert.Same(cause, new ActorRegistryException("no", cause).InnerException);
    }

    private static IHost Host(string name, Action<AkkaConfigurationBuilder> configure)
    {
        var application = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        application.Services.AddSingleton("a word");
        application.Services.AddAkka(name, builder =>
        {
            builder.ConfigureLoggers(loggers => loggers.ClearLoggers());
            configure(builder);
        });
        return application.Build();
    }

    private sealed class Named(string name) : Setup
    {
        public string Name { get; } = name;
    }

    private sealed class Counting : IExtension;

    private sealed class CountingExtension : ExtensionIdProvider<Counting>
    {
        public override Counting CreateExtension(ExtendedActorSystem system) => new();
    }

    private sealed class Silent : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }
    }

    private sealed class Talking(string word) : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(word);
    }
}
