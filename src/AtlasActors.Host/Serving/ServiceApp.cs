using System.Net;
using System.Net.Sockets;
using AtlasActors.Host.Serving.Callers;
using AtlasActors.Host.Serving.Health;
using AtlasActors.Host.Serving.Outgoing;
using AtlasActors.Host.Serving.Posting;
using AtlasActors.Host.Serving.Scheduling;
using AtlasActors.Host.Serving.Telemetry;
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
        IPEndPoint listen, ServiceParts parts, ILoggerProvider logs, CancellationToken cancellation)
    {
        var app = Build(listen, parts, logs);
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

    private static WebApplication Build(IPEndPoint listen, ServiceParts parts, ILoggerProvider logs)
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
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("AtlasActors.Serving");
        app.Use(new Doorway(log).EnterAsync);
        app.Use(new Admission(parts.Keys, parts.Rates, log).EnterAsync);
        app.UseRouting();
        app.Use((context, next) => RouteRule.EnterAsync(context, next, parts.Rates));
        Map(app, parts, new PostDesk(parts.Ledger, parts.Clock, log));
        return app;
    }

    private static void Map(WebApplication app, ServiceParts parts, PostDesk desk)
    {
        var service = parts.State;
        var bodies = new BatchBody(parts.InForce.Current.Limits, parts.Incoming);
        new BatchListEndpoint(service).Map(app);
        new JobListEndpoint(service).Map(app);
        new FilesEndpoint(service).Map(app);
        new EventsEndpoint(service).Map(app);
        new CostsEndpoint(service).Map(app);
        new SubmitEndpoint(service, desk, bodies, parts.InForce, parts.Webhooks).Map(app);
        new BatchActionsEndpoint(service, desk, bodies).Map(app);
        new JobActionsEndpoint(service, desk, bodies).Map(app);
        new BudgetsEndpoint(service).Map(app);
        new DeliveriesEndpoint(service, parts.Outbox, desk, bodies, parts.Clock).Map(app);
        new SchedulesEndpoint(service, desk, bodies).Map(app);
        ModelsEndpoint.Map(app);
        OpenApiEndpoint.Map(app);
        new HealthEndpoint(parts.Readiness).Map(app);
        new MetricsEndpoint(parts.Telemetry).Map(app);
        new HooksEndpoint(service).Map(app);
    }

    /// <summary>In place of the console's lifetime: signals are the command's.</summary>
    private sealed class CommandLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
