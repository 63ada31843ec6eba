using System.Collections.Immutable;
using Akka.Actor;

// Without annotations, as in Akka.NET: an override compiles with and without them.
#nullable disable annotations

namespace Akka.Persistence.Journal;

/// <summary>What a journal is asked for to recover an actor.</summary>
public interface IAsyncRecovery
{
    /// <summary>Calls back for each event, in order; the task ends after the last.</summary>
    Task ReplayMessagesAsync(
        IActorContext context,
        string persistenceId,
        long fromSequenceNr,
        long toSequenceNr,
        long max,
        Action<IPersistentRepresentation> recoveryCallback);

    /// <summary>The highest number ever written, or 0. Those below the second argument need no look.</summary>
    Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr);
}

/// <summary>Readies events for their journal.</summary>
public abstract class WriteJournalBase : ActorBase
{
    /// <summary>The writes of a request, without the senders, which are for the answers only.</summary>
    protected IEnumerable<AtomicWrite> PreparePersistentBatch(IEnumerable<IPersistentEnvelope> resequenceables) =>
        resequenceables.OfType<AtomicWrite>().Select(write =>
            new AtomicWrite(write.Events.Select(WithoutSender).ToImmutableArray()));

    private static IPersistentRepresentation WithoutSender(IPersistentRepresentation e) =>
        e.Update(e.SequenceNr, e.PersistenceId, e.IsDeleted, ActorRefs.NoSender, e.WriterGuid);
}

/// <summary>The base of journals: takes requests, calls the store, answers in the order of the requests.</summary>
public abstract class AsyncWriteJournal : WriteJournalBase, IAsyncRecovery
{
    private readonly PluginBreaker _breaker;
    private readonly Lock _answering = new();

    protected AsyncWriteJournal()
    {
        var extension = Persistence.Instance.Apply(Context.System);
        _breaker = new PluginBreaker(extension.JournalConfigFor(Self));
    }

    /// <inheritdoc/>
    public abstract Task ReplayMessagesAsync(
        IActorContext context,
        string persistenceId,
        long fromSequenceNr,
        long toSequenceNr,
        long max,
        Action<IPersistentRepresentation> recoveryCallback);

    /// <inheritdoc/>
    public abstract Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr);

    /// <summary>
    /// Writes each <see cref="AtomicWrite"/> all or not at all. The result has, for each, null or why it was rejected;
    /// null as a whole says that all were taken. A task that fails says that nobody knows.
    /// </summary>
    protected abstract Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages);

    /// <summary>Deletes the events up to a number, it included.</summary>
    protected abstract Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr);

    /// <summary>Told the messages that are not a journal's.</summary>
    protected virtual bool ReceivePluginInternal(object message) => false;

    protected sealed override bool Receive(object message) =>
        ReceiveWriteJournal(message) || ReceivePluginInternal(message);

    protected bool ReceiveWriteJournal(object message)
    {
        switch (message)
        {
            case WriteMessages write:
                _ = Write(write, Self);
                return true;
            case ReplayMessages replay:
                _ = Replay(replay, Context);
                return true;
            case DeleteMessagesTo delete:
                _ = Delete(delete, Self);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The one fault of an <see cref="AggregateException"/> that has one, and any other as it is.</summary>
    protected static Exception TryUnwrapException(Exception e) =>
        e is AggregateException many && many.Flatten().InnerExceptions is [var only] ? only : e;

    // From here on only what was handed over may be used: the actor goes on with its next message after an await.
#pragma warning disable CA1031 // Each fault is the answer to the actor that asked.
    private async Task Write(WriteMessages request, IActorRef self)
    {
        var writes = request.Messages.OfType<AtomicWrite>().Count();
        IImmutableList<Exception> results;
        try
        {
            var prepared = PreparePersistentBatch(request.Messages).ToImmutableArray();
            results = writes == 0
                ? null
                : await _breaker.Call(() => WriteMessagesAsync(prepared)).ConfigureAwait(false);
            if (results is not null && results.Count != writes)
                throw new InvalidOperationException($"The journal gave {results.Count} results for {writes} writes.");
        }
        catch (Exception fault)
        {
            var cause = TryUnwrapException(fault);
            Answer(request, self, new WriteMessagesFailed(cause, writes), (e, _) =>
                new WriteMessageFailure(e, cause, request.ActorInstanceId));
            return;
        }

        Answer(request, self, WriteMessagesSuccessful.Instance, (e, write) => results?[write] is { } rejection
            ? new WriteMessageRejected(e, rejection, request.ActorInstanceId)
            : new WriteMessageSuccess(e, request.ActorInstanceId));
    }

    private void Answer(
        WriteMessages request, IActorRef self, object first, Func<IPersistentRepresentation, int, object> answer)
    {
        var target = request.PersistentActor;
        // The first answer lets the actor send its next request, whose answers must not overtake the rest of these.
        lock (_answering)
        {
            target.Tell(first, self);
            var write = 0;
            foreach (var envelope in request.Messages)
            {
                if (envelope is not AtomicWrite atomic)
                {
                    target.Tell(new LoopMessageSuccess(envelope.Payload, request.ActorInstanceId), envelope.Sender);
                    continue;
                }

                foreach (var @event in atomic.Events)
                    target.Tell(answer(@event, write), @event.Sender);
                write++;
            }
        }
    }

    private async Task Replay(ReplayMessages request, IActorContext context)
    {
        var (target, instance) = (request.PersistentActor, request.ForInstance);
        try
        {
            var readFrom = Math.Max(0, request.FromSequenceNr - 1);
            var highest = await _breaker
                .Call(() => ReadHighestSequenceNrAsync(request.PersistenceId, readFrom))
                .ConfigureAwait(false);
            var to = Math.Min(request.ToSequenceNr, highest);
            if (to > 0 && request.FromSequenceNr <= to)
            {
                var replay = new ReplayTarget(target, instance, request.Pace);
                await ReplayMessagesAsync(
                    context, request.PersistenceId, request.FromSequenceNr, to, request.Max, replay.Tell)
                    .ConfigureAwait(false);
            }

            if (request.Pace is { IsAbandoned: true })
                return;

            target.Tell(new RecoverySuccess(highest) { ForInstance = instance }, ActorRefs.NoSender);
        }
        catch (Exception fault)
        {
            var failure = new ReplayMessagesFailure(TryUnwrapException(fault)) { ForInstance = instance };
            target.Tell(failure, ActorRefs.NoSender);
        }
    }

    private async Task Delete(DeleteMessagesTo request, IActorRef self)
    {
        object answer;
        try
        {
            await _breaker
                .Call(() => DeleteMessagesToAsync(request.PersistenceId, request.ToSequenceNr))
                .ConfigureAwait(false);
            answer = new DeleteMessagesSuccess(request.ToSequenceNr);
        }
        catch (Exception fault)
        {
            answer = new DeleteMessagesFailure(TryUnwrapException(fault), request.ToSequenceNr);
        }

        request.PersistentActor.Tell(answer, self);
    }
#pragma warning restore CA1031
}
