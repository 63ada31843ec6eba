using Akka.Actor;
using Akka.Event;
using AtlasActors.Hosting;
using AtlasActors.Jobs;
using static AtlasActors.Batches.BatchEvents;

namespace AtlasActors.Batches;

/// <summary>
/// What a person wants of a batch: a pause, its end, the cancelling of jobs. A wish is written by Persist, which lets no
/// command in between: when it is applied the state has all that was written before it, and whatever comes after it meets it.
/// </summary>
internal sealed partial class BatchCoordinator
{
    private readonly List<(IActorRef Asker, IBatchCommand Wish)> _wishes = [];
    private readonly List<(IActorRef Asker, IBatchCommand Wish)> _heldWishes = [];

    /// <summary>Why nothing is submitted, as far as a pause is the reason.</summary>
    private (HaltReason? Reason, string? Message) Pausing =>
        _state.IsPaused ? (HaltReason.Paused, "Paused; resume goes on with it.") : (null, null);

    private void Pause(IBatchCommand pause)
    {
        if (IsHeld(pause)) return;
        if (_state.IsPaused || _phase == BatchPhase.Finished)
            Sender.Tell(View());
        else
            Write(new BatchPaused(Now), pause, OnPaused);
    }

    private void OnPaused(BatchPaused paused, IActorRef asker)
    {
        _state.Apply(paused);
        _log.Info("Batch {0} is paused", _id.Value);
        if (_phase == BatchPhase.Running) Halt(HaltReason.Paused, Pausing.Message!);
        ShowPause();
        if (_phase != BatchPhase.Stopping) Notify(new BatchNotice.PhaseChanged(View()));
        asker.Tell(View());
    }

    /// <summary>A batch that nobody works on is idle only as long as a pause leaves something of it to be seen through.</summary>
    private void ShowPause()
    {
        if (!_state.IsPaused || _phase != BatchPhase.Idle) return;
        (_halt, _haltMessage) = Pausing;
        if (!_state.IsUnderWay) _phase = BatchPhase.Halted;
    }

    /// <summary>A person has it go on, which ends a pause.</summary>
    private void GoOn(IReadOnlyList<IJobEvent> changes, IBatchCommand wish)
    {
        if (!_state.IsPaused || _phase == BatchPhase.Stopping)
            Continue(changes, Sender);
        else
            Write(new BatchUnpaused(Now), wish, (unpaused, asker) =>
            {
                _state.Apply(unpaused);
                if (_phase == BatchPhase.Stopping) _heldWishes.Add((asker, wish));
                else Continue(changes, asker);
                if (_phase == BatchPhase.Running) Notify(new BatchNotice.PhaseChanged(View()));
            });
    }

    private void Cancel(BatchCommands.CancelJobs cancel)
    {
        if (IsHeld(cancel) || IsRefused(cancel.Jobs)) return;
        if (IsAtRest && _state.EndedByCancelling(cancel.Jobs).Count == 0 && !_state.SeenThroughByCancelling(cancel.Jobs).Any())
            Sender.Tell(View());
        else
            Write(new CancellationAsked(Now, cancel.Jobs), cancel, OnCancelled);
    }

    private void OnCancelled(CancellationAsked asked, IActorRef asker)
    {
        var ended = _state.EndedByCancelling(asked.Jobs).Select(one => one.Job).ToHashSet();
        _state.Apply(asked);
        _telemetry.Cancelled(ended, _state);
        _log.Info("Batch {0}: {1} jobs are cancelled; what Atlas Cloud has is seen through", _id.Value, ended.Count);
        TakeBack(ended);
        if (_watchers.Count > 0 || _listeners.Count > 0)
            foreach (var number in ended.Order()) Notify(new BatchNotice.JobMoved(_id, JobView(number)));
        if (IsAtRest && ended.Count > 0)
            CloseAgain();
        else if (ended.Count > 0)
            TellOf([.. ended.Order()]);
        else
            TellListenersIfAtRest();
        asker.Tell(View());
    }

    private void TellOf(IReadOnlyList<int> ended)
    {
        StartManifest();
        TellLedger(ended);
        TellManifest(ended);
        // Was it asked for its last word already, that is not the last now.
        _manifestAsked = false;
        if (_phase == BatchPhase.Stopping && _state.IsDone)
            (_closingTo, _halt, _haltMessage) = (BatchPhase.Finished, null, null);
        Admit();
        CheckDone();
    }

    /// <summary>
    /// Those who wait with a slot, for inputs, at the gate or for the ledger's word, are stopped; what they still ask for comes
    /// too late. What the ledger has reserved for them is given back when the batch comes to rest.
    /// </summary>
    private void TakeBack(IReadOnlySet<int> ended)
    {
        _queue.Remove(ended);
        foreach (var number in ended)
        {
            _waits.Remove(number);
            _asked.Remove(number);
            _shelf.Remove(number);
            if (!_active.TryGetValue(number, out var work)) continue;
            (work.IsTakenBack, work.IsDismissed) = (true, true);
            _book.TakeBack(number);
            Context.Stop(work.Actor);
        }
        if (_shelf.Count == 0) _pause = null;
    }

    private bool IsTooLate(IJobEvent happened) =>
        _active.TryGetValue(happened.Job, out var work) && work.IsTakenBack && work.Actor.Equals(Sender);

    /// <summary>At rest: ledger and manifest hear of it, of all that a crash may have kept from them too, and it is settled anew.</summary>
    private void CloseAgain()
    {
        LeaveChargesToTheRun();
        StartManifest();
        var jobs = Enumerable.Range(1, _state.JobCount).ToList();
        TellLedger(jobs);
        TellManifest(jobs);
        if (_state.IsDone) Finish();
        else Close(_phase);
    }

    /// <summary>Nothing is left that could not be submitted.</summary>
    private void Finish()
    {
        (_halt, _haltMessage) = (null, null);
        Close(BatchPhase.Finished);
    }

    private void Preview(BatchQueries.GetPreview preview)
    {
        if (!IsRefused(preview.Jobs)) Sender.Tell(BatchPreview.Of(_state, _phase, preview));
    }

    /// <summary>Names a job that there is not.</summary>
    private bool IsRefused(IReadOnlyList<int>? jobs)
    {
        if (jobs is null) return false;
        foreach (var number in jobs)
        {
            if (number >= 1 && number <= _state.JobCount) continue;
            Sender.Tell(new Status.Failure(new BatchException(FormattableString.Invariant(
                $"Batch {_id} has no job {number}; its jobs are 1 to {_state.JobCount}."))));
            return true;
        }
        return false;
    }

    /// <summary>A batch that comes to rest by itself is asked again when it rests.</summary>
    private bool IsHeld(IBatchCommand wish)
    {
        if (_phase != BatchPhase.Stopping) return false;
        _heldWishes.Add((Sender, wish));
        return true;
    }

    /// <summary>By way of the parent, which keeps account of who is at work.</summary>
    private void ReleaseWishes()
    {
        foreach (var (asker, wish) in _heldWishes) Context.Parent.Tell(wish, asker);
        _heldWishes.Clear();
    }

    private void Write<T>(T happened, IBatchCommand wish, Action<T, IActorRef> then)
    {
        var (asker, open) = (Sender, (Sender, wish));
        _wishes.Add(open);
        Persist(happened, written =>
        {
            _wishes.Remove(open);
            then(written, asker);
        });
    }
}
