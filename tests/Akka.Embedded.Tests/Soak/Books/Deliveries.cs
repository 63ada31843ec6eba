using Akka.Actor;

namespace Akka.Embedded.Tests.Soak.Books;

/// <summary>
/// In which order an actor is shown its messages: those of one sender as they were sent, without a gap; those that
/// come out of the stash before all others, exactly as they were put back.
/// </summary>
internal sealed class Deliveries(Action<string> report)
{
    private readonly Dictionary<int, long> _lastOf = [];
    private readonly List<object> _stash = [];
    private readonly Stack<object> _front = new();

    public int Stashed => _stash.Count;

    public int Returned => _front.Count;

    /// <summary>True when the message had been shown before, and now comes out of the stash.</summary>
    /// <param name="lane">Who sent it; 0 where its way keeps no order.</param>
    /// <param name="number">Counts, from 1, what came this way from this sender to this actor.</param>
    public bool Show(object message, int lane, long number)
    {
        if (_front.TryPop(out var due))
        {
            if (!ReferenceEquals(due, message))
                report($"was shown {message} where {due} was next out of the stash");
            return true;
        }

        if (lane == 0)
            return false;
        var next = _lastOf.GetValueOrDefault(lane) + 1;
        if (number != next)
            report($"was shown number {number} of sender {lane} where number {next} was due");
        _lastOf[lane] = number;
        return false;
    }

    public void Stash(object message) => _stash.Add(message);

    public void Unstash()
    {
        if (_stash.Count == 0)
            return;
        _front.Push(_stash[0]);
        _stash.RemoveAt(0);
    }

    public void UnstashAll()
    {
        for (var i = _stash.Count - 1; i >= 0; i--)
            _front.Push(_stash[i]);
        _stash.Clear();
    }

    public bool HoldsEndOf(IActorRef subject) =>
        _stash.Concat(_front).Any(message => message is Terminated end && end.ActorRef.Equals(subject));
}
