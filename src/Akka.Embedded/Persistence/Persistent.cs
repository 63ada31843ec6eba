using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Persistence;

/// <summary>Who an actor is in its journal and snapshot store.</summary>
public interface IPersistentIdentity
{
    /// <summary>The name of the actor's stream of events: the same for each of its lives, and nobody else's.</summary>
    string PersistenceId { get; }

    string JournalPluginId { get; }

    string SnapshotPluginId { get; }
}

/// <summary>What an actor hands to its journal.</summary>
public interface IPersistentEnvelope
{
    object Payload { get; }

    IActorRef Sender { get; }

    int Size { get; }
}

/// <summary>What is not written, but keeps its place among what is.</summary>
internal sealed class NonPersistentMessage(object payload, IActorRef sender) : IPersistentEnvelope
{
    public object Payload { get; } = payload;

    public IActorRef Sender { get; } = sender;

    public int Size => 1;
}

/// <summary>Events of one actor that are written all or not at all.</summary>
public sealed class AtomicWrite : IPersistentEnvelope
{
    public AtomicWrite(IPersistentRepresentation @event)
        : this(ImmutableArray.Create(@event))
    {
    }

    public AtomicWrite(IImmutableList<IPersistentRepresentation> payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        if (payload.Count == 0)
            throw new ArgumentException("Payload of AtomicWrite must not be empty.", nameof(payload));
        PersistenceId = payload[0].PersistenceId;
        if (payload.Any(e => e.PersistenceId != PersistenceId))
            throw new ArgumentException("The events of an AtomicWrite must be of one persistenceId.", nameof(payload));
        Payload = payload;
        LowestSequenceNr = payload[0].SequenceNr;
        HighestSequenceNr = payload[^1].SequenceNr;
    }

    /// <summary>The events: a list of <see cref="IPersistentRepresentation"/>.</summary>
    public object Payload { get; }

    public IActorRef Sender => ActorRefs.NoSender;

    public int Size => Events.Count;

    public string PersistenceId { get; }

    public long LowestSequenceNr { get; }

    public long HighestSequenceNr { get; }

    internal IImmutableList<IPersistentRepresentation> Events => (IImmutableList<IPersistentRepresentation>)Payload;

    public override string ToString() =>
        $"AtomicWrite<pid: {PersistenceId}, seqNr: {LowestSequenceNr} to {HighestSequenceNr}, size: {Size}>";
}

/// <summary>An event with what the journal has to know of it.</summary>
public interface IPersistentRepresentation
{
    object Payload { get; }

    string Manifest { get; }

    string PersistenceId { get; }

    long SequenceNr { get; }

    /// <summary>When it was written, in .NET ticks; 0 where that is not known.</summary>
    long Timestamp { get; }

    /// <summary>The instance of the actor that wrote it.</summary>
    string WriterGuid { get; }

    bool IsDeleted { get; }

    IActorRef Sender { get; }

    IPersistentRepresentation WithTimestamp(long timestamp);

    IPersistentRepresentation WithPayload(object payload);

    IPersistentRepresentation WithManifest(string manifest);

    IPersistentRepresentation Update(
        long sequenceNr, string persistenceId, bool isDeleted, IActorRef sender, string writerGuid);
}

/// <inheritdoc cref="IPersistentRepresentation"/>
public record Persistent : IPersistentRepresentation
{
    public Persistent(
        object payload,
        long sequenceNr = 0L,
        string? persistenceId = null,
        string? manifest = null,
        bool isDeleted = false,
        IActorRef? sender = null,
        string? writerGuid = null,
        long timestamp = 0L)
    {
        Payload = payload;
        SequenceNr = sequenceNr;
        PersistenceId = persistenceId ?? Undefined;
        Manifest = manifest ?? Undefined;
        IsDeleted = isDeleted;
        Sender = sender!;
        WriterGuid = writerGuid ?? Undefined;
        Timestamp = timestamp;
    }

    public static string Undefined { get; } = "";

    public object Payload { get; private init; }

    public string Manifest { get; private init; }

    public string PersistenceId { get; private init; }

    public long SequenceNr { get; private init; }

    public long Timestamp { get; private init; }

    public bool IsDeleted { get; private init; }

    public IActorRef Sender { get; private init; }

    public string WriterGuid { get; private init; }

    public IPersistentRepresentation WithTimestamp(long newTimestamp) => this with { Timestamp = newTimestamp };

    public IPersistentRepresentation WithPayload(object payload) => this with { Payload = payload };

    public IPersistentRepresentation WithManifest(string manifest) => this with { Manifest = manifest };

    public IPersistentRepresentation Update(
        long sequenceNr, string persistenceId, bool isDeleted, IActorRef sender, string writerGuid) => this with
    {
        SequenceNr = sequenceNr,
        PersistenceId = persistenceId,
        IsDeleted = isDeleted,
        Sender = sender,
        WriterGuid = writerGuid
    };
}
