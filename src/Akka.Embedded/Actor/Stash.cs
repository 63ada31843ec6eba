using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>Keeps messages for later. What is stashed at a restart or at the end goes back to the mailbox.</summary>
public interface IStash
{
    int Count { get; }

    bool IsEmpty { get; }

    bool NonEmpty { get; }

    bool IsFull { get; }

    /// <summary>How many messages fit; zero or less is no limit.</summary>
    int Capacity { get; }

    /// <summary>Keeps the message that is being handled.</summary>
    void Stash();

    /// <summary>Puts the oldest stashed message before all others in the mailbox.</summary>
    void Unstash();

    /// <summary>Puts all stashed messages, in their order, before all others in the mailbox.</summary>
    void UnstashAll();

    /// <summary>As <see cref="UnstashAll()"/> for what fits; the rest is forgotten.</summary>
    void UnstashAll(Func<Envelope, bool> predicate);

    IEnumerable<Envelope> ClearStash();

    void Prepend(IEnumerable<Envelope> envelopes);
}

public interface IActorStash
{
    IStash Stash { get; set; }
}

public interface IWithUnrestrictedStash : IActorStash;

/// <summary>An actor that stashes.</summary>
public interface IWithStash : IWithUnrestrictedStash, IRequiresMessageQueue<IDequeBasedMessageQueueSemantics>;

/// <summary>An actor that stashes without limit.</summary>
public interface IWithUnboundedStash
    : IWithUnrestrictedStash, IRequiresMessageQueue<IUnboundedDequeBasedMessageQueueSemantics>;

public abstract class UntypedActorWithStash : UntypedActor, IWithStash
{
    public IStash Stash { get; set; } = null!;
}

public abstract class UntypedActorWithUnboundedStash : UntypedActor, IWithUnboundedStash
{
    public IStash Stash { get; set; } = null!;
}

public static class StashFactory
{
    public static IStash CreateStash<T>(this IActorContext context)
        where T : ActorBase => new MessageStash((ActorCell)context);

    public static IStash CreateStash(this IActorContext context, IActorStash actorInstance) =>
        new MessageStash((ActorCell)context);

    public static IStash CreateStash(this IActorContext context, Type actorType) =>
        new MessageStash((ActorCell)context);
}

internal sealed class MessageStash(ActorCell cell) : IStash
{
    // Linked, since messages leave it one by one from the front: however many wait, the next costs the same.
    private LinkedList<Envelope> _stashed = new();
    private int? _stashedId;

    public int Count => _stashed.Count;

    public bool IsEmpty => Count == 0;

    public bool NonEmpty => Count > 0;

    public bool IsFull => false;

    public int Capacity => -1;

    public void Stash()
    {
        var current = cell.CurrentEnvelope;
        if (_stashedId == cell.CurrentEnvelopeId)
            throw new IllegalActorStateException($"Can't stash the same message {current.Message} more than once");
        _stashedId = cell.CurrentEnvelopeId;
        _stashed.AddLast(current);
    }

    public void Unstash()
    {
        if (_stashed.First is not { } oldest)
            return;
        _stashed.Remove(oldest);
        GiveBack(oldest.Value);
    }

    public void UnstashAll() => UnstashAll(_ => true);

    public void UnstashAll(Func<Envelope, bool> predicate)
    {
        var stashed = _stashed;
        _stashed = new LinkedList<Envelope>();
        for (var node = stashed.Last; node is not null; node = node.Previous)
        {
            if (predicate(node.Value))
                GiveBack(node.Value);
        }
    }

    /// <summary>Gives all back, behind those that were given back before and have not been received again.</summary>
    public void UnstashRest()
    {
        var stashed = _stashed;
        _stashed = [];
        cell.Mailbox.EnqueueBehindFront([.. stashed]);
        foreach (var terminated in stashed.Select(envelope => envelope.Message).OfType<Terminated>())
            cell.TerminatedQueuedFor(terminated.ActorRef, null);
    }

    public IEnumerable<Envelope> ClearStash()
    {
        var stashed = _stashed;
        _stashed = new LinkedList<Envelope>();
        return stashed;
    }

    public void Prepend(IEnumerable<Envelope> envelopes)
    {
        foreach (var envelope in envelopes.Distinct().Reverse())
            _stashed.AddFirst(envelope);
    }

    private void GiveBack(Envelope envelope)
    {
        cell.Mailbox.EnqueueFirst(envelope);
        if (envelope.Message is Terminated terminated)
            cell.TerminatedQueuedFor(terminated.ActorRef, null);
    }
}
