using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.DependencyInjection;
using Akka.Hosting.Logging;
using Akka.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Akka.Hosting;

/// <summary>Where configuration goes when there is some already.</summary>
public enum HoconAddMode
{
    /// <summary>Behind: it answers for what is missing.</summary>
    Append,

    /// <summary>In front: it wins.</summary>
    Prepend,

    /// <summary>As <see cref="Prepend"/>.</summary>
    Replace
}

public delegate Task ActorStarter(ActorSystem system, IActorRegistry registry);

public delegate Task ActorStarterWithResolver(
    ActorSystem system, IActorRegistry registry, IDependencyResolver resolver);

public delegate Task StartupTask(ActorSystem system, IActorRegistry registry);

/// <summary>What an actor system of a host is made of.</summary>
public sealed class AkkaConfigurationBuilder(IServiceCollection serviceCollection, string actorSystemName)
{
    private readonly List<ActorStarter> _starters = [];
    private readonly List<StartupTask> _startups = [];
    private readonly List<Type> _extensions = [];
    private readonly List<Func<ExtendedActorSystem, SerializerDetails>> _serializers = [];
    private readonly List<Setup> _setups = [];
    private Config _config = Config.Empty;
    private bool _started;

    /// <summary>Adds actors that start, in this order, with the system.</summary>
    public AkkaConfigurationBuilder StartActors(Action<ActorSystem, IActorRegistry> starter) =>
        StartActors(ToTask(starter));

    /// <inheritdoc cref="StartActors(Action{ActorSystem, IActorRegistry})"/>
    public AkkaConfigurationBuilder StartActors(Action<ActorSystem, IActorRegistry, IDependencyResolver> starter) =>
        StartActors((system, registry) => starter(system, registry, DependencyResolver.For(system).Resolver));

    /// <inheritdoc cref="StartActors(Action{ActorSystem, IActorRegistry})"/>
    public AkkaConfigurationBuilder StartActors(ActorStarter starter) => With(() => _starters.Add(starter));

    /// <inheritdoc cref="StartActors(Action{ActorSystem, IActorRegistry})"/>
    public AkkaConfigurationBuilder StartActors(ActorStarterWithResolver starter) =>
        StartActors((ActorStarter)((system, registry) =>
            starter(system, registry, DependencyResolver.For(system).Resolver)));

    /// <summary>Adds work that is done when all actors are started.</summary>
    public AkkaConfigurationBuilder AddStartup(Action<ActorSystem, IActorRegistry> startupTask)
    {
        var task = ToTask(startupTask);
        return AddStartup((system, registry) => task(system, registry));
    }

    /// <inheritdoc cref="AddStartup(Action{ActorSystem, IActorRegistry})"/>
    public AkkaConfigurationBuilder AddStartup(StartupTask startupTask) => With(() => _startups.Add(startupTask));

    /// <summary>Serialises the types, and those derived from them, with a serializer of one's own.</summary>
    public AkkaConfigurationBuilder WithCustomSerializer(
        string serializerIdentifier,
        IEnumerable<Type> boundTypes,
        Func<ExtendedActorSystem, Serializer> serializerFactory)
    {
        var types = System.Collections.Immutable.ImmutableHashSet.CreateRange(boundTypes);
        return With(() => _serializers.Add(system =>
            SerializerDetails.Create(serializerIdentifier, serializerFactory(system), types)));
    }

    /// <summary>Starts extensions with the system.</summary>
    public AkkaConfigurationBuilder WithExtensions(params Type[] extensions)
    {
        foreach (var extension in extensions)
        {
            if (!typeof(IExtensionId).IsAssignableFrom(extension))
                throw new ConfigurationException($"Type must extends {nameof(IExtensionId)}: [{extension.FullName}]");
            if (extension.IsAbstract || !extension.IsClass)
                throw new ConfigurationException("Type class must not be abstract or static");
            if (!_extensions.Contains(extension))
                _extensions.Add(extension);
        }

        return this;
    }

    /// <inheritdoc cref="WithExtensions"/>
    public AkkaConfigurationBuilder WithExtension<T>()
        where T : IExtensionId => WithExtensions(typeof(T));

    internal AkkaConfigurationBuilder AddConfig(Config config, HoconAddMode addMode)
    {
        ArgumentNullException.ThrowIfNull(config);
        return With(() => _config = addMode == HoconAddMode.Append
            ? _config.WithFallback(config)
            : config.SafeWithFallback(_config));
    }

    internal AkkaConfigurationBuilder AddSetupPart(Setup setup) => With(() => _setups.Add(setup));

    /// <summary>Puts the system and what is found through it into the container.</summary>
    internal void Bind()
    {
        serviceCollection.AddSingleton(services =>
            services.GetRequiredService<AkkaConfigurationBuilder>().CreateSystem(services));
        serviceCollection.AddSingleton(services => ActorRegistry.For(services.GetRequiredService<ActorSystem>()));
        serviceCollection.AddSingleton<IActorRegistry>(services => services.GetRequiredService<ActorRegistry>());
        serviceCollection.AddSingleton<IReadOnlyActorRegistry>(services =>
            services.GetRequiredService<ActorRegistry>());
        serviceCollection.AddSingleton(typeof(IRequiredActor<>), typeof(RequiredActor<>));
    }

    internal async Task StartAsync(ActorSystem system)
    {
        if (_started)
            return;
        _started = true;
        var registry = ActorRegistry.For(system);
        foreach (var starter in _starters)
            await starter(system, registry).ConfigureAwait(false);
        foreach (var startup in _startups)
            await startup(system, registry).ConfigureAwait(false);
    }

    private ActorSystem CreateSystem(IServiceProvider services)
    {
        if (_setups.TrueForAll(s => s is not LoggerFactorySetup)
            && services.GetService<ILoggerFactory>() is { } loggers)
            _setups.Add(new LoggerFactorySetup(loggers));
        if (_extensions.Count > 0)
            AddConfig(ExtensionsConfig(), HoconAddMode.Prepend);

        var setup = BootstrapSetup.Create().WithConfig(_config)
            .And(DependencyResolverSetup.Create(services));
        foreach (var part in _setups)
            setup = setup.And(part);
        if (_serializers.Count > 0)
        {
            setup = setup.And(SerializationSetup.Create(system =>
                System.Collections.Immutable.ImmutableHashSet.CreateRange(_serializers.Select(make => make(system)))));
        }

        return ActorSystem.Create(actorSystemName, setup);
    }

    private Config ExtensionsConfig()
    {
        var names = _extensions.Select(type => type.AssemblyQualifiedName!)
            .Concat(_config.GetStringList("akka.extensions"))
            .Select(name => $"\"{name}\"");
        return ConfigurationFactory.ParseString($"akka.extensions = [{string.Join(", ", names)}]");
    }

    private AkkaConfigurationBuilder With(Action change)
    {
        if (!_started)
            change();
        return this;
    }

    private static ActorStarter ToTask(Action<ActorSystem, IActorRegistry> starter) => (system, registry) =>
    {
        starter(system, registry);
        return Task.CompletedTask;
    };
}
