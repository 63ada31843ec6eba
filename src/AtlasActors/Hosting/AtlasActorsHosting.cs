using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AtlasActors.Hosting;

/// <summary>The two doors for hosts: one for those who have no Akka system, one for those who have.</summary>
public static class AtlasActorsHosting
{
    /// <summary>Adds an actor system that makes media, and <see cref="IAtlasBatches"/> to use it.</summary>
    public static IServiceCollection AddAtlasActors(this IServiceCollection services, AtlasActorsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return services
            .AddAkka("atlas-actors", (builder, _) => builder
                .ConfigureLoggers(loggers =>
                {
                    loggers.ClearLoggers();
                    loggers.AddLoggerFactory();
                })
                .WithAtlasActors(options))
            .AddAtlasBatches();
    }

    /// <summary>
    /// Adds <c>/user/atlas</c> to an actor system, and <see cref="AtlasActor"/> to its registry. The system's loggers,
    /// serializers and default journal stay as they are: AtlasActors has a journal of its own.
    /// </summary>
    public static AkkaConfigurationBuilder WithAtlasActors(this AkkaConfigurationBuilder builder, AtlasActorsOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        return WithTimeToStop(builder, options)
            .AddHocon(AtlasActorsExtension.DefaultConfig, HoconAddMode.Append)
            .AddSetup(new AtlasActorsSetup(options))
            .WithActors((system, registry) => registry.Register<AtlasActor>(AtlasActorsExtension.For(system).Supervisor));
    }

    /// <summary>Where submissions may take longer than usual, the system's end waits longer for them; its own HOCON wins.</summary>
    private static AkkaConfigurationBuilder WithTimeToStop(AkkaConfigurationBuilder builder, AtlasActorsOptions options)
    {
        if (options.SubmitTimeout is not { } submit || submit <= CallTimeouts.Usual.Submit) return builder;
        var wait = AtlasActorsExtension.StopPatience(submit * AtlasSettings.PatiencePerTimeout) + TimeSpan.FromSeconds(5);
        return builder.AddHocon(
            FormattableString.Invariant($"akka.coordinated-shutdown.phases.before-service-unbind.timeout = {wait.TotalMilliseconds:0}ms"),
            HoconAddMode.Append);
    }

    /// <summary>
    /// Adds <see cref="IAtlasBatches"/> and <see cref="IAtlasWebhooks"/> to a host whose actor system has AtlasActors: by <see cref="WithAtlasActors"/>, or by
    /// <c>atlas-actors</c> in its HOCON.
    /// </summary>
    public static IServiceCollection AddAtlasBatches(this IServiceCollection services) => services
        .AddSingleton<IAtlasBatches>(
            provider => new AtlasBatches(() => AtlasActorsExtension.For(provider.GetRequiredService<ActorSystem>())))
        .AddSingleton<IAtlasWebhooks>(
            provider => AtlasActorsExtension.For(provider.GetRequiredService<ActorSystem>()).Webhooks);
}
