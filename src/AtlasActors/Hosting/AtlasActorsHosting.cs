using Akka;
using Akka.Actor;
using Akka.Configuration;
using Akka.Hosting;
using Akka.Persistence.Sql.Hosting;
using AtlasActors.Atlas;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace AtlasActors.Hosting;

/// <summary>The two doors for hosts: one for those who have no Akka system, one for those who have.</summary>
public static class AtlasActorsHosting
{
    /// <summary>The journal's provider, as linq2db calls Microsoft.Data.Sqlite.</summary>
    private const string SqliteProvider = "SQLite.MS";

    /// <summary>Submissions under way are waited for at shutdown, as long as their answers can take.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(95);

    /// <summary>Adds an actor system that makes media, and <see cref="IAtlasBatches"/> to use it.</summary>
    public static IServiceCollection AddAtlasActors(this IServiceCollection services, AtlasActorsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.AddAkka("atlas-actors", (builder, _) => builder
            .ConfigureLoggers(loggers =>
            {
                loggers.ClearLoggers();
                loggers.AddLoggerFactory();
            })
            .WithAtlasActors(options));
        return services.AddSingleton<IAtlasBatches>(provider => new AtlasBatches(
            async cancellation => (
                provider.GetRequiredService<ActorSystem>(),
                await provider.GetRequiredService<IRequiredActor<AtlasSupervisor>>().GetAsync(cancellation).ConfigureAwait(false)),
            options.Haste));
    }

    /// <summary>Adds <c>/user/atlas</c> to an actor system, with its journal as the system's default journal.</summary>
    public static AkkaConfigurationBuilder WithAtlasActors(this AkkaConfigurationBuilder builder, AtlasActorsOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        return builder
            .AddHocon(ReferenceConfig(), HoconAddMode.Append)
            .WithSqlPersistence(ConnectionString(options), SqliteProvider)
            .WithCustomSerializer("atlas-events", AtlasEventSerializer.BoundTypes, system => new AtlasEventSerializer(system))
            .WithActors((system, registry) => registry.Register<AtlasSupervisor>(Start(system, options)));
    }

    private static IActorRef Start(ActorSystem system, AtlasActorsOptions options)
    {
#pragma warning disable RS0030 // The one place where chance comes in; from here on it is handed down.
        var chance = Random.Shared;
#pragma warning restore RS0030
        var api = new AtlasApi(
            new AtlasApiOptions { BaseUrl = options.BaseUrl, ApiKey = options.ApiKey }, TimeProvider.System, chance.NextDouble);
        var downloads = new OutputDownloads(new OutputDownloadOptions(), TimeProvider.System);
        system.RegisterOnTermination(() =>
        {
            api.Dispose();
            downloads.Dispose();
        });
        var parts = new AtlasParts(
            api, downloads, AtlasSettings.From(system.Settings.Config), options.OutputDir,
            options.ShownOutputDir ?? options.OutputDir, options.EndpointName ?? options.BaseUrl.ToString(), options.ContinueUnfinished, chance);
        var supervisor = system.ActorOf(AtlasSupervisor.Props(parts), "atlas");
        CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "stop-batches", async () =>
        {
            await supervisor.Ask<SupervisorMessages.AllStopped>(new SupervisorMessages.StopAll(), StopPatience).ConfigureAwait(false);
            return Done.Instance;
        });
        return supervisor;
    }

    private static Config ReferenceConfig()
    {
        using var stream = typeof(AtlasActorsHosting).Assembly.GetManifestResourceStream("AtlasActors.reference.conf")!;
        using var reader = new StreamReader(stream);
        return ConfigurationFactory.ParseString(reader.ReadToEnd());
    }

    private static string ConnectionString(AtlasActorsOptions options)
    {
        SQLitePCL.Batteries_V2.Init();
        var file = Path.GetFullPath(options.JournalFile ?? Path.Combine(options.OutputDir, ".atlas-actors", "journal.db"));
        MakeFolder(Path.GetDirectoryName(file)!);
        return new SqliteConnectionStringBuilder { DataSource = file }.ToString();
    }

    /// <summary>The journal holds prompts and results: a folder that is made for it is its owner's alone.</summary>
    private static void MakeFolder(string folder)
    {
        if (Path.GetDirectoryName(folder) is { } parent) Directory.CreateDirectory(parent);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
