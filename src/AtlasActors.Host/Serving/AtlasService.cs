using System.Threading.Channels;
using AtlasActors.Batches;
using AtlasActors.Host.Logs;
using AtlasActors.Host.Rendering;
using AtlasActors.Host.Running;
using AtlasActors.Host.Serving.Health;
using AtlasActors.Host.Serving.Outgoing;
using AtlasActors.Host.Serving.Records;
using AtlasActors.Host.Serving.Reloading;
using AtlasActors.Host.Serving.Retention;
using AtlasActors.Host.Serving.Scheduling;
using AtlasActors.Host.Serving.Telemetry;
using AtlasActors.Hosting;
using AtlasActors.Jobs;
using AtlasActors.Simulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Serilog.Extensions.Logging;

namespace AtlasActors.Host.Serving;

/// <summary>
/// The long-running service: listens, takes unfinished batches up, works until somebody stops it, and then submits no more
/// and records where all is.
/// </summary>
internal sealed class AtlasService(Shell shell, ServeFlags flags, ServiceConfiguration configuration)
{
    private const string Category = "AtlasActors.Serving";

    private static readonly TimeSpan ToLook = TimeSpan.FromSeconds(1);

    private readonly ServeOptions _options = configuration.Options;

    private readonly ServiceState _state = new(
        configuration.Options.Folder.OutputDir, configuration.Options.Api.EndpointName);

    private readonly SystemdNotice _systemd = new(shell.Environment);

    private readonly WebhookSecret _secret = WebhookSecret.Open(
        configuration.Options.Folder.WebhookSecret, shell.Variables());

    /// <summary>SIGHUP came, perhaps before there was anything to be told otherwise.</summary>
    private readonly Channel<bool> _reloads = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Serves until <paramref name="interrupted"/> is cancelled.</summary>
    public async Task RunAsync(CancellationToken interrupted)
    {
        shell.Interrupts.OnHangup(() => _reloads.Writer.TryWrite(true));
        var (logger, _) = LogOutput.Create(shell.Error, _options.Settings.Logs);
        using var provider = new ActorLogProvider(logger, dispose: true);
        // Two of them: what the server has in mind with a request must not come to the actors' lines.
        using var webProvider = new SerilogLoggerProvider(logger);
        using var telemetry = ServiceTelemetry.Start(shell.Environment);
        var simulator = _options.Api is ApiChoice.Simulated simulated
            ? await StartSimulatorAsync(simulated, interrupted).ConfigureAwait(false)
            : null;
        try
        {
            using var parts = ServiceParts.Open(
                _options, _state, telemetry, LookAt(simulator, provider.CreateLogger(Category)), shell.Clock);
            using var limit = new StopLimit(shell, parts.InForce, interrupted);
            var app = await ServiceApp.StartAsync(_options.Settings.Listen, parts, webProvider, interrupted)
                .ConfigureAwait(false);
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
        var publicUrl = _options.Settings.PublicUrl ?? (simulator is null ? null : ReachedHere(address));
        var file = RecordsFile.Prepare(_options.Folder.Records, shell.Clock.GetUtcNow());
        var atlas = await shell.OpenAtlas(_options.ForAtlas(simulator?.BaseUrl, publicUrl), logs, interrupted)
            .ConfigureAwait(false);
        var log = logs.CreateLogger(Category);
        var records = new ServiceRecords(file).Open();
        var keeper = new RecordsKeeper(file, records, atlas.Batches, log);
        // The keeper's end is the last: it writes what the batches told at theirs.
        await using (keeper.ConfigureAwait(false))
        await using (atlas.ConfigureAwait(false))
        {
            await keeper.BeginAsync().ConfigureAwait(false);
            _state.Open(atlas, keeper);
            try
            {
                var taken = await new RecordsCatchUp(records, keeper, atlas.Batches, _options.Api.EndpointName, log)
                    .RunAsync(interrupted).ConfigureAwait(false);
                _state.Show(records);
                await ServeAsync(
                    atlas.Batches, keeper, records, parts, () => TellAsync(address, publicUrl, taken, parts.Keys.Count), log,
                    interrupted).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
            {
                // While it was starting: what was taken up is stopped as ever.
                await BeginStopAsync().ConfigureAwait(false);
                await StopAsync(atlas.Batches, parts.InForce, log).ConfigureAwait(false);
            }
            _state.Close();
        }
        await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
        file.Close();
    }

    private async Task ServeAsync(
        IAtlasBatches batches, RecordsKeeper keeper, ServiceRecords records, ServiceParts parts, Func<Task> tell, ILogger log,
        CancellationToken interrupted)
    {
        using var seen = new OutboxTelemetry(() => parts.Outbox.Load, shell.Clock);
        parts.Outbox.OnSettled = seen.Settled;
        var told = OutgoingWebhooks.Start(records, parts.Outbox, _secret, parts.Webhooks, shell.Clock, log);
        var retention = RetentionRounds.Start(
            records, parts.Outbox, new RetentionWork(batches, keeper, _options.Folder.OutputDir).DoAsync,
            _options.Settings.Retention, shell.Clock, log);
        await using (told.ConfigureAwait(false))
        await using (retention.ConfigureAwait(false))
        {
            var schedules = SchedulesOf(batches, records, parts, log);
            // They end before the batches do: what they begin is recorded, or not begun.
            await using (schedules.ConfigureAwait(false))
            {
                await schedules.BeginAsync(_options.Settings.Schedules).ConfigureAwait(false);
                _state.Schedule(schedules);
                await tell().ConfigureAwait(false);
                WarnOfDoubts(log);
                _systemd.Ready("Serving");
                var running = new Reloaded(batches, parts.Rates, told, schedules, retention);
                await new Reloads(shell, flags, configuration, parts.InForce, running, _systemd, log)
                    .RunAsync(_reloads.Reader, interrupted).ConfigureAwait(false);
                await BeginStopAsync().ConfigureAwait(false);
            }
            await StopAsync(batches, parts.InForce, log).ConfigureAwait(false);
        }
    }

    private Schedules SchedulesOf(IAtlasBatches batches, ServiceRecords records, ServiceParts parts, ILogger log)
    {
        var start = new ScheduledStart(batches, _state.NoteAsync, parts.InForce, parts.Webhooks.ArePrivateAllowed);
        var rounds = new ScheduleRounds(parts.Schedules, start, parts.Clock, log);
        return new Schedules(parts.Schedules, rounds, () => records.WhenNews, parts.Clock, log);
    }

    /// <summary>From then on nothing is begun.</summary>
    private async Task BeginStopAsync()
    {
        _state.Stop();
        _systemd.Stopping();
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
                Speed = simulated.Speed, JournalFile = _options.Folder.SimulatorJournal, AllowPrivateWebhooks = true,
            }, cancellation);

    private async Task TellAsync(Uri address, Uri? publicUrl, int taken, int keys)
    {
        var url = address.ToString().TrimEnd('/');
        await shell.Out.WriteLineAsync(
            $"Serving {_options.Folder.Shown} at {url}; Ctrl-C or SIGTERM stops it, and a new start goes on.")
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

    private void WarnOfDoubts(ILogger log)
    {
        var (within, patience) = (_options.Settings.StopWithin, configuration.Library.SubmitPatience);
        if (StopPlan.ForAnswers(within) < patience)
            log.LogWarning(
                "A stop may take {StopWithin}, and the answer to a submission {SubmitPatience}: one that comes too late is in doubt "
                + "at the next start. Raise atlas-service.stop-within", within, patience);
    }

    private static string Taken(int count) =>
        count == 1 ? "1 unfinished batch" : FormattableString.Invariant($"{count} unfinished batches");

    /// <summary>All at once: each waits for the answers of its own submissions under way.</summary>
    private async Task StopAsync(IAtlasBatches batches, SettingsInForce inForce, ILogger log)
    {
        var patience = StopPlan.ForAnswers(inForce.Current.StopWithin);
        var left = await batches.StopAllAsync(patience, CancellationToken.None).ConfigureAwait(false);
        if (left.Count > 0)
        {
            var what = await UnansweredAsync(batches, left).ConfigureAwait(false);
            log.LogWarning("{Unanswered:l} within {Patience}: what Atlas took of it is in doubt at the next start", what, patience);
            await shell.Out.WriteLineAsync(
                $"{what} within {Texts.Duration(patience)}: what Atlas took of it is in doubt at the next start.")
                .ConfigureAwait(false);
        }
        await shell.Out.WriteLineAsync("Stopped.").ConfigureAwait(false);
    }

    private Readiness LookAt(AtlasSimulator? simulator, ILogger log)
    {
        var atlas = _options.ForAtlas(simulator?.BaseUrl, publicUrl: null);
        return new Readiness(
            _state, _options.Folder, shell.OpenAccount(atlas.BaseUrl, atlas.ApiKey, _options.ArePrivateAllowed), shell.Clock, log);
    }

    private static async Task<string> UnansweredAsync(IAtlasBatches batches, IReadOnlyList<BatchId> left)
    {
        using var patience = new CancellationTokenSource(ToLook);
        var count = 0;
        try
        {
            foreach (var id in left)
                count += (await batches.GetAsync(id, patience.Token).ConfigureAwait(false)).Count(JobStage.Submitting);
        }
        catch (Exception fault) when (fault is OperationCanceledException or BatchException)
        {
            // Whoever does not answer has stopped by now, or cannot be waited for any longer.
        }
        return count switch
        {
            0 => $"{Texts.Count(left.Count, "batch")} were not recorded to the end",
            1 => "1 submission was not answered",
            _ => FormattableString.Invariant($"{count} submissions were not answered"),
        };
    }
}
