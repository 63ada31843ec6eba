namespace AtlasActors.Simulator;

/// <summary>Waits by a simulator's clock.</summary>
internal static class ClockWaits
{
    /// <summary>Timers count whole milliseconds and may be early: it is not over before the clock says so.</summary>
    public static async Task WaitUntilAsync(
        this TimeProvider clock, DateTimeOffset time, CancellationToken cancellation)
    {
        while (time - clock.GetUtcNow() is var rest && rest > TimeSpan.Zero)
            await Task.Delay(
                TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds)), clock, cancellation);
    }
}
