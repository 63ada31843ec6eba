using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence;
using Akka.Persistence.Journal;

namespace AtlasActors.Tests.Support;

/// <summary>A journal in memory that fails the writes which a test names, until it is mended.</summary>
public sealed class FailingJournal : MemoryJournal
{
    private FailWrite? _order;
    private HoldWrite? _hold;
    private FailDelete? _delete;
    private readonly ConcurrentQueue<(string Of, long UpTo)> _removals = [];
    private int _writes;

    protected override bool ReceivePluginInternal(object message)
    {
        switch (message)
        {
            case FailWrite order: (_order, _writes) = (order, 0); break;
            case HoldWrite hold: _hold = hold; break;
            case FailDelete delete: _delete = delete; break;
            case Mend: (_order, _hold, _delete) = (null, null, null); break;
            case GetEvents get:
                Context.Sender.Tell(new Events(Messages.TryGetValue(get.PersistenceId, out var events)
                    ? [.. events.Select(e => e.Payload)] : [], _writes)
                {
                    Removals = [.. _removals.Where(one => one.Of == get.PersistenceId).Select(one => one.UpTo)],
                });
                break;
            default: return false;
        }
        return true;
    }

    protected override async Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages)
    {
        var writes = messages.ToList();
        var isDue = _order is { } order && writes.Exists(write => write.PersistenceId.StartsWith(order.Of, StringComparison.Ordinal))
            && ++_writes >= order.Number;
        if (!isDue || _order!.IsWritten)
            await base.WriteMessagesAsync(writes);
        if (_hold is { } hold && writes.Exists(write => ((IEnumerable<IPersistentRepresentation>)write.Payload).Any(e => e.Payload.GetType().Name == hold.Event)))
        {
            hold.Reached.TrySetResult();
            await hold.Release;
        }
        return isDue ? throw new IOException("The disk is gone.") : null!;
    }

    protected override async Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr)
    {
        _removals.Enqueue((persistenceId, toSequenceNr));
        var isDue = _delete is { } order && persistenceId.StartsWith(order.Of, StringComparison.Ordinal);
        if (!isDue || _delete!.IsDone) await base.DeleteMessagesToAsync(persistenceId, toSequenceNr);
        if (isDue) throw new IOException("The disk is gone.");
    }

    /// <summary>Removing events of ids that begin so fails.</summary>
    /// <param name="Of">Whose events.</param>
    /// <param name="IsDone">Whether they are gone all the same: only the answer fails.</param>
    public sealed record FailDelete(string Of, bool IsDone = false);

    /// <summary>From the write with this number on, all fail; counted are those of ids that begin with <paramref name="Of"/>.</summary>
    /// <param name="Number">From 1.</param>
    /// <param name="Of">Whose writes; empty for everybody's.</param>
    /// <param name="IsWritten">Whether the events are there all the same: only the answer fails.</param>
    public sealed record FailWrite(int Number, string Of = "", bool IsWritten = false);

    /// <summary>The answer to writes of such an event is held back.</summary>
    /// <param name="Event">The event's name.</param>
    /// <param name="Reached">Set when there is one.</param>
    /// <param name="Release">Until this is done.</param>
    public sealed record HoldWrite(string Event, TaskCompletionSource Reached, Task Release);

    public sealed record Mend;

    /// <summary><see cref="Events"/> is the reply.</summary>
    public sealed record GetEvents(string PersistenceId);

    /// <param name="All">What is in the journal.</param>
    /// <param name="Writes">How many writes came since the order.</param>
    public sealed record Events(IReadOnlyList<object> All, int Writes)
    {
        /// <summary>Up to which numbers events of the id were removed, each time.</summary>
        public IReadOnlyList<long> Removals { get; init; } = [];
    }
}
