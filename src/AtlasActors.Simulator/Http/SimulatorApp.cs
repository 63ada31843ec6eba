using AtlasActors.Simulator.Predictions;
using AtlasActors.Simulator.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AtlasActors.Simulator.Http;

/// <summary>The web application: what it listens on and what it holds.</summary>
internal static class SimulatorApp
{
    public static WebApplication Build(
        SimulatorOptions options, int port, PredictionBook book, PriceTable prices, SeenTraffic seen)
    {
        // Empty: a simulator inside another program reads none of its settings and writes none of its logs.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(options.Address, port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        builder.Services.AddSingleton<OutputShelf>();
        builder.Services.AddSingleton(services => new Bulletins(options, services.GetRequiredService<OutputShelf>()));
        builder.Services.AddSingleton(new WebhookKeys(options.Seed));
        builder.Services.AddSingleton(services => new WebhookPost(
            options, book, services.GetRequiredService<Bulletins>(), services.GetRequiredService<WebhookKeys>()));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        var app = builder.Build();
        app.Use(new Doorkeeper(options.Keys, seen).EnterAsync);
        new SimulatorRoutes(options, book, prices, seen, app.Services).Map(app);
        return app;
    }

    // The host's own lifetime would take Ctrl-C away from the program that the simulator runs in.
    private sealed class EmbeddedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
