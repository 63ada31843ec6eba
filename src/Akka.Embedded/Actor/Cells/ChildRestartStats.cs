using System.Diagnostics;

namespace Akka.Actor;

/// <summary>A child, and how often it was restarted lately.</summary>
internal sealed class ChildRestartStats(IInternalActorRef child)
{
    private int _restarts;
    private long _windowStart;

    public IInternalActorRef Child { get; } = child;

    public long Uid => Child.Path.Uid;

    /// <summary>Counts a restart, and says whether it is still within the limits. Negative limits are none.</summary>
    public bool RequestRestartPermission(int maxNrOfRetries, int withinTimeMilliseconds)
    {
        if (maxNrOfRetries == 0)
            return false;
        if (withinTimeMilliseconds > 0)
            return FitsWindow(maxNrOfRetries > 0 ? maxNrOfRetries : 1, withinTimeMilliseconds);
        return maxNrOfRetries < 0 || ++_restarts <= maxNrOfRetries;
    }

    private bool FitsWindow(int limit, int milliseconds)
    {
        var now = Stopwatch.GetTimestamp();
        if (_windowStart == 0)
            _windowStart = now;

        if (Stopwatch.GetElapsedTime(_windowStart, now).TotalMilliseconds <= milliseconds)
            return ++_restarts <= limit;

        _restarts = 1;
        _windowStart = now;
        return true;
    }
}
