using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Journal;

namespace Akka.Embedded.Tests.Persistence.Support;

/// <summary>A journal in memory that fails or rejects by the words of events, and waits when told to.</summary>
public sealed class UnreliableJournal : MemoryJournal
{
    private readonly TaskCompletionSource _opened = new();
    private readonly bool _silent;
    private bool _closed;

    public UnreliableJournal(Config config) => _silent = config.GetBoolean("silent");

    public const string Hocon = """
        akka.persistence.journal.plugin = "akka.persistence.journal.unreliable"
        akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        akka.persistence.journal.unreliable {
          class = "Akka.Embedded.Tests.Persistence.Support.UnreliableJournal, Akka.Embedded.Tests"
        }
        """;

    protected override async Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages)
    {
        var writes = messages.ToList();
        if (_closed)
            await _opened.Task;
        if (Words(writes).Contains("fail"))
            throw new IOException("the disk is gone");
        var results = writes.Select(Judge).ToImmutableList();
        await base.WriteMessagesAsync(writes.Where(write => Judge(write) is null));
        return results!;
    }

    public override async Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr)
    {
        if (_silent)
            await _opened.Task;
        if (persistenceId.StartsWith("unreadable", StringComparison.Ordinal))
            throw new IOException("the disk cannot be read");
        return await base.ReadHighestSequenceNrAsync(persistenceId, fromSequenceNr);
    }

    protected override bool ReceivePluginInternal(object message)
    {
        switch (message)
        {
            case "close":
                _closed = true;
                Sender.Tell("closed");
                return true;
            case "open":
                _closed = false;
                _opened.TrySetResult();
                return true;
            default:
                return base.ReceivePluginInternal(message);
        }
    }

    private static IEnumerable<string> Words(IEnumerable<AtomicWrite> writes) => writes
        .SelectMany(write => (IEnumerable<IPersistentRepresentation>)write.Payload)
        .Select(e => ((Happened)e.Payload).What);

    private static Exception? Judge(AtomicWrite write) =>
        Words([write]).Contains("reject") ? new NotSupportedException("not this one") : null;
}
