using System.Diagnostics;

namespace AtlasActors.Host.Tests.Support;

/// <summary>
/// A simulator's clock that stands still until it is moved, so that a generation lasts as long as a test wants.
/// </summary>
internal sealed class HeldClock : TimeProvider
{
    private readonly Lock _gate = new();
    private DateTimeOffset _now = new(2026, 11, 21, 6, 0, 0, TimeSpan.Zero);
    private long? _letGoAt;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _letGoAt is { } begin ? _now + (10_000 * Stopwatch.GetElapsedTime(begin)) : _now;
    }

    /// <summary>Whatever is being generated is done.</summary>
    public void FinishAll()
    {
        lock (_gate)
            _now += TimeSpan.FromHours(1);
    }

    /// <summary>From now on hours pass in no time.</summary>
    public void LetGo()
    {
        lock (_gate)
            _letGoAt = Stopwatch.GetTimestamp();
    }
}
