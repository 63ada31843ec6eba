using System.Collections.Concurrent;
using System.Diagnostics;
using AtlasActors.Batches;
using AtlasActors.Telemetry;

namespace AtlasActors.Tests.Telemetry;

/// <summary>All traces that end while it listens.</summary>
internal sealed class SeenTraces : IDisposable
{
    private readonly ConcurrentQueue<Activity> _seen = new();
    private readonly ActivityListener _listener;

    public SeenTraces()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == AtlasTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _seen.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyList<Activity> Of(BatchId batch, string name) =>
        [.. _seen.Where(one => one.OperationName == name && Equals(one.GetTagItem("atlas.batch"), batch.Value))];

    public IReadOnlyList<Activity> PartsOf(Activity attempt) => [.. _seen.Where(one => one.ParentSpanId == attempt.SpanId)];

    public void Dispose() => _listener.Dispose();
}
