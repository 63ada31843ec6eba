using AtlasActors.Batches;
using AtlasActors.Host.Logs;
using AtlasActors.Host.Running;
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
internal sealed class AtlasService(Shell shell, ServeOptions options)
{
    private readonly ServiceState _state = new(options.Folder.OutputDir, options.Api.EndpointName);

    /// <summary>Serves until <paramref name="interrupted"/> is cancelled.</summary>
    public async Task RunAsync(CancellationToken interrupted)
    {
        var (logger, _) = LogOutput.Create(shell.Error, options.Logs);
        using var provider = new SerilogLoggerProvider(logger, dispose: true);
        // Two of them: what the server has in mind with a request must not come to the actors' lines.
        using var webProvider = new SerilogLoggerProvider(logger);
        var simulator = options.Api is ApiChoice.Simulated simulated
            ? await StartSimulatorAsync(simulated, interrupted).ConfigureAwait(false)
            : null;
        try
        {
            var app = await ServiceApp.StartAsync(options.Listen, _state, webProvider, interrupted).ConfigureAwait(false);
            await using (app.ConfigureAwait(false))
                await WorkAsync(app, simulator, provider, interrupted).ConfigureAwait(false);
        }
        finally
        {
            if (simulator is not null)
                await simulator.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task WorkAsync(
        WebApplication app, AtlasSimulator? simulator, SerilogLoggerProvider logs, CancellationToken interrupted)
    {
        var address = ServiceApp.AddressOf(app);
        var publicUrl = options.PublicUrl ?? (simulator is null ? null : address);
        var atlas = await shell.OpenAtlas(OptionsFor(simulator, publicUrl), logs, interrupted).ConfigureAwait(false);
        await using (atlas.ConfigureAwait(false))
        {
            _state.Open(atlas);
            var taken = await TakeUpAsync(atlas.Batches, logs.CreateLogger("AtlasActors.Serving")).ConfigureAwait(false);
            await TellAsync(address, publicUrl, taken).ConfigureAwait(false);
            await Task.Delay(Timeout.InfiniteTimeSpan, interrupted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await StopAsync(atlas.Batches).ConfigureAwait(false);
            _state.Close();
        }
        await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
    }

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
        };
        return options.Api switch
        {
            ApiChoice.Real real => common with
            {
                BaseUrl = real.BaseUrl, ApiKey = real.Key, AllowPrivateAddresses = real.AllowPrivateAddresses,
            },
            ApiChoice.Simulated simulated => common with { BaseUrl = simulator!.BaseUrl, Haste = simulated.Speed },
            var other => throw new InvalidOperationException($"An API of an unknown kind: {other.GetType()}."),
        };
    }

    /// <summary>
    /// Goes on with what is unfinished, and returns with how many batches it did. One that was begun with another API would
    /// only be told there that nobody knows its predictions: it is left as it is.
    /// </summary>
    private async Task<int> TakeUpAsync(IAtlasBatches batches, ILogger log)
    {
        var taken = 0;
        foreach (var batch in await batches.ListAsync(CancellationToken.None).ConfigureAwait(false))
        {
            if (batch.Phase != BatchPhase.Idle && batch.Count(JobStage.Overdue) == 0)
                continue;
            if (batch.Endpoint != options.Api.EndpointName)
            {
                log.LogWarning(
                    "Batch {Batch} is unfinished, and was begun with {Endpoint}: it is left as it is", batch.Id.Value,
                    batch.Endpoint);
                continue;
            }
            try
            {
                await batches.TakeUpAsync(batch.Id, CancellationToken.None).ConfigureAwait(false);
                taken++;
            }
            catch (BatchException fault)
            {
                log.LogError("Batch {Batch} cannot be gone on with: {Reason}", batch.Id.Value, fault.Message);
            }
        }
        return taken;
    }

    private async Task TellAsync(Uri address, Uri? publicUrl, int taken)
    {
        var url = address.ToString().TrimEnd('/');
        await shell.Out.WriteLineAsync(
            $"Serving {options.Folder.Shown} at {url}; Ctrl-C or SIGTERM stops it, and a new start goes on.")
            .ConfigureAwait(false);
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
        _state.Stop();
        await shell.Out.WriteLineAsync("Stopping: no more is submitted, and what is on its way is recorded.")
            .ConfigureAwait(false);
        var running = (await batches.ListAsync(CancellationToken.None).ConfigureAwait(false))
            .Where(batch => batch.Phase is BatchPhase.Running or BatchPhase.Stopping).ToList();
        await Task.WhenAll(running.Select(batch => StopAsync(batches, batch.Id))).ConfigureAwait(false);
        await shell.Out.WriteLineAsync("Stopped.").ConfigureAwait(false);
    }

    private static async Task StopAsync(IAtlasBatches batches, BatchId id)
    {
        try
        {
            await batches.StopAsync(id, CancellationToken.None).ConfigureAwait(false);
        }
        catch (BatchException)
        {
            // It failed by itself meanwhile, and said so in the log; the next start reads its journal.
        }
    }
}
