using Akka.Persistence;

namespace AtlasActors.Hosting;

/// <summary>
/// Puts one snapshot in the place of all events of a persistent actor, and goes in this order: the snapshot is stored,
/// then the events go that it holds, and the snapshots before it. Ended in between, nothing is lost and nothing counts
/// twice: recovery begins at the snapshot, and the next time the rest is removed.
/// </summary>
internal sealed class StreamCompaction(Eventsourced stream, Func<object> snapshot)
{
    /// <summary>
    /// So many events go at once: whoever else writes to the journal meanwhile waits for no more than that.
    /// </summary>
    private const int EventsAtOnce = 1000;

    private Action<string?>? _done;
    private long _kept;
    private long _removed;

    /// <summary>Whether it has begun and not ended.</summary>
    public bool IsUnderWay => _done is not null;

    /// <summary>The actor recovered from this snapshot.</summary>
    public void Recovered(SnapshotMetadata from) => _kept = from.SequenceNr;

    /// <summary>
    /// Begins, at an actor whose state has all events that it was told are written, and nothing else.
    /// <paramref name="done"/> is told a sentence of what went wrong, or null.
    /// </summary>
    public void Begin(Action<string?> done)
    {
        _done = done;
        if (stream.LastSequenceNr == 0)
            End(null);
        else if (stream.LastSequenceNr == _kept)
            RemoveSome();
        else
            stream.SaveSnapshot(snapshot());
    }

    /// <summary>Takes the answer of a store; false where the message is none.</summary>
    public bool Take(object message)
    {
        switch (message)
        {
            case SaveSnapshotSuccess saved:
                _kept = saved.Metadata.SequenceNr;
                RemoveSome();
                stream.DeleteSnapshots(new SnapshotSelectionCriteria(_kept - 1));
                break;
            case SaveSnapshotFailure failed: End($"The snapshot cannot be written: {failed.Cause.Message}"); break;
            case DeleteMessagesSuccess when _removed < _kept: RemoveSome(); break;
            case DeleteMessagesSuccess: End(null); break;
            case DeleteMessagesFailure failed: End($"The journal cannot remove events: {failed.Cause.Message}"); break;
            // An older snapshot that stays is in nobody's way, and goes with the next.
            case DeleteSnapshotsSuccess or DeleteSnapshotsFailure: break;
            default: return false;
        }
        return true;
    }

    private void RemoveSome()
    {
        _removed = Math.Min(_removed + EventsAtOnce, _kept);
        stream.DeleteMessages(_removed);
    }

    private void End(string? trouble)
    {
        var done = _done;
        _done = null;
        done?.Invoke(trouble);
    }
}
