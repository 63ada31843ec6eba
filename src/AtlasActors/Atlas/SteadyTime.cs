namespace AtlasActors.Atlas;

/// <summary>
/// A time provider whose clock goes by the timestamps and cannot be set: the circuit breaker compares by its clock, and
/// would leave Atlas alone for as long as the system's was put back.
/// </summary>
internal sealed class SteadyTime(TimeProvider time) : TimeProvider
{
    private readonly DateTimeOffset _begun = time.GetUtcNow();
    private readonly long _since = time.GetTimestamp();

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _begun + time.GetElapsedTime(_since);

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);
}
