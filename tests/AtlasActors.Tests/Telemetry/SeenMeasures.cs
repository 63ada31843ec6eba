using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AtlasActors.Telemetry;

namespace AtlasActors.Tests.Telemetry;

/// <summary>All that is measured of one model while it listens.</summary>
internal sealed class SeenMeasures : IDisposable
{
    private readonly ConcurrentQueue<(string Name, string Tags, double Value)> _seen = new();
    private readonly MeterListener _listener = new();

    public SeenMeasures(string model)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == AtlasTelemetry.Name) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(model, instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(model, instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(model, instrument, value, tags));
        _listener.Start();
    }

    public double Sum(string name, string tag = "") => All(name, tag).Sum();

    public IReadOnlyList<double> All(string name, string tag = "") =>
        [.. _seen.Where(one => one.Name == name && one.Tags.Contains(tag, StringComparison.Ordinal)).Select(one => one.Value)];

    /// <summary>What is measured at this moment of what is only measured when it is asked for.</summary>
    public IReadOnlyList<double> Now(string name, string tag)
    {
        _seen.Clear();
        _listener.RecordObservableInstruments();
        return All(name, tag);
    }

    public void Dispose() => _listener.Dispose();

    private void Add(string model, Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var all = string.Join(';', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));
        if (model.Length == 0 || all.Contains($"model={model}", StringComparison.Ordinal)) _seen.Enqueue((instrument.Name, all, value));
    }
}
