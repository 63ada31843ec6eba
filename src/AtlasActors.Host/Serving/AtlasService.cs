using AtlasActors.Host.Logs;
using AtlasActors.Host.Rendering;
using AtlasActors.Host.Running;
using AtlasActors.Host.Serving.Outgoing;
using AtlasActors.Host.Serving.Records;
using AtlasActors.Host.Serving.Scheduling;
using AtlasActors.Host.Serving.Telemetry;
using AtlasActors.Hosting;
using AtlasActors.Simulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Serilog.Extensions.Logging;

namespace AtlasActors.Host.Serving;

/// <summary>
/// The long-running service: listens, takes unfinished batches up, works until somebody stops it, and then submits no more
/// and records where all is.
/// </summary>
internal sealed class AtlasService(Shell shell, ServeOptions options)
{
    private readonly ServiceState _state = new(options.Folder.OutputDir, options.Api.EndpointName);

    private readonly WebhookSecret _secret = WebhookSecret.Open(options.Folder.WebhookSecret, shell.Variables());

    /// <summary>Serves until <paramref name="interrupted"/> is cancelled.</summary>
    public async Task RunAsync(CancellationToken interrupted)
    {
        var (logger, _) = LogOutput.Create(shell.Error, options.Logs);
        using var provider = new ActorLogProvider(logger, dispose: true);
        // Two of them: what the server has in mind with a request must not come to the actors' lines.
        using var webProvider = new SerilogLoggerProvider(logger);
        using var telemetry = ServiceTelemetry.Start(shell.Environment);
        var simulator = options.Api is ApiChoice.Simulated simulated
            ? await StartSimulatorAsync(simulated, interrupted).ConfigureAwait(false)
            : null;
        try
        {
            using var parts = ServiceParts.Open(options, _state, telemetry, shell.Clock);
            var app = await ServiceApp.StartAsync(options.Listen, parts, webProvider, interrupted).ConfigureAwait(false);
            await using (app.ConfigureAwait(false))
                await WorkAsync(app, simulator, provider, parts, interrupted).ConfigureAwait(false);
        }
        finally
        {
            if (simulator is not null)
                await simulator.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task WorkAsync(
        WebApplication app, AtlasSimulator? simulator, ActorLogProvider logs, ServiceParts parts, CancellationToken interrupted)
    {
        var address = ServiceApp.AddressOf(app);
        var publicUrl = options.PublicUrl ?? (simulator is null ? null : ReachedHere(address));
        var file = RecordsFile.Prepare(options.Folder.Records, shell.Clock.GetUtcNow());
        var atlas = await shell.OpenAtlas(OptionsFor(simulator, publicUrl), logs, interrupted).ConfigureAwait(false);
        var log = logs.CreateLogger("AtlasActors.Serving");
        var records = new ServiceRecords(file).Open();
        var keeper = new RecordsKeeper(file, records, atlas.Batches, log);
        // The keeper's end is the last: it writes what the batches told at theirs.
        await using (keeper.ConfigureAwait(false))
        await using (atlas.ConfigureAwait(false))
        {
            await keeper.BeginAsync().ConfigureAwait(false);
            _state.Open(atlas, keeper);
            var taken = await new RecordsCatchUp(records, keeper, atlas.Batches, options.Api.EndpointName, log)
                .RunAsync(interrupted).ConfigureAwait(false);
            _state.Show(records);
            var told = OutgoingWebhooks.Start(records, parts.Outbox, _secret, options.Webhooks, shell.Clock, log);
            await using (told.ConfigureAwait(false))
            {
                var schedules = SchedulesOf(atlas.Batches, records, parts, log);
                // They end before the batches do: what they begin is recorded, or not begun.
                await using (schedules.ConfigureAwait(false))
                {
                    await BeginAsync(schedules).ConfigureAwait(false);
                    await TellAsync(address, publicUrl, taken, parts.Keys.Count).ConfigureAwait(false);
                    await UntilAsync(interrupted).ConfigureAwait(false);
                }
                await StopAsync(atlas.Batches).ConfigureAwait(false);
                _state.Close();
            }
        }
        await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
        file.Close();
    }

    private Schedules SchedulesOf(IAtlasBatches batches, ServiceRecords records, ServiceParts parts, ILogger log)
    {
        var start = new ScheduledStart(batches, _state.NoteAsync, parts.Limits, parts.Webhooks.ArePrivateAllowed);
        var rounds = new ScheduleRounds(parts.Schedules, start, parts.Clock, log);
        return new Schedules(parts.Schedules, rounds, () => records.WhenNews, parts.Clock, log);
    }

    private async Task BeginAsync(Schedules schedules)
    {
        await schedules.BeginAsync(options.Settings.Schedules).ConfigureAwait(false);
        _state.Schedule(schedules);
    }

    /// <summary>From then on nothing is begun.</summary>
    private async Task UntilAsync(CancellationToken interrupted)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, interrupted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _state.Stop();
        await shell.Out.WriteLineAsync("Stopping: no more is submitted, and what is on its way is recorded.")
            .ConfigureAwait(false);
    }

    /// <summary>Where this machine reaches what is listened on; all addresses of a machine are none to call.</summary>
    private static Uri ReachedHere(Uri address) => address.Host switch
    {
        "0.0.0.0" => new UriBuilder(address) { Host = "127.0.0.1" }.Uri,
        "[::]" => new UriBuilder(address) { Host = "[::1]" }.Uri,
        _ => address,
    };

    private Task<AtlasSimulator> StartSimulatorAsync(ApiChoice.Simulated simulated, CancellationToken cancellation) =>
        AtlasSimulator.StartAsync(
            new SimulatorOptions
            {
                Speed = simulated.Speed, JournalFile = options.Folder.SimulatorJournal, AllowPrivateWebhooks = true,
            }, cancellation);

    private AtlasActorsOptions OptionsFor(AtlasSimulator? simulator, Uri? publicUrl)
    {
        var common = new AtlasActorsOptions
        {
            OutputDir = options.Folder.OutputDir,
            ShownOutputDir = options.Folder.Shown,
            JournalFile = options.Folder.ServiceJournal,
            FolderPerBatch = true,
            ApiKey = "simulated",
            EndpointName = options.Api.EndpointName,
            PublicUrl = publicUrl,
            ContinueUnfinished = false,
            Hocon = options.Hocon,
        };
        return options.Api switch
        {
            ApiChoice.Real real => real.Over(common),
            ApiChoice.Simulated simulated => common with { BaseUrl = simulator!.BaseUrl, Haste = simulated.Speed },
            var other => throw new InvalidOperationException($"An API of an unknown kind: {other.GetType()}."),
        };
    }

    private async Task TellAsync(Uri address, Uri? publicUrl, int taken, int keys)
    {
        var url = address.ToString().TrimEnd('/');
        await shell.Out.WriteLineAsync(
            $"Serving {options.Folder.Shown} at {url}; Ctrl-C or SIGTERM stops it, and a new start goes on.")
            .ConfigureAwait(false);
        if (keys > 0)
            await shell.Out.WriteLineAsync($"Callers need one of its {Texts.Count(keys, "key")}.").ConfigureAwait(false);
        if (taken > 0)
            await shell.Out.WriteLineAsync($"Going on with {Taken(taken)}.").ConfigureAwait(false);
        if (publicUrl is not null)
            await shell.Out.WriteLineAsync($"Atlas Cloud calls back at {publicUrl.ToString().TrimEnd('/')}/hooks/atlas/.")
                .ConfigureAwait(false);
        await shell.Out.FlushAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private static string Taken(int count) =>
        count == 1 ? "1 unfinished batch" : FormattableString.Invariant($"{count} unfinished batches");

    /// <summary>All at once: each waits for the answers of its own submissions under way.</summary>
    private async Task StopAsync(IAtlasBatches batches)
    {
        await batches.StopAllAsync(CancellationToken.None).ConfigureAwait(false);
        await shell.Out.WriteLineAsync("Stopped.").ConfigureAwait(false);
    }
}
