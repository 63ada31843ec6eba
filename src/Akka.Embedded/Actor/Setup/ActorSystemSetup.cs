using System.Collections.Immutable;
using Akka.Util;

namespace Akka.Actor.Setup
{
    /// <summary>A part of what a system is started with, set in code.</summary>
    public abstract class Setup
    {
        public ActorSystemSetup And(Setup other) => ActorSystemSetup.Create(this, other);
    }

    /// <summary>Parts by their type; a later one takes the place of an earlier.</summary>
    public sealed class ActorSystemSetup
    {
        public static readonly ActorSystemSetup Empty = new(ImmutableDictionary<Type, Setup>.Empty);

        private readonly ImmutableDictionary<Type, Setup> _setups;

        private ActorSystemSetup(ImmutableDictionary<Type, Setup> setups) => _setups = setups;

        public static ActorSystemSetup Create(params Setup[] setup) =>
            setup.Aggregate(Empty, (all, one) => new ActorSystemSetup(all._setups.SetItem(one.GetType(), one)));

        public Option<T> Get<T>()
            where T : Setup => _setups.TryGetValue(typeof(T), out var setup) ? (T)setup : Option<T>.None;

        public ActorSystemSetup WithSetup<T>(T setup)
            where T : Setup => new(_setups.SetItem(setup.GetType(), setup));

        public ActorSystemSetup And<T>(T setup)
            where T : Setup => WithSetup(setup);

        public override string ToString() =>
            $"ActorSystemSetup({string.Join(',', _setups.Keys.Select(type => type.FullName))})";
    }
}

namespace Akka.Actor
{
    /// <summary>The configuration of a system, as part of its setup.</summary>
    public sealed class BootstrapSetup : Setup.Setup
    {
        private BootstrapSetup(Option<Configuration.Config> config) => Config = config;

        public Option<Configuration.Config> Config { get; }

        public static BootstrapSetup Create() => new(Option<Configuration.Config>.None);

        public BootstrapSetup WithConfig(Configuration.Config config) => new(config);

        public BootstrapSetup WithConfigFallback(Configuration.Config config) =>
            new(Config.HasValue ? Config.Value.WithFallback(config) : config);
    }
}
