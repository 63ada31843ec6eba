namespace Akka.Embedded.Tests.Soak.Books;

/// <summary>
/// The events of one persistent actor. Handlers run in the order of persisting; a recovery replays, in that order, all
/// whose handlers have run, and of the others only such as may have reached the journal.
/// </summary>
internal sealed class EventBook(Action<string> report)
{
    private readonly Queue<(long Event, bool Blocks)> _pending = new();
    private readonly SortedSet<long> _written = [];
    private readonly SortedSet<long> _inDoubt = [];
    private readonly List<long> _replayed = [];

    /// <summary>The highest event that a deletion or an offered snapshot covers.</summary>
    private long _covered;

    public int Pending => _pending.Count;

    /// <param name="blocks">Whether commands must wait for its handler.</param>
    /// <param name="written">False for what is only deferred.</param>
    public void Persist(long @event, bool blocks, bool written)
    {
        _pending.Enqueue((@event, blocks));
        if (written)
            _inDoubt.Add(@event);
    }

    public void Handle(long @event)
    {
        if (!_pending.TryDequeue(out var due) || due.Event != @event)
            report($"handled event {@event} where event {due.Event} was due");
        if (_inDoubt.Remove(@event))
            _written.Add(@event);
    }

    public void Reject(long @event)
    {
        if (!_pending.TryDequeue(out var due) || due.Event != @event)
            report($"was told the rejection of event {@event} where event {due.Event} was due");
        _inDoubt.Remove(@event);
    }

    /// <summary>A command is shown, which must come after the handlers that block.</summary>
    public void Command()
    {
        if (_pending.Any(one => one.Blocks))
            report("was shown a command before the handlers of its events had run");
    }

    /// <summary>The events up to this one need not come again: they are deleted, or will be.</summary>
    public void Cover(long upTo) => _covered = Math.Max(_covered, upTo);

    /// <summary>A new instance: what was pending is not handled any more.</summary>
    public void Restart()
    {
        _pending.Clear();
        _replayed.Clear();
    }

    public void Replay(long @event)
    {
        if (_replayed.Count > 0 && @event <= _replayed[^1])
            report($"was replayed event {@event} after event {_replayed[^1]}");
        if (!_written.Contains(@event) && !_inDoubt.Contains(@event))
            report($"was replayed event {@event}, which was rejected, deleted or never persisted");
        _replayed.Add(@event);
    }

    public void Recovered(long snapshot)
    {
        var from = Math.Max(_covered, snapshot);
        foreach (var missing in _written.Where(one => one > from).Except(_replayed).Take(1))
            report($"was not replayed event {missing}, whose handler had run");
        _written.UnionWith(_replayed);
        _written.RemoveWhere(one => one <= _covered);
        _inDoubt.Clear();
    }
}
