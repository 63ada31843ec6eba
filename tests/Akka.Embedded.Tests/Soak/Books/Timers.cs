namespace Akka.Embedded.Tests.Soak.Books;

/// <summary>
/// The timers of an actor by key. A tick counts only for the timer that has its key now, and a single timer ticks once.
/// </summary>
internal sealed class Timers(Action<string> report)
{
    private readonly Dictionary<int, (long Timer, bool Periodic)> _active = [];

    /// <summary>Those that must still tick.</summary>
    public int SinglesDue => _active.Values.Count(timer => !timer.Periodic);

    public void Start(int key, long timer, bool periodic) => _active[key] = (timer, periodic);

    public void Cancel(int key) => _active.Remove(key);

    /// <summary>Also what a restart and a stop do.</summary>
    public void CancelAll() => _active.Clear();

    public void Tick(int key, long timer)
    {
        if (!_active.TryGetValue(key, out var active) || active.Timer != timer)
            report($"was told a tick of timer {timer}, which is cancelled, replaced, over or of an instance before");
        else if (!active.Periodic)
            _active.Remove(key);
    }
}
