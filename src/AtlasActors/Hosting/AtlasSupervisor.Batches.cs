using Akka.Actor;
using Akka.Event;
using AtlasActors.Batches;
using AtlasActors.Polling;

namespace AtlasActors.Hosting;

/// <summary>The coordinators: begun when they are first asked for, asked when their journal is read.</summary>
internal sealed partial class AtlasSupervisor
{
    private void Start(BatchCommands.StartBatch start)
    {
        if (_indexTrouble is not null)
        {
            Sender.Tell(new Status.Failure(new BatchException(_indexTrouble)));
            return;
        }
        var id = start.Id ?? BatchId.New(Context.System.Scheduler.Now, _parts.Chance);
        if (_batches.Contains(id))
            Create(id, start, Sender);
        else if (_starting.TryGetValue(id, out var others))
            others.Add((start, Sender));
        else
        {
            _starting[id] = [(start, Sender)];
            _index.Tell(new IndexMessages.ListBatch(id));
        }
    }

    private void OnListed(BatchId id)
    {
        _batches.Add(id);
        if (!_starting.Remove(id, out var starts)) return;
        foreach (var (start, asker) in starts) Create(id, start, asker);
    }

    private void Create(BatchId id, BatchCommands.StartBatch start, IActorRef asker) =>
        Pass(new BatchCommands.CreateBatch(id, Hastened.By(_parts.Haste, start.Definition), start.Budget), asker);

    private void Pass(IBatchCommand command, IActorRef asker)
    {
        if (!_batches.Contains(command.Batch))
        {
            asker.Tell(new Status.Failure(new BatchException($"There is no batch {command.Batch} in this journal.")));
            return;
        }
        // Nobody watches a batch that has no actor.
        if (command is BatchQueries.UnwatchBatch && !_coordinators.ContainsKey(command.Batch)) return;
        if (TakesUp(command))
        {
            _atWork.Add(command.Batch);
            _hasGivenUp = false;
        }
        var coordination = Coordinator(command.Batch);
        coordination.IsBeingStopped = command is BatchCommands.StopBatch || (coordination.IsBeingStopped && !TakesUp(command));
        if (coordination.IsReady) coordination.Actor.Tell(command, asker);
        else coordination.Waiting.Enqueue((command, asker));
        // What comes while all are being stopped is recorded, and rests: the stop would wait for its end otherwise.
        if (_stopAskers.Count > 0 && TakesUp(command)) Pass(new BatchCommands.StopBatch(command.Batch), Self);
    }

    /// <summary>Whether it has somebody work on the batch.</summary>
    internal static bool TakesUp(IBatchCommand command) =>
        command is BatchCommands.CreateBatch or BatchCommands.ContinueBatch or BatchCommands.TakeUpBatch
            or BatchCommands.RetryBatch or BatchCommands.RefetchBatch;

    private Coordination Coordinator(BatchId id)
    {
        if (_coordinators.TryGetValue(id, out var known)) return known;
        var tools = ToolsFor(id) with { Listeners = _listeners };
        var actor = Context.ActorOf(BatchCoordinator.Props(id, tools), $"batch-{id}");
        Context.WatchWith(actor, new CoordinatorEnded(id));
        return _coordinators[id] = new Coordination(id, actor);
    }

    private BatchTools ToolsFor(BatchId id) => _parts.FolderPerBatch
        ? _tools with
        {
            Jobs = _tools.Jobs with { OutputDir = Path.Combine(_parts.OutputDir, id.Value) },
            ShownOutputDir = Path.Combine(_parts.ShownOutputDir, id.Value),
        }
        : _tools;

    /// <summary>Its journal is read, at its start or after a restart: what waited is passed on, and work that was begun is taken up.</summary>
    private void OnRecovered(BatchReports.BatchRecovered recovered)
    {
        if (!_coordinators.TryGetValue(recovered.Batch, out var coordination)) return;
        coordination.IsReady = true;
        coordination.IsLeaving = false;
        Brief(coordination);
        var isToldAnyway = coordination.Waiting.Any(waiting => TakesUp(waiting.Command));
        if (!isToldAnyway && (!recovered.IsUnfinished || coordination.IsBeingStopped))
            OnClosed(recovered.Batch);
        else if (!isToldAnyway && _atWork.Contains(recovered.Batch))
            coordination.Actor.Tell(new BatchCommands.TakeUpBatch(recovered.Batch), Self);
        PassOn(coordination);
    }

    private static void PassOn(Coordination coordination)
    {
        while (coordination.Waiting.TryDequeue(out var waiting))
            coordination.Actor.Tell(waiting.Command, waiting.Asker);
    }

    /// <summary>Its journal failed it, and it is stopping: who asks from now on waits for its successor, which reads the journal anew.</summary>
    private void OnBroken(BatchReports.BatchBroken broken)
    {
        _log.Error("Batch {0}: {1}", broken.Batch.Value, broken.Message);
        if (_coordinators.TryGetValue(broken.Batch, out var coordination))
        {
            Refuse(coordination, broken.Message);
            coordination.IsReady = false;
            coordination.IsBroken = true;
        }
        OnClosed(broken.Batch);
    }

    private void OnEnded(BatchId id)
    {
        if (_coordinators.Remove(id, out var coordination))
        {
            if (!coordination.IsBroken && !coordination.IsLeaving)
                Refuse(coordination, FailedAndStopped(id));
            while (coordination.Waiting.TryDequeue(out var waiting))
                Pass(waiting.Command, waiting.Asker);
        }
        if (!_coordinators.ContainsKey(id))
            OnClosed(id);
    }

    private static void OnWatchersLeft(SupervisorMessages.WatchersLeft left)
    {
        var failure = new Status.Failure(new BatchException(FailedAndStopped(left.Batch)));
        foreach (var watcher in left.Watchers) watcher.Tell(failure);
    }

    private static string FailedAndStopped(BatchId id) => $"Batch {id} failed and was stopped; the log says how. It is resumable.";

    private static void Refuse(Coordination coordination, string why)
    {
        while (coordination.Waiting.TryDequeue(out var waiting))
            waiting.Asker.Tell(new Status.Failure(new BatchException(why)));
    }

    private void OnClosed(BatchId id)
    {
        _atWork.Remove(id);
        if (_atWork.Count == 0 && _stopAskers.Count > 0) KeepTimes();
    }

    private void StopAll(TimeSpan? within)
    {
        _atWork.RemoveWhere(id => !_coordinators.ContainsKey(id));
        _stopAskers.Add(Sender);
        if (_hasGivenUp)
        {
            TellStopped();
            return;
        }
        if (within is { } limit)
        {
            _stopLimit.CancelIfNotNull();
            _stopLimit = Context.System.Scheduler.ScheduleTellOnceCancelable(limit, Self, StopOverdue.Instance, Self);
        }
        if (_atWork.Count == 0) KeepTimes();
        foreach (var id in _atWork) Pass(new BatchCommands.StopBatch(id), Self);
    }

    /// <summary>The last that is done before all is stopped: what was learned is written.</summary>
    private void KeepTimes()
    {
        if (_latency.IsNobody()) TellAllStopped();
        else _latency.Tell(new LatencyCommands.KeepTimes());
    }

    private void OnLatencyEnded()
    {
        _latency = ActorRefs.Nobody;
        TellAllStopped();
    }

    /// <summary>Whoever ends the actor system after that waits no more: what has no answer is in doubt at the next start.</summary>
    private void OnStopOverdue()
    {
        _hasGivenUp = _atWork.Count > 0;
        TellStopped();
    }

    private void TellAllStopped()
    {
        if (_atWork.Count == 0) TellStopped();
    }

    private void TellStopped()
    {
        _stopLimit.CancelIfNotNull();
        foreach (var asker in _stopAskers) asker.Tell(new SupervisorMessages.AllStopped([.. _atWork]));
        _stopAskers.Clear();
    }

    /// <summary>A coordinator, and what waits for it to have read its journal.</summary>
    private sealed class Coordination(BatchId batch, IActorRef actor)
    {
        public BatchId Batch { get; } = batch;

        public IActorRef Actor { get; } = actor;

        public bool IsReady { get; set; }

        /// <summary>Somebody asked for its stop: after a fault it is not taken up again.</summary>
        public bool IsBeingStopped { get; set; }

        /// <summary>It was told to leave, if nobody needs it: who asks waits for what comes of that.</summary>
        public bool IsLeaving { get; set; }

        /// <summary>Its journal failed it.</summary>
        public bool IsBroken { get; set; }

        public Queue<(IBatchCommand Command, IActorRef Asker)> Waiting { get; } = new();
    }

    private sealed class StopOverdue : INoSerializationVerificationNeeded
    {
        public static readonly StopOverdue Instance = new();
    }

    private sealed record CoordinatorEnded(BatchId Batch) : INoSerializationVerificationNeeded;
}
