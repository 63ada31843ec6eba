using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Persistence.Journal;

/// <summary>A journal that lives as long as its actor system. For tests.</summary>
public class MemoryJournal : AsyncWriteJournal
{
    private readonly ConcurrentDictionary<string, LinkedList<IPersistentRepresentation>> _messages = new();
    private readonly Dictionary<string, long> _highestDeleted = [];

    protected virtual ConcurrentDictionary<string, LinkedList<IPersistentRepresentation>> Messages => _messages;

    protected override Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages)
    {
        foreach (var @event in messages.SelectMany(write => write.Events))
        {
            var events = Messages.GetOrAdd(@event.PersistenceId, _ => new LinkedList<IPersistentRepresentation>());
            events.AddLast(@event.WithTimestamp(DateTime.UtcNow.Ticks));
        }

        return Task.FromResult<IImmutableList<Exception>>(null!);
    }

    public override Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr) =>
        Task.FromResult(HighestSequenceNr(persistenceId));

    public override Task ReplayMessagesAsync(
        IActorContext context,
        string persistenceId,
        long fromSequenceNr,
        long toSequenceNr,
        long max,
        Action<IPersistentRepresentation> recoveryCallback)
    {
        if (!Messages.TryGetValue(persistenceId, out var events))
            return Task.CompletedTask;
        var asked = events.Where(e => e.SequenceNr >= fromSequenceNr && e.SequenceNr <= toSequenceNr);
        foreach (var @event in asked.Take((int)Math.Min(max, int.MaxValue)))
            recoveryCallback(@event.Payload is Tagged tagged ? @event.WithPayload(tagged.Payload) : @event);
        return Task.CompletedTask;
    }

    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr)
    {
        _highestDeleted[persistenceId] = Math.Min(toSequenceNr, HighestSequenceNr(persistenceId));
        if (Messages.TryGetValue(persistenceId, out var events))
        {
            while (events.First is { } first && first.Value.SequenceNr <= toSequenceNr)
                events.RemoveFirst();
        }

        return Task.CompletedTask;
    }

    private long HighestSequenceNr(string persistenceId) => Math.Max(
        _highestDeleted.GetValueOrDefault(persistenceId),
        Messages.TryGetValue(persistenceId, out var events) && events.Last is { } last ? last.Value.SequenceNr : 0);
}
