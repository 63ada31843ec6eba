using AtlasActors.Jobs;
using AtlasActors.Telemetry;

namespace AtlasActors.Gate;

/// <summary>
/// How many submissions of one model may be in flight: never more than its limit, fewer after a 429, and again one more
/// with about as many successes as are in flight.
/// </summary>
internal sealed class ModelWay(int limit)
{
    private int _limit = limit;
    private double _width = limit;
    private int _refusals;

    public int InFlight { get; set; }

    public DateTimeOffset ClosedUntil { get; private set; }

    public bool IsOpen(DateTimeOffset now) => now >= ClosedUntil && InFlight + 1 <= _width;

    /// <summary>Why nobody may go; null where somebody may.</summary>
    public string? WhyClosed(DateTimeOffset now) =>
        IsOpen(now) ? null
        : now < ClosedUntil || _width < _limit ? WaitReasons.RateLimited
        : WaitReasons.ModelLimit;

    /// <summary>It has another limit; one that a 429 has narrowed stays as narrow, and widens to that.</summary>
    public void Use(int limit)
    {
        _width = _width < _limit ? Math.Min(_width, limit) : limit;
        _limit = limit;
    }

    /// <summary>Atlas took a submission.</summary>
    public void Widen()
    {
        _refusals = 0;
        _width = Math.Min(_limit, _width + (1 / _width));
    }

    /// <summary>
    /// Atlas answered 429: half of what is in flight may be so, after the wait. Those that were sent before it narrowed,
    /// and are answered with 429 too, are the same storm: they narrow it no further.
    /// </summary>
    public void Narrow(TimeSpan? retryAfter, TimeSpan unit, DateTimeOffset now)
    {
        if (now >= ClosedUntil)
        {
            _width = Math.Max(1, Math.Min(_width, InFlight) / 2);
            _refusals++;
        }
        var opens = now + (retryAfter ?? RetrySchedule.AfterRateLimit(_refusals, unit));
        if (opens > ClosedUntil)
            ClosedUntil = opens;
    }
}
