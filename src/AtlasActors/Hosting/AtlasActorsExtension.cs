using System.Security.Cryptography;
using Akka;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using AtlasActors.Atlas;
using AtlasActors.Atlas.Webhooks;

namespace AtlasActors.Hosting;

/// <summary>
/// AtlasActors in an actor system: all doors lead here. The first call of <see cref="For"/> starts <c>/user/atlas</c>,
/// as <c>atlas-actors</c> in the system's HOCON says, or as the options of <c>WithAtlasActors</c> and
/// <c>AddAtlasActors</c> say, which call it.
/// </summary>
public sealed class AtlasActorsExtension : IExtension
{
    /// <summary>Between the last answer to a submission and its record.</summary>
    private static readonly TimeSpan ToRecord = TimeSpan.FromSeconds(5);

    internal AtlasActorsExtension(ExtendedActorSystem system)
    {
        system.Settings.InjectTopLevelFallback(DefaultConfig);
        var given = system.Settings.Setup.Get<AtlasActorsSetup>();
        var configuration = AtlasConfiguration.Read(
            system.Settings.Config, given.HasValue ? given.Value.Options : null, Environment.GetEnvironmentVariable);
        if (configuration.Journal is { } journal)
        {
            journal.Prepare();
            system.Settings.InjectTopLevelFallback(journal.ToConfig());
        }
        AtlasEventSerializer.Bind(system);
        System = system;
        Supervisor = Start(system, configuration);
        WhenStopped = Supervisor.WatchAsync();
        Batches = new AtlasBatches(() => this);
        Webhooks = Receive(system, configuration.Options.BaseUrl);
        StopWithTheSystem(system, StopPatience(configuration.Settings.SubmitPatience));
    }

    /// <summary>Every key of AtlasActors with its default. It stands behind the system's own HOCON by itself.</summary>
    public static Config DefaultConfig => AtlasConfiguration.Reference;

    /// <summary>
    /// <c>/user/atlas</c>, for actors: tell it <c>BatchCommands</c> and <c>BatchQueries</c>, watch it to hear of its end.
    /// </summary>
    public IActorRef Supervisor { get; }

    /// <summary>The same for everybody else, with tasks.</summary>
    public IAtlasBatches Batches { get; }

    /// <summary>Where the requests are handed in that come to <see cref="AtlasActorsOptions.PublicUrl"/>.</summary>
    public IAtlasWebhooks Webhooks { get; }

    internal ActorSystem System { get; }

    /// <summary>Completes when <c>/user/atlas</c> has ended: nobody answers any more.</summary>
    internal Task WhenStopped { get; }

    /// <summary>AtlasActors in this system: started by the first call, the same ever after.</summary>
    /// <exception cref="ConfigurationException">
    /// Something is missing in <c>atlas-actors</c>, or makes no sense: the message has all that was found, each with its path
    /// and what to do about it.
    /// </exception>
    public static AtlasActorsExtension For(ActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return system.WithExtension<AtlasActorsExtension, AtlasActorsExtensionProvider>();
    }

    /// <summary>Submissions under way are waited for at shutdown, as long as their answers can take.</summary>
    internal static TimeSpan StopPatience(TimeSpan submitPatience) => submitPatience + ToRecord;

    private static IActorRef Start(ExtendedActorSystem system, AtlasConfiguration configuration)
    {
        var (options, timeouts) = (configuration.Options, configuration.Settings.Timeouts);
#pragma warning disable RS0030 // The one place where chance comes in; from here on it is handed down.
        var chance = Random.Shared;
#pragma warning restore RS0030
        var api = new AtlasApi(
            new AtlasApiOptions
            {
                BaseUrl = options.BaseUrl, ApiKey = options.ApiKey, SubmitTimeout = timeouts.Submit, PollTimeout = timeouts.Poll,
            },
            TimeProvider.System, chance.NextDouble);
        var downloads = new OutputDownloads(
            new OutputDownloadOptions
            {
                TrustedHost = options.BaseUrl.IdnHost, AllowPrivateAddresses = options.AllowPrivateAddresses,
                HeadersTimeout = timeouts.Download, IdleTimeout = timeouts.Download,
            },
            TimeProvider.System);
        system.RegisterOnTermination(() =>
        {
            api.Dispose();
            downloads.Dispose();
        });
        return system.ActorOf(AtlasSupervisor.Props(new AtlasParts(
            api, api.Uploads, downloads, configuration.Settings, options.OutputDir, options.ShownOutputDir ?? options.OutputDir,
            options.EndpointName ?? options.BaseUrl.ToString(), options.ContinueUnfinished, chance, options.Haste,
            configuration.Journal?.Trouble())
        {
            Callbacks = options.PublicUrl is { } url ? new WebhookAddresses(url, RandomNumberGenerator.GetBytes) : null,
            FolderPerBatch = options.FolderPerBatch,
        }), "atlas");
    }

    private AtlasWebhooks Receive(ExtendedActorSystem system, Uri api)
    {
        var keys = new JwksKeys(api, TimeProvider.System);
        system.RegisterOnTermination(keys.Dispose);
        return new AtlasWebhooks(() => (Supervisor, WhenStopped), keys, () => system.Scheduler.Now);
    }

    private void StopWithTheSystem(ExtendedActorSystem system, TimeSpan patience)
    {
        const string phase = CoordinatedShutdown.PhaseBeforeServiceUnbind;
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(phase, "stop-batches", async () =>
        {
            var allStopped = Supervisor.Ask<SupervisorMessages.AllStopped>(new SupervisorMessages.StopAll(), patience);
            await (await Task.WhenAny(allStopped, WhenStopped).ConfigureAwait(false)).ConfigureAwait(false);
            return Done.Instance;
        });
        if (shutdown.Timeout(phase) < patience)
        {
            system.Log.Warning(
                "akka.coordinated-shutdown.phases.{0}.timeout is {1}: a submission whose answer comes later at the system's end "
                + "is in doubt at the next start. Set it to {2}s in the system's HOCON.", phase, shutdown.Timeout(phase),
                Math.Ceiling((patience + ToRecord).TotalSeconds));
        }
    }
}

/// <summary>Finds and makes <see cref="AtlasActorsExtension"/>; its name may stand in <c>akka.extensions</c>.</summary>
public sealed class AtlasActorsExtensionProvider : ExtensionIdProvider<AtlasActorsExtension>
{
    /// <inheritdoc />
    public override AtlasActorsExtension CreateExtension(ExtendedActorSystem system) => new(system);
}

/// <summary>Options from code, on their way to the extension.</summary>
internal sealed class AtlasActorsSetup(AtlasActorsOptions options) : Setup
{
    public AtlasActorsOptions Options { get; } = options;
}

/// <summary>Stands for <c>/user/atlas</c> in Akka.Hosting's registry: <c>IRequiredActor&lt;AtlasActor&gt;</c>.</summary>
public sealed class AtlasActor
{
    private AtlasActor() { }
}
