using System.Collections.Immutable;
using Akka.Persistence;
using Akka.Persistence.Journal;

namespace Akka.Embedded.Tests.Soak.World;

/// <summary>A journal in memory that fails or rejects the events that say so.</summary>
internal sealed class FickleJournal : MemoryJournal
{
    protected override async Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages)
    {
        var writes = messages.ToList();
        if (writes.SelectMany(Events).Any(kept => kept.InVain))
            throw new IOException("written in vain");
        var results = writes.Select(Judge).ToImmutableList();
        await base.WriteMessagesAsync(writes.Where(write => Judge(write) is null));
        return results!;
    }

    private static IEnumerable<Kept> Events(AtomicWrite write) =>
        ((IEnumerable<IPersistentRepresentation>)write.Payload).Select(one => (Kept)one.Payload);

    private static Exception? Judge(AtomicWrite write) =>
        Events(write).Any(kept => kept.Rejected) ? new NotSupportedException("not this one") : null;
}
