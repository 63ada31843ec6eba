namespace AtlasActors.Telemetry;

/// <summary>Who waits at the gate, by model, and why. All that wait for one model wait for the same.</summary>
internal sealed class GateWaits
{
    private readonly Tally<long> _waiting = new(AtlasTelemetry.GateWaiting);
    private readonly Tally<long> _reasons = new(AtlasTelemetry.Waiting, "reason");
    private readonly Dictionary<string, long> _counts = [];
    private readonly Dictionary<string, (string Reason, long Count)> _shown = [];

    public void Add(string model, long change)
    {
        _waiting.Add(model, change);
        _counts[model] = _counts.GetValueOrDefault(model) + change;
    }

    /// <summary>Shows why they wait now.</summary>
    public void Show(Func<string, string> why)
    {
        foreach (var (model, count) in _counts)
        {
            var now = (Reason: count == 0 ? "" : why(model), Count: count);
            if (_shown.TryGetValue(model, out var before) && before == now) continue;
            _reasons.Add(model, -before.Count, before.Reason);
            _reasons.Add(model, count, now.Reason);
            _shown[model] = now;
        }
    }

    /// <summary>Takes all of it back.</summary>
    public void Clear()
    {
        _waiting.Clear();
        _reasons.Clear();
        _counts.Clear();
        _shown.Clear();
    }
}
