namespace AtlasActors.Host.Tests.Simulator.Support;

/// <summary>A wall clock that moves when it is told to.</summary>
internal sealed class ManualClock : TimeProvider
{
    private readonly Lock _gate = new();
    private DateTimeOffset _now = new(2026, 3, 2, 6, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now;
    }

    public void Advance(TimeSpan time)
    {
        lock (_gate) _now += time;
    }
}
