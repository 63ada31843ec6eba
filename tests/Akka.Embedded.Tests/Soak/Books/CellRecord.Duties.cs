namespace Akka.Embedded.Tests.Soak.Books;

internal sealed partial class CellRecord
{
    private readonly Watches _watches;
    private readonly Timers _timers;
    private volatile int _mustOutlive = -1;
    private volatile bool _mustEnd;
    private int _restartsAsked;
    private bool _timeoutDue;

    public bool Watch(int subject) => Write("watches", subject, () => _watches.Watch(subject));

    public void Unwatch(int subject) => Write("unwatches", subject, () => _watches.Unwatch(subject));

    public void ToldOfEnd(CellRecord subject) =>
        Write("is told of the end", subject.Id, () => _watches.Ended(subject.Id, subject.Runs));

    public void StartTimer(int key, long timer, bool periodic) =>
        Write("sets timer", timer, () => _timers.Start(key, timer, periodic));

    public void CancelTimer(int key) => Write("cancels key", key, () => _timers.Cancel(key));

    public void CancelTimers() => Write("cancels all timers", null, _timers.CancelAll);

    public void Tick(int key, long timer) => Write("is told the tick", timer, () => _timers.Tick(key, timer));

    /// <summary>From now on silence must be told it.</summary>
    public void ExpectTimeout(bool on) => Write("receive time-out", on, () => _timeoutDue = on);

    /// <summary>The supervisor has ordered a restart: the instance it has now is not its last, unless it ends.</summary>
    public void MustOutlive(int instance) => Write("must outlive", instance, () => _mustOutlive = instance);

    public void MustEnd() => Write("must end", null, () => _mustEnd = true);

    /// <summary>Counts the restarts that its supervisor has ordered; beyond the limit it must end instead.</summary>
    public void AskRestart(int allowed) => Write("restart is ordered", allowed, () =>
    {
        if (++_restartsAsked > allowed)
            _mustEnd = true;
    });

    /// <summary>What this actor must still do before it may be called quiet.</summary>
    public string? Unrest(Func<int, bool> hasEnded)
    {
        lock (_gate)
        {
            if (_ended)
                return null;
            if (_mustEnd)
                return "has not ended as it must";
            if (_life.Instance <= _mustOutlive)
                return "was not restarted as it must be";
            if (_life.Phase != Phase.Started)
                return $"is {_life.Phase}";
            if (_life.AwaitsDecision)
                return "awaits its supervisor's decision";
            if (_life.InHand is not null)
                return $"still handles {_life.InHand}";
            if (_deliveries.Stashed + _deliveries.Returned > 0)
                return "still has a stash";
            if (_timers.SinglesDue > 0)
                return "has a timer that never ticked";
            if (_timeoutDue)
                return "was never told of its silence";
            return _watches.Subjects.Any(hasEnded) ? "was not told of an end" : null;
        }
    }

    public override string ToString() => $"actor {Id} below {Parent?.Id} ({_life.Phase} {_life.Instance}); {_history}";
}
