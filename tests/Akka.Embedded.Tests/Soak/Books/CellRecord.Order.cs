using Akka.Actor;

namespace Akka.Embedded.Tests.Soak.Books;

internal sealed partial class CellRecord
{
    private readonly Deliveries _deliveries;
    private readonly Dictionary<int, long> _sentTo = [];

    /// <summary>The number of the next message from this actor to another.</summary>
    public long NextTo(int receiver)
    {
        lock (_gate)
            return _sentTo[receiver] = _sentTo.GetValueOrDefault(receiver) + 1;
    }

    /// <summary>True when the message was stashed, and comes again.</summary>
    public bool Begin(int instance, object message, int lane = 0, long number = 0)
    {
        lock (_gate)
        {
            _history.Add("is shown", message);
            _life.Begin(instance, message);
            if (_ended)
                Report($"was shown {message} after its end");
            return _deliveries.Show(message, lane, number);
        }
    }

    public void Finish(object message)
    {
        lock (_gate)
            _life.Finish(message);
    }

    public void Stash(object message) => Write("stashes", message, () => _deliveries.Stash(message));

    public void Unstash() => Write("unstashes", null, _deliveries.Unstash);

    /// <summary>Also what a restart does.</summary>
    public void UnstashAll() => Write("unstashes all", null, _deliveries.UnstashAll);

    public bool HasStashed
    {
        get
        {
            lock (_gate)
                return _deliveries.Stashed > 0;
        }
    }

    public bool HoldsEndOf(IActorRef subject)
    {
        lock (_gate)
            return _deliveries.HoldsEndOf(subject);
    }
}
