using AtlasActors.Batches;
using AtlasActors.Host.Logs;
using AtlasActors.Hosting;
using AtlasActors.Simulator;
using Serilog.Core;

namespace AtlasActors.Host.Running;

/// <summary>
/// AtlasActors at work in one output folder, with the simulator where the batch is simulated; disposing it stops both.
/// </summary>
internal sealed class BatchSession : IAsyncDisposable
{
    /// <summary>What the simulator is shown for a key; it lets in any.</summary>
    public const string SimulatorKey = "simulated";

    /// <summary>One batch of the folder is worked on at a time, and its own max_workers is the word of who pays for it.</summary>
    private static readonly string Limits = FormattableString.Invariant(
        $"atlas-actors {{ account-limit = {BatchDefinition.MostWorkers}, model-limit = {BatchDefinition.MostWorkers} }}");

    private readonly IRunningAtlas _atlas;
    private readonly AtlasActorsOptions _options;
    private readonly AtlasSimulator? _simulator;
    private readonly Logger _logger;
    private readonly ActorLogProvider _provider;

    private BatchSession(
        IRunningAtlas atlas, AtlasActorsOptions options, AtlasSimulator? simulator, Logger logger,
        ActorLogProvider provider, LogOutput logs)
    {
        _atlas = atlas;
        _options = options;
        _simulator = simulator;
        _logger = logger;
        _provider = provider;
        Logs = logs;
    }

    public IAtlasBatches Batches => _atlas.Batches;

    /// <summary>Where the log lines go.</summary>
    public LogOutput Logs { get; }

    /// <summary>Opens a folder to work in it. Nothing is begun, and nothing goes on, by itself.</summary>
    public static async Task<BatchSession> OpenAsync(
        Shell shell, StateFolder folder, ApiChoice api, LogSettings settings, CancellationToken cancellation)
    {
        var simulator = api is ApiChoice.Simulated { Speed: var speed }
            ? await AtlasSimulator.StartAsync(
                new SimulatorOptions { Speed = speed, JournalFile = folder.SimulatorJournal }, cancellation)
                .ConfigureAwait(false)
            : null;
        try
        {
            return await OpenAsync(shell, OptionsFor(folder, api, simulator), simulator, settings, cancellation)
                .ConfigureAwait(false);
        }
        catch when (simulator is not null)
        {
            await simulator.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Opens a folder to look only: whatever is asked, nothing can be sent.</summary>
    public static Task<BatchSession> LookAsync(
        Shell shell, StateFolder folder, LogSettings settings, CancellationToken cancellation)
    {
        var options = new AtlasActorsOptions
        {
            OutputDir = folder.OutputDir, JournalFile = folder.Journal, ApiKey = "none", ContinueUnfinished = false,
        };
        return OpenAsync(shell, options, simulator: null, settings, cancellation);
    }

    /// <summary>The account that the batches are paid from, for what costs nothing.</summary>
    public OpenAccount OpenAccount(Shell shell) => shell.OpenAccount(_options.BaseUrl, _options.ApiKey);

    /// <summary>The folder's latest batch, or null.</summary>
    public async Task<BatchView?> CurrentAsync(CancellationToken cancellation) =>
        await Batches.ListAsync(cancellation).ConfigureAwait(false) is [.., var latest] ? latest : null;

    public async ValueTask DisposeAsync()
    {
        await _atlas.DisposeAsync().ConfigureAwait(false);
        if (_simulator is not null)
            await _simulator.DisposeAsync().ConfigureAwait(false);
        _provider.Dispose();
        await _logger.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<BatchSession> OpenAsync(
        Shell shell, AtlasActorsOptions options, AtlasSimulator? simulator, LogSettings settings,
        CancellationToken cancellation)
    {
        var (logger, output) = LogOutput.Create(shell.Error, settings);
        var provider = new ActorLogProvider(logger);
        try
        {
            var atlas = await shell.OpenAtlas(options, provider, cancellation).ConfigureAwait(false);
            return new BatchSession(atlas, options, simulator, logger, provider, output);
        }
        catch
        {
            provider.Dispose();
            await logger.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static AtlasActorsOptions OptionsFor(StateFolder folder, ApiChoice api, AtlasSimulator? simulator)
    {
        var options = new AtlasActorsOptions
        {
            OutputDir = folder.OutputDir,
            ShownOutputDir = folder.Shown,
            JournalFile = folder.Journal,
            ApiKey = SimulatorKey,
            EndpointName = api.EndpointName,
            ContinueUnfinished = false,
            Hocon = Limits,
        };
        return api switch
        {
            ApiChoice.Real real => real.Over(options),
            ApiChoice.Simulated simulated => options with { BaseUrl = simulator!.BaseUrl, Haste = simulated.Speed },
            _ => throw new ArgumentOutOfRangeException(nameof(api), api, "An API of an unknown kind."),
        };
    }
}
