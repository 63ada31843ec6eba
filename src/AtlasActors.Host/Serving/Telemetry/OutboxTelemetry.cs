using System.Diagnostics.Metrics;
using AtlasActors.Host.Serving.Outgoing;
using AtlasActors.Telemetry;

namespace AtlasActors.Host.Serving.Telemetry;

/// <summary>
/// What the service's own webhooks show: how they came out, how many are on their way, and since when the oldest.
/// </summary>
internal sealed class OutboxTelemetry : IDisposable
{
    private readonly Meter _meter = new(AtlasTelemetry.Name);
    private readonly Counter<long> _settled;

    /// <param name="pending">
    /// How many are on their way, and of what time the oldest is; cheap, for it is asked for at every look.
    /// </param>
    /// <param name="clock">The time.</param>
    public OutboxTelemetry(Func<OutboxLoad> pending, TimeProvider clock)
    {
        _settled = _meter.CreateCounter<long>(
            "atlas_actors.webhooks.settled", "{delivery}", "Deliveries of webhooks that came to an end, by outcome.");
        _meter.CreateObservableGauge(
            "atlas_actors.webhooks.pending", () => pending().Count, "{delivery}",
            "Deliveries of webhooks that are on their way.");
        _meter.CreateObservableGauge(
            "atlas_actors.webhooks.oldest", () => AgeOf(pending(), clock.GetUtcNow()), "s",
            "The age of the oldest event of which a delivery is on its way; 0 where none is.");
        // Both are there from the start, so that the first of each is seen as one more.
        foreach (var isDelivered in new[] { true, false }) Count(0, isDelivered);
    }

    /// <summary>One came to its end.</summary>
    public void Settled(bool isDelivered) => Count(1, isDelivered);

    public void Dispose() => _meter.Dispose();

    private void Count(long change, bool isDelivered) => _settled.Add(
        change, new KeyValuePair<string, object?>("outcome", isDelivered ? "delivered" : "failed"));

    /// <summary>Two clocks may be a little apart.</summary>
    private static double AgeOf(OutboxLoad load, DateTimeOffset now) =>
        load.Oldest is { } oldest ? Math.Max(0, (now - new DateTimeOffset(oldest, TimeSpan.Zero)).TotalSeconds) : 0;
}
