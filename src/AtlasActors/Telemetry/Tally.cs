using System.Diagnostics.Metrics;
using System.Numerics;

namespace AtlasActors.Telemetry;

/// <summary>
/// One owner's part in a count that goes up and down, by model and, where it has one, by a tag of its own: when the owner
/// goes, its part goes with it.
/// </summary>
internal sealed class Tally<T>(UpDownCounter<T> counter, string? tag = null) where T : struct, INumber<T>
{
    private readonly Dictionary<(string Model, string? Value), T> _parts = [];

    public void Add(string model, T change, string? value = null)
    {
        if (T.IsZero(change)) return;
        _parts[(model, value)] = _parts.GetValueOrDefault((model, value)) + change;
        Count(model, change, value);
    }

    /// <summary>Takes all of it back.</summary>
    public void Clear()
    {
        foreach (var ((model, value), part) in _parts)
            if (!T.IsZero(part))
                Count(model, -part, value);
        _parts.Clear();
    }

    private void Count(string model, T change, string? value)
    {
        if (tag is null || value is null) counter.Add(change, AtlasTelemetry.Model(model));
        else counter.Add(change, AtlasTelemetry.Model(model), AtlasTelemetry.Tag(tag, value));
    }
}
