namespace AtlasActors.Host.Tests.Support;

/// <summary>The wall clock, which a test can put forward.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private long _shift;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref _shift));

    public void PutForward(TimeSpan time) => Interlocked.Add(ref _shift, time.Ticks);
}
