using Akka.Actor;
using Akka.Event;
using AtlasActors.Costs;
using AtlasActors.Hosting;
using AtlasActors.Jobs;
using AtlasActors.Manifests;
using static AtlasActors.Batches.BatchEvents;

namespace AtlasActors.Batches;

/// <summary>Telling ledger and manifest, and coming to rest: finished, stopped or halted.</summary>
internal sealed partial class BatchCoordinator
{
    /// <summary>So many jobs are told of in one message.</summary>
    private const int JobsPerMessage = 500;

    /// <summary>So often ledger and manifest are told again before the batch rests without their word; the next start tells them.</summary>
    private const int ClosingTries = 5;

    private readonly Outbox _untold = new();
    private readonly Outbox _unlisted = new();
    private readonly HashSet<int> _listed = [];
    private readonly List<IActorRef> _beginAskers = [];
    private readonly List<IActorRef> _stopAskers = [];
    private IActorRef _manifest = ActorRefs.Nobody;
    private BatchPhase _closingTo;
    private bool _manifestAsked;
    private int _toldAgain;

    private void StartManifest()
    {
        if (!_manifest.IsNobody()) return;
        var created = _state.Created!;
        var head = new ManifestHead(_id, created.Source, _tools.ShownOutputDir, _state.JobCount, created.Skipped);
        _manifest = Context.ActorOf(
            ManifestWriter.Props(head, Path.Combine(_tools.Jobs.OutputDir, "manifest.json"), _tools.Jobs.Settings),
            "manifest");
        Context.WatchWith(_manifest, ManifestEnded.Instance);
    }

    private void OnManifestEnded()
    {
        _manifest = ActorRefs.Nobody;
        if (_compactAskers.Count > 0 && !_compaction.IsUnderWay)
            EndCompacting("The manifest's actor failed; the log says how.");
    }

    private void TellLedger(IReadOnlyList<int> jobs)
    {
        foreach (var chunk in jobs.Where(number => _state.Job(number).Money.Count > 0).Chunk(JobsPerMessage))
        {
            foreach (var number in chunk) _untold.Told(number, _state.Job(number).Revision);
            _tools.Ledger.Tell(new LedgerCommands.TakeMoney(
                _id, [.. chunk.Select(number => BatchViews.Money(_state, number))], _state.Revision, _state.Created!.Labels));
        }
        WaitForWord();
    }

    /// <summary>The manifest lists ends; of a job that was listed and is at work again it must hear too.</summary>
    private void TellManifest(IReadOnlyList<int> jobs)
    {
        foreach (var chunk in jobs.Where(IsForManifest).Chunk(JobsPerMessage))
        {
            foreach (var number in chunk) _unlisted.Told(number, _state.Job(number).Revision);
            _manifest.Tell(new ManifestCommands.ListResults(
                [.. chunk.Where(IsResult).Select(number => BatchViews.Result(_state, number))],
                [.. chunk.Where(number => !IsResult(number)).Select(number => new JobRevision(number, _state.Job(number).Revision))]));
        }
        WaitForWord();
    }

    private bool IsForManifest(int number)
    {
        if (IsResult(number)) _listed.Add(number);
        return _listed.Contains(number);
    }

    /// <summary>A withdrawal that the manifest has needs no other one, whatever becomes of the job on its way.</summary>
    private void OnListed(ResultsListed listed)
    {
        _unlisted.Acknowledged(listed.Jobs);
        foreach (var (number, _) in listed.Jobs)
            if (!_unlisted.IsPending(number) && !IsResult(number)) _listed.Remove(number);
        CheckClosed();
        CheckChargesSettled();
    }

    /// <summary>When the batch comes to rest, what is paid for and not yet there is told too, so that no cost is left out.</summary>
    private bool IsResult(int number)
    {
        var job = _state.Job(number);
        return job.IsAtRest || (_phase == BatchPhase.Stopping && job.Charged > Usd.Zero);
    }

    private void WaitForWord()
    {
        if (!(_untold.IsEmpty && _unlisted.IsEmpty && _asked.Count == 0) && !Timers.IsTimerActive(nameof(TellAgain)))
            Timers.StartSingleTimer(nameof(TellAgain), TellAgain.Instance, _tools.Jobs.Settings.AckTimeout);
    }

    private void TellAgainWhatIsPending()
    {
        if (_phase == BatchPhase.Stopping && _active.Count == 0 && ++_toldAgain > ClosingTries)
        {
            _log.Warning("Batch {0} comes to rest though ledger or manifest did not acknowledge everything; the next start tells them again", _id.Value);
            Rest();
            return;
        }
        StartManifest();
        _accountTold = false;
        TellLedger(_untold.Jobs);
        AskForMoneyAgain();
        TellManifest(_unlisted.Jobs);
        if (_manifestAsked) AskForManifest();
        CheckClosed();
    }

    /// <summary>
    /// Who watches, and who waits for a stop or a beginning, is served by the next life. It takes the work up before it tells
    /// anybody how it is: a batch at rest would end the watches.
    /// </summary>
    protected override void PreRestart(Exception reason, object message)
    {
        if (_phase == BatchPhase.Running) Self.Tell(new BatchCommands.TakeUpBatch(_id), Context.Parent);
        foreach (var watcher in _watchers) Self.Tell(new BatchQueries.WatchBatch(_id), watcher);
        foreach (var asker in _beginAskers) Self.Tell(new BatchCommands.TakeUpBatch(_id), asker);
        foreach (var asker in _stopAskers) Self.Tell(new BatchCommands.StopBatch(_id), asker);
        foreach (var (asker, wish) in _chargeAskers) Self.Tell(wish, asker);
        foreach (var (asker, wish) in _wishes.Concat(_heldWishes)) Self.Tell(wish, asker);
        foreach (var asker in _compactAskers) Self.Tell(new BatchCommands.CompactBatch(_id), asker);
        foreach (var asker in _removalAskers) Self.Tell(new BatchCommands.RemoveOutputs(_id), asker);
        _beginAskers.Clear();
        _stopAskers.Clear();
        _chargeAskers.Clear();
        _wishes.Clear();
        _heldWishes.Clear();
        _compactAskers.Clear();
        _removalAskers.Clear();
        _watchers.Clear();
        base.PreRestart(reason, message);
    }

    protected override void PostStop()
    {
        _telemetry.Leave();
        var failure = new Status.Failure(new BatchException(_haltMessage ?? $"Batch {_id} failed and was stopped; the log says how. It is resumable."));
        foreach (var asker in _beginAskers.Concat(_stopAskers).Concat(_chargeAskers.Select(one => one.Asker))) asker.Tell(failure);
        foreach (var (asker, _) in _wishes.Concat(_heldWishes)) asker.Tell(failure);
        foreach (var asker in _compactAskers.Concat(_removalAskers)) asker.Tell(failure);
        // By way of the parent, which tells them only if it lives on: at the system's end nothing has failed.
        if (_watchers.Count > 0)
            Context.Parent.Tell(new SupervisorMessages.WatchersLeft(_id, [.. _watchers]));
        base.PostStop();
    }

    private void Stop()
    {
        if (_phase is not (BatchPhase.Running or BatchPhase.Stopping))
        {
            Sender.Tell(View());
            Context.Parent.Tell(new BatchReports.BatchClosed(_id));
            return;
        }
        _stopAskers.Add(Sender);
        if (_halt is null && _pause is { } pause) (_halt, _haltMessage) = (HaltReason.BudgetReached, pause.Message);
        Close(_halt is null ? BatchPhase.Idle : BatchPhase.Halted);
    }

    /// <summary>
    /// Nothing more can be submitted, or is to be. With an empty balance and in a pause what Atlas has is still seen through;
    /// with a refused key or a disk that is full nothing can go on.
    /// </summary>
    private void Halt(HaltReason reason, string message)
    {
        if (_phase != BatchPhase.Running) return;
        if (_halt is null) _log.Warning("Batch {0} is halted: {1}", _id.Value, message);
        (_halt, _haltMessage) = (reason, message);
        if (reason is not (HaltReason.OutOfBalance or HaltReason.Paused))
        {
            Close(BatchPhase.Halted);
            return;
        }
        foreach (var (number, work) in _active)
            if (_state.Job(number).Stage == JobStage.Queued) work.Actor.Tell(new JobCommands.StopWorking());
        Admit();
        CheckDone();
    }

    /// <summary>Whether everything has come to an end, or all that can while nothing is submitted.</summary>
    private void CheckDone()
    {
        if (_phase != BatchPhase.Running) return;
        if (_state.IsDone) Finish();
        else if (_halt is not null && _active.Keys.All(number => _state.Job(number).Stage == JobStage.Overdue)) Close(BatchPhase.Halted);
    }

    private void Close(BatchPhase to)
    {
        _closingTo = to;
        if (_phase != BatchPhase.Stopping) Notify(new BatchNotice.PhaseChanged(View() with { Phase = BatchPhase.Stopping }));
        _phase = BatchPhase.Stopping;
        StartManifest();
        _queue.Clear();
        DropAsked();
        Timers.Cancel(nameof(SlotDue));
        TellManifest([.. _active.Keys.Where(number => !_state.Job(number).IsAtRest)]);
        foreach (var work in _active.Values) work.Actor.Tell(new JobCommands.StopWorking());
        CheckClosed();
    }

    private void CheckClosed()
    {
        if (_phase != BatchPhase.Stopping || _active.Count > 0 || !_untold.IsEmpty || !_unlisted.IsEmpty || _manifestAsked
            || _chargesBeingWritten > 0)
            return;
        _manifestAsked = true;
        _toldAgain = 0;
        AskForManifest();
    }

    private void AskForManifest()
    {
        _manifest.Tell(new ManifestCommands.WriteManifest());
        Timers.StartSingleTimer(nameof(TellAgain), TellAgain.Instance, _tools.Jobs.Settings.AckTimeout);
    }

    private void OnManifestWritten(string? trouble)
    {
        if (_settlesCharges && _manifestAsked)
        {
            OnChargesListed(trouble);
            return;
        }
        if (_phase != BatchPhase.Stopping || !_manifestAsked) return;
        if (trouble is not null && _halt is null)
            (_closingTo, _halt, _haltMessage) = (BatchPhase.Halted, HaltReason.DiskRefused, trouble);
        if (trouble is null && _state.IsDone && !_state.IsSettled)
            Persist(new BatchSettled(Now), Settle);
        else
            Rest();
    }

    private void Settle(BatchSettled settled)
    {
        _state.Apply(settled);
        Rest();
    }

    private void Rest()
    {
        Timers.Cancel(nameof(TellAgain));
        (_manifestAsked, _toldAgain, _phase) = (false, 0, _closingTo);
        // Stopped when the last job was at its end: nothing is left to go on with.
        if (_phase == BatchPhase.Idle && _state.IsDone) _phase = BatchPhase.Finished;
        ShowPause();
        if (_phase == BatchPhase.Finished && !_state.IsDone)
        {
            // An overdue job's answer was being written while the batch came to rest: there is work again.
            _phase = BatchPhase.Idle;
            Continue([], ActorRefs.Nobody);
            ReleaseCharges();
            ReleaseWishes();
            return;
        }
        OfferAccount();
        AwaitQuiet();
        _telemetry.Leave();
        Context.Parent.Tell(new BatchReports.BatchClosed(_id));
        var view = View();
        Notify(new BatchNotice.PhaseChanged(view));
        foreach (var asker in _stopAskers) asker.Tell(view);
        _stopAskers.Clear();
        ReleaseCharges();
        ReleaseWishes();
    }
}
