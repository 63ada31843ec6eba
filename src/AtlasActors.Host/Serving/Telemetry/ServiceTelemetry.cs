using System.Reflection;
using AtlasActors.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AtlasActors.Host.Serving.Telemetry;

/// <summary>
/// What the service shows to the outside: <c>/metrics</c>, and where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a collector,
/// metrics and traces by OTLP. OpenTelemetry's other variables (protocol, headers, resource) count too.
/// </summary>
internal sealed class ServiceTelemetry : IDisposable
{
    /// <summary>The runtime's own meter: memory, collections, threads.</summary>
    private const string RuntimeMeter = "System.Runtime";

    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private readonly ScrapeExporter _scrape = new();
    private readonly MeterProvider _meters;
    private readonly TracerProvider? _traces;

    private ServiceTelemetry(bool isSent)
    {
        var resource = ResourceBuilder.CreateDefault().AddService(
            "atlas-actors", serviceVersion: typeof(ServiceTelemetry).Assembly.GetName().Version?.ToString(3));
        var meters = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
            .AddMeter(AtlasTelemetry.Name, ServiceMeters.Name, RuntimeMeter)
            .AddReader(new BaseExportingMetricReader(_scrape));
        _meters = (isSent ? meters.AddOtlpExporter() : meters).Build();
        if (isSent)
            _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(AtlasTelemetry.Name)
                .AddOtlpExporter().Build();
    }

    /// <summary>Begins to listen to what is measured.</summary>
    public static ServiceTelemetry Start(Func<string, string?> environment) =>
        new(!string.IsNullOrWhiteSpace(environment(EndpointVariable)));

    /// <summary>All measures at this moment, as <see cref="PrometheusText"/>.</summary>
    public string Scrape() => _scrape.Scrape();

    public void Dispose()
    {
        _traces?.Dispose();
        _meters.Dispose();
    }
}
