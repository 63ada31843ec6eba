using System.Net;
using System.Net.Sockets;
using AtlasActors.Host.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AtlasActors.Host.Serving;

/// <summary>The web server: which path leads where.</summary>
internal static class ServiceApp
{
    private const int MostConnections = 1000;

    /// <summary>Begins to listen; a <see cref="CommandException"/> where the port is taken.</summary>
    public static async Task<WebApplication> StartAsync(
        IPEndPoint listen, ServiceState service, ILoggerProvider logs, CancellationToken cancellation)
    {
        var app = Build(listen, service, logs);
        try
        {
            await app.StartAsync(cancellation).ConfigureAwait(false);
            return app;
        }
        catch (Exception fault)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            if (fault is IOException { InnerException: AddressInUseException } or AddressInUseException or SocketException)
                throw new CommandException(
                    ExitCode.Fault,
                    $"http://{listen} cannot be listened on: another program does, or it is no address of this machine.");
            throw;
        }
    }

    /// <summary>Where it listens, with the port that the system chose.</summary>
    public static Uri AddressOf(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    private static WebApplication Build(IPEndPoint listen, ServiceState service, ILoggerProvider logs)
    {
        // Empty: the program's settings are its own, and no file or variable of the framework's counts.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Listen(listen);
        });
        // The server's own lines on requests hold their paths, and those of webhooks hold secrets.
        builder.Logging.AddProvider(logs).SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.Hosting", LogLevel.None);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, CommandLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        var app = builder.Build();
        app.Use(new Doorway(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("AtlasActors.Serving")).EnterAsync);
        app.UseRouting();
        new BatchesEndpoint(service).Map(app);
        new BatchListEndpoint(service).Map(app);
        new JobListEndpoint(service).Map(app);
        new FilesEndpoint(service).Map(app);
        new EventsEndpoint(service).Map(app);
        new CostsEndpoint(service).Map(app);
        new HealthEndpoint(service).Map(app);
        new HooksEndpoint(service).Map(app);
        return app;
    }

    /// <summary>In place of the console's lifetime: signals are the command's.</summary>
    private sealed class CommandLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
