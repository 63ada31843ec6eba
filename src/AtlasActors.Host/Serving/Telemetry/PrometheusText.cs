using System.Globalization;
using System.Text;
using OpenTelemetry.Metrics;

namespace AtlasActors.Host.Serving.Telemetry;

/// <summary>
/// Metrics in Prometheus' text format 0.0.4: names with their unit, counters with <c>_total</c>, histograms with buckets.
/// </summary>
internal sealed class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    public override string ToString() => _text.ToString();

    public void Add(Metric metric)
    {
        var isSum = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;
        var name = NameOf(metric.Name, metric.Unit) + (isSum ? "_total" : "");
        var type = isSum ? "counter" : metric.MetricType == MetricType.Histogram ? "histogram" : "gauge";
        if (metric.Description is { Length: > 0 } description)
            Line($"# HELP {name} {description.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal)}");
        Line($"# TYPE {name} {type}");
        foreach (ref readonly var point in metric.GetMetricPoints()) Add(metric.MetricType, name, in point);
    }

    private void Add(MetricType type, string name, in MetricPoint point)
    {
        switch (type)
        {
            case MetricType.LongSum or MetricType.LongSumNonMonotonic: Sample(name, in point, null, point.GetSumLong()); break;
            case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic: Sample(name, in point, null, point.GetSumDouble()); break;
            case MetricType.LongGauge: Sample(name, in point, null, point.GetGaugeLastValueLong()); break;
            case MetricType.DoubleGauge: Sample(name, in point, null, point.GetGaugeLastValueDouble()); break;
            case MetricType.Histogram: AddHistogram(name, in point); break;
            default: throw new NotSupportedException($"No Prometheus form for {type}.");
        }
    }

    private void AddHistogram(string name, in MetricPoint point)
    {
        var below = 0L;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            below += bucket.BucketCount;
            var bound = double.IsPositiveInfinity(bucket.ExplicitBound) ? "+Inf" : Number(bucket.ExplicitBound);
            Sample($"{name}_bucket", in point, bound, below);
        }
        Sample($"{name}_sum", in point, null, point.GetHistogramSum());
        Sample($"{name}_count", in point, null, point.GetHistogramCount());
    }

    private void Sample(string name, in MetricPoint point, string? bound, double value)
    {
        var labels = new List<string>();
        foreach (var tag in point.Tags)
            labels.Add($"{Plain(tag.Key)}=\"{Escaped(Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "")}\"");
        if (bound is not null) labels.Add($"le=\"{bound}\"");
        Line(labels.Count == 0 ? $"{name} {Number(value)}" : $"{name}{{{string.Join(',', labels)}}} {Number(value)}");
    }

    private void Line(string line) => _text.Append(line).Append('\n');

    private static string NameOf(string name, string? unit) => Plain(name) + unit switch
    {
        "s" => "_seconds",
        "By" => "_bytes",
        "{USD}" => "_usd",
        _ => "",
    };

    private static string Plain(string name) =>
        string.Concat(name.Select(sign => char.IsAsciiLetterOrDigit(sign) || sign == '_' ? sign : '_'));

    private static string Escaped(string text) => text
        .Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", @"\n", StringComparison.Ordinal);

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
