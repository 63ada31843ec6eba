using Akka.Actor;

namespace Akka.Persistence;

public abstract partial class Eventsourced
{
    private readonly Queue<PendingHandler> _pendingHandlers = new();
    private readonly List<IPersistentEnvelope> _eventBatch = [];
    private List<IPersistentEnvelope> _journalBatch = [];
    private int _pendingStashing;
    private bool _isWriteInProgress;
    private bool _isTaskRunning;

    /// <summary>Runs an asynchronous handler to its end before the next command.</summary>
    protected void RunTask(Func<Task> action)
    {
        if (_isTaskRunning)
            throw new NotSupportedException("RunTask calls cannot be nested");
        Dispatch.ActorTaskScheduler.RunTask(async () =>
        {
            var task = action();
            if (task.IsCompleted)
            {
                await task;
                return;
            }

            _isTaskRunning = true;
            var failed = true;
            try
            {
                await task;
                failed = false;
            }
            finally
            {
                _isTaskRunning = false;
                CommandHandled(failed);
            }
        });
    }

    private void ProcessCommand(Receive receive, object message)
    {
        if (HandleJournalAnswer(message))
            return;
        var failed = true;
        try
        {
            base.AroundReceive(receive, message);
            failed = false;
        }
        finally
        {
            CommandHandled(failed);
        }
    }

    private void CommandHandled(bool failed)
    {
        FlushBatch();
        if (_isTaskRunning)
            return;
        if (_pendingStashing > 0)
            _phase = Phase.Persisting;
        else
            Unstash(all: failed);
    }

    private void AwaitWrites(object message)
    {
        if (!HandleJournalAnswer(message))
            StashInternally(message);
    }

    /// <summary>Whether the message is the journal's; answers to an instance before this one are passed over.</summary>
    private bool HandleJournalAnswer(object message)
    {
        switch (message)
        {
            case WriteMessageSuccess success:
                if (success.ActorInstanceId == _instanceId)
                {
                    UpdateLastSequenceNr(success.Persistent);
                    CallHandler(success.Persistent.Payload);
                }

                return true;
            case LoopMessageSuccess looped:
                if (looped.ActorInstanceId == _instanceId)
                    CallHandler(looped.Message);
                return true;
            case WriteMessageRejected rejected:
                if (rejected.ActorInstanceId == _instanceId)
                    Rejected(rejected.Persistent, rejected.Cause);
                return true;
            case WriteMessageFailure failure:
                if (failure.ActorInstanceId == _instanceId)
                    Failed(failure.Persistent, failure.Cause);
                return true;
            case WriteMessagesSuccessful:
                _isWriteInProgress = false;
                FlushJournalBatch();
                return true;
            case WriteMessagesFailed failed:
                // With events in it, the first of their failures stops the actor.
                if (failed.WriteCount == 0)
                    _isWriteInProgress = false;
                return true;
            default:
                // A tick of the recovery may still be on its way when that is over.
                return message is RecoveryTick;
        }
    }

    private void CallHandler(object payload)
    {
        var failed = true;
        try
        {
            try
            {
                _pendingHandlers.Peek().Handle(payload);
            }
            finally
            {
                FlushBatch();
            }

            failed = false;
        }
        finally
        {
            HandlerDone(failed);
        }
    }

    private void HandlerDone(bool failed)
    {
        if (_pendingHandlers.Dequeue().Stashing)
            _pendingStashing--;
        if (_pendingStashing > 0)
        {
            _phase = Phase.Persisting;
            return;
        }

        // What is still pending is asynchronous, and commands do not wait for it.
        _phase = Phase.Processing;
        Unstash(failed);
    }

    private void Rejected(IPersistentRepresentation persistent, Exception cause)
    {
        UpdateLastSequenceNr(persistent);
        HandlerDone(failed: false);
        OnPersistRejected(cause, persistent.Payload, persistent.SequenceNr);
    }

    private void Failed(IPersistentRepresentation persistent, Exception cause)
    {
        HandlerDone(failed: false);
        try
        {
            OnPersistFailure(cause, persistent.Payload, persistent.SequenceNr);
        }
        finally
        {
            Context.Stop(Self);
        }
    }

    private void FlushBatch()
    {
        if (_eventBatch.Count > 0)
        {
            _journalBatch.AddRange(_eventBatch);
            _eventBatch.Clear();
        }

        FlushJournalBatch();
    }

    private void FlushJournalBatch()
    {
        if (_isWriteInProgress || _journalBatch.Count == 0)
            return;
        Journal.Tell(new WriteMessages(_journalBatch, Self, _instanceId));
        _journalBatch = [];
        _isWriteInProgress = true;
    }
}
