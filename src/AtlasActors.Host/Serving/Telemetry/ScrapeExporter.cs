using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace AtlasActors.Host.Serving.Telemetry;

/// <summary>Gives what is measured to whoever asks, when they ask.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class ScrapeExporter : BaseExporter<Metric>, IPullMetricExporter
{
    private const int LongestMilliseconds = 10_000;

    private readonly Lock _turn = new();
    private PrometheusText _text = new();

    /// <summary>Set by the reader.</summary>
    public Func<int, bool>? Collect { get; set; }

    /// <summary>All measures at this moment.</summary>
    public string Scrape()
    {
        lock (_turn)
        {
            _text = new PrometheusText();
            Collect?.Invoke(LongestMilliseconds);
            return _text.ToString();
        }
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        foreach (var metric in batch) _text.Add(metric);
        return ExportResult.Success;
    }
}
