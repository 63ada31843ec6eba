using System.Net;
using AtlasActors.Host.Running;
using AtlasActors.Host.Serving;
using AtlasActors.Host.Serving.Health;
using AtlasActors.Host.Serving.Telemetry;
using AtlasActors.Host.Settings;
using AtlasActors.Host.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AtlasActors.Host.Tests.Serving.Support;

/// <summary>The web server of a service that has not read its journal yet.</summary>
internal sealed class StartingService : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly ServiceParts _parts;
    private readonly WebApplication _app;

    private StartingService(TemporaryFolder folder, ServiceParts parts, WebApplication app) =>
        (_folder, _parts, _app) = (folder, parts, app);

    public Uri Address => ServiceApp.AddressOf(_app);

    /// <summary>What it answers to: methods and paths.</summary>
    public IEnumerable<string> Routes =>
        from source in ((IEndpointRouteBuilder)_app).DataSources
        from endpoint in source.Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
        // A path's last parameter may take the rest of it; the document says so in words.
        select $"{method} {endpoint.RoutePattern.RawText!.Replace("{**", "{", StringComparison.Ordinal)}";

    public static async Task<StartingService> StartAsync()
    {
        var folder = new TemporaryFolder();
        var state = StateFolder.Of("out", folder.Path);
        state.Make();
        var options = new ServeOptions(
            state, new ApiChoice.Simulated(1), new ServiceSettings { Listen = new IPEndPoint(IPAddress.Loopback, 0) });
        var far = new ServiceState(state.OutputDir, "simulator");
        var parts = ServiceParts.Open(
            options, far, ServiceTelemetry.Start(_ => null),
            new Readiness(far, state, new SomeAccount().Open(), TimeProvider.System, NullLogger.Instance), TimeProvider.System);
        return new StartingService(
            folder, parts, await ServiceApp.StartAsync(options.Settings.Listen, parts, NullLoggerProvider.Instance, CancellationToken.None));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _parts.Dispose();
        _parts.Telemetry.Dispose();
        _folder.Dispose();
    }
}
