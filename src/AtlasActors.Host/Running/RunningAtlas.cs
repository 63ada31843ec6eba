using AtlasActors.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AtlasActors.Host.Running;

/// <summary>Starts AtlasActors with these options; its logs go to the provider.</summary>
internal delegate Task<IRunningAtlas> AtlasOpener(
    AtlasActorsOptions options, ILoggerProvider logs, CancellationToken cancellation);

/// <summary>AtlasActors, started; disposing it stops the actor system.</summary>
internal interface IRunningAtlas : IAsyncDisposable
{
    IAtlasBatches Batches { get; }

    IAtlasWebhooks Webhooks { get; }
}

/// <summary>AtlasActors in a generic host of its own.</summary>
internal sealed class RunningAtlas : IRunningAtlas
{
    private readonly IHost _host;

    private RunningAtlas(IHost host) => _host = host;

    public IAtlasBatches Batches => _host.Services.GetRequiredService<IAtlasBatches>();

    public IAtlasWebhooks Webhooks => _host.Services.GetRequiredService<IAtlasWebhooks>();

    public static async Task<IRunningAtlas> OpenAsync(
        AtlasActorsOptions options, ILoggerProvider logs, CancellationToken cancellation)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddProvider(logs).SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddAtlasActors(options);
        builder.Services.AddSingleton<IHostLifetime, CommandLifetime>();
        var host = builder.Build();
        try
        {
            await host.StartAsync(cancellation).ConfigureAwait(false);
            return new RunningAtlas(host);
        }
        catch
        {
            await DisposeAsync(host).ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await DisposeAsync(_host).ConfigureAwait(false);
    }

    private static async ValueTask DisposeAsync(IHost host)
    {
        if (host is IAsyncDisposable asynchronous)
            await asynchronous.DisposeAsync().ConfigureAwait(false);
        else
            host.Dispose();
    }

    /// <summary>
    /// In place of the console's lifetime: signals are the command's, which stops its batch before the actor system
    /// goes.
    /// </summary>
    private sealed class CommandLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
