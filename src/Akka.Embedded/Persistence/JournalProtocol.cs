using Akka.Actor;
using Akka.Event;

namespace Akka.Persistence;

/// <summary>What persistent actors and their plugins say to each other.</summary>
public interface IPersistenceMessage : INoSerializationVerificationNeeded;

public interface IJournalMessage : IPersistenceMessage;

/// <summary>From a persistent actor to its journal.</summary>
public interface IJournalRequest : IJournalMessage;

/// <summary>From the journal to a persistent actor.</summary>
public interface IJournalResponse : IJournalMessage;

/// <summary>The events up to a sequence number are deleted.</summary>
public sealed record DeleteMessagesSuccess
{
    public DeleteMessagesSuccess(long toSequenceNr) => ToSequenceNr = toSequenceNr;

    public long ToSequenceNr { get; }
}

/// <summary>The events up to a sequence number could not be deleted.</summary>
public sealed record DeleteMessagesFailure : INoSerializationVerificationNeeded
{
    public DeleteMessagesFailure(Exception cause, long toSequenceNr)
    {
        Cause = cause;
        ToSequenceNr = toSequenceNr;
    }

    public Exception Cause { get; }

    public long ToSequenceNr { get; }
}

/// <summary>Asks the journal to delete the events up to a sequence number, it included.</summary>
public sealed record DeleteMessagesTo : IJournalRequest
{
    public DeleteMessagesTo(string persistenceId, long toSequenceNr, IActorRef persistentActor)
    {
        PersistenceId = persistenceId;
        ToSequenceNr = toSequenceNr;
        PersistentActor = persistentActor;
    }

    public string PersistenceId { get; }

    public long ToSequenceNr { get; }

    public IActorRef PersistentActor { get; }
}

/// <summary>Asks the journal to write each <see cref="AtomicWrite"/>, and to send back the rest in turn.</summary>
public sealed record WriteMessages : IJournalRequest
{
    public WriteMessages(IEnumerable<IPersistentEnvelope> messages, IActorRef persistentActor, int actorInstanceId)
    {
        Messages = messages;
        PersistentActor = persistentActor;
        ActorInstanceId = actorInstanceId;
    }

    public IEnumerable<IPersistentEnvelope> Messages { get; }

    public IActorRef PersistentActor { get; }

    public int ActorInstanceId { get; }
}

/// <summary>The request is done; an answer for each of its messages follows.</summary>
public sealed class WriteMessagesSuccessful : IJournalResponse
{
    private WriteMessagesSuccessful()
    {
    }

    public static WriteMessagesSuccessful Instance { get; } = new();
}

/// <summary>The request failed; a <see cref="WriteMessageFailure"/> for each of its events follows.</summary>
public sealed record WriteMessagesFailed : IJournalResponse
{
    public WriteMessagesFailed(Exception cause, int writeCount)
    {
        Cause = cause;
        WriteCount = writeCount;
    }

    public Exception Cause { get; }

    public int WriteCount { get; }
}

/// <summary>The event is in the journal.</summary>
public sealed record WriteMessageSuccess : IJournalResponse
{
    public WriteMessageSuccess(IPersistentRepresentation persistent, int actorInstanceId)
    {
        Persistent = persistent;
        ActorInstanceId = actorInstanceId;
    }

    public IPersistentRepresentation Persistent { get; }

    public int ActorInstanceId { get; }
}

/// <summary>The journal did not take the event, and wrote nothing of its <see cref="AtomicWrite"/>.</summary>
public sealed record WriteMessageRejected : IJournalResponse
{
    public WriteMessageRejected(IPersistentRepresentation persistent, Exception cause, int actorInstanceId)
    {
        Persistent = persistent;
        Cause = cause;
        ActorInstanceId = actorInstanceId;
    }

    public IPersistentRepresentation Persistent { get; }

    public Exception Cause { get; }

    public int ActorInstanceId { get; }
}

/// <summary>The write failed: whether the event is in the journal is not known.</summary>
public sealed record WriteMessageFailure : IJournalResponse
{
    public WriteMessageFailure(IPersistentRepresentation persistent, Exception cause, int actorInstanceId)
    {
        Persistent = persistent;
        Cause = cause;
        ActorInstanceId = actorInstanceId;
    }

    public IPersistentRepresentation Persistent { get; }

    public Exception Cause { get; }

    public int ActorInstanceId { get; }
}

/// <summary>What went through the journal only to keep its place among the events.</summary>
public sealed record LoopMessageSuccess : IJournalResponse
{
    public LoopMessageSuccess(object message, int actorInstanceId)
    {
        Message = message;
        ActorInstanceId = actorInstanceId;
    }

    public object Message { get; }

    public int ActorInstanceId { get; }
}

/// <summary>Asks the journal for the events of a persistent actor.</summary>
public sealed record ReplayMessages : IJournalRequest
{
    public ReplayMessages(
        long fromSequenceNr, long toSequenceNr, long max, string persistenceId, IActorRef persistentActor)
    {
        FromSequenceNr = fromSequenceNr;
        ToSequenceNr = toSequenceNr;
        Max = max;
        PersistenceId = persistenceId;
        PersistentActor = persistentActor;
    }

    public long FromSequenceNr { get; }

    public long ToSequenceNr { get; }

    public long Max { get; }

    public string PersistenceId { get; }

    public IActorRef PersistentActor { get; }

    /// <summary>Where the actor says how far it is; null from one that doesn't.</summary>
    internal ReplayPace? Pace { get; init; }

    /// <summary>Which instance of the actor asks; 0 where it does not say.</summary>
    internal int ForInstance { get; init; }
}

/// <summary>An event of the past.</summary>
public sealed record ReplayedMessage : IJournalResponse, IDeadLetterSuppression, IRecoveryAnswer
{
    public ReplayedMessage(IPersistentRepresentation persistent) => Persistent = persistent;

    public IPersistentRepresentation Persistent { get; }

    int IRecoveryAnswer.ForInstance => ForInstance;

    internal int ForInstance { get; init; }
}

/// <summary>All events asked for were sent.</summary>
public sealed record RecoverySuccess : IJournalResponse, IDeadLetterSuppression, IRecoveryAnswer
{
    public RecoverySuccess(long highestSequenceNr) => HighestSequenceNr = highestSequenceNr;

    /// <summary>The highest number that was ever written, that of deleted events included.</summary>
    public long HighestSequenceNr { get; }

    int IRecoveryAnswer.ForInstance => ForInstance;

    internal int ForInstance { get; init; }
}

/// <summary>The events could not be read.</summary>
public sealed record ReplayMessagesFailure : IJournalResponse, IDeadLetterSuppression, IRecoveryAnswer
{
    public ReplayMessagesFailure(Exception cause) => Cause = cause;

    public Exception Cause { get; }

    int IRecoveryAnswer.ForInstance => ForInstance;

    internal int ForInstance { get; init; }
}
