namespace AtlasActors.Polling;

/// <summary>
/// The system's clock, for waits: where that is put back, this one stands still and goes on from there. So a wait that is
/// compared with it lasts at most as long again, and not as long as the clock went back. Time is handed in.
/// </summary>
internal sealed class SteadyClock
{
    private DateTimeOffset _last;
    private TimeSpan _ahead;

    /// <summary>What it shows when the system's clock shows <paramref name="now"/>; never less than before.</summary>
    public DateTimeOffset At(DateTimeOffset now)
    {
        if (now < _last) _ahead += _last - now;
        _last = now;
        return now + _ahead;
    }
}
