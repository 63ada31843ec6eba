using Akka.Actor;
using Akka.Event;
using AtlasActors.Atlas;
using AtlasActors.BatchFiles;
using AtlasActors.Costs;
using AtlasActors.Gate;
using AtlasActors.Jobs;
using AtlasActors.Telemetry;
using static AtlasActors.Batches.BatchEvents;

namespace AtlasActors.Batches;

/// <summary>Taking a batch up, giving slots, and supervising the jobs' actors.</summary>
internal sealed partial class BatchCoordinator
{
    /// <summary>So many jobs are planned by one event: a row of the journal stays well under a megabyte.</summary>
    private const int JobsPerEvent = 200;

    /// <summary>A job's actor that failed so often without getting on is stopped; the waits between make it minutes.</summary>
    private const int MostLives = 10;

    /// <summary>More than a job's actor can have that gets on between its failures: this is for those that fail at once.</summary>
    private const int MostRestarts = 100;

    /// <summary>
    /// A job's actor that fails is restarted, after a wait, and handed its state again; one that breaks a contract, or
    /// fails ten times without getting on, is stopped, and the job is left as far as it came.
    /// </summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(MostRestarts, TimeSpan.FromMinutes(1), fault => fault switch
    {
        NotSupportedException or ActorInitializationException or ActorKilledException => Directive.Stop,
        _ => Directive.Restart,
    });

    private void Create(BatchCommands.CreateBatch create)
    {
        var definition = create.Definition;
        if (_state.Created is { } before)
        {
            if (before.Fingerprint == BatchFingerprint.Of(definition)) Continue([], Sender);
            else Sender.Tell(new Status.Failure(new Hosting.BatchException($"There is a batch {_id} already, and it asks for something else.")));
            return;
        }
        var planned = OutputTargets.Assign(definition.Jobs, OutputFolder.PlacesInUse(_tools.Jobs.OutputDir));
        var created = new BatchCreated(
            _id, Now, definition.Source, BatchFingerprint.Of(definition), _tools.Endpoint, definition.MaxWorkers, create.Budget ?? definition.Budget,
            definition.Skipped, definition.Labels.Count > 0 ? definition.Labels : null,
            definition.Priority != BatchPriority.Normal ? definition.Priority : null, definition.Webhook);
        var asker = Sender;
        _beginAskers.Add(asker);
        List<object> events = [created, .. planned.Chunk(JobsPerEvent).Select(jobs => new JobsPlanned(jobs))];
        var left = events.Count;
        // With the last event and not after it: a stop that comes in between would find nobody at work.
        PersistAll(events, e =>
        {
            _state.Apply(e);
            if (--left == 0) Continue([], asker);
        });
    }

    private void Retry(BatchCommands.RetryBatch retry)
    {
        if (IsRefused(retry.Jobs)) return;
        if (retry.Budget is { } budget)
            PersistAsync(new BudgetSet(Now, budget), _state.Apply);
        GoOn([.. _state.Retryable(retry.Jobs, retry.InDoubt).Select(number => new JobEvents.JobRetried(number, Now))], retry);
    }

    /// <summary>Takes the batch up, after writing what that changes; the asker is told when it runs.</summary>
    private void Continue(IReadOnlyList<IJobEvent> changes, IActorRef asker)
    {
        if (_phase == BatchPhase.Stopping)
        {
            asker.Tell(new Status.Failure(new Hosting.BatchException($"Batch {_id} is being stopped.")));
            return;
        }
        if (_phase == BatchPhase.Running)
        {
            (_halt, _haltMessage) = Pausing;
            foreach (var change in changes) Record(change);
            _beginAskers.Add(asker);
            DeferAsync("recorded", _ =>
            {
                _beginAskers.Remove(asker);
                asker.Tell(View());
                Admit();
            });
            return;
        }
        List<IJobEvent> events = [.. changes, .. WaitsToBeginAnew()];
        (_phase, _workingSince, (_halt, _haltMessage)) = (BatchPhase.Running, Now, Pausing);
        LeaveChargesToTheRun();
        Context.SetReceiveTimeout(null);
        if (events.Count > 0)
            PersistAllAsync(events, TakeIn);
        _beginAskers.Add(asker);
        DeferAsync("begun", _ => Begin(asker));
    }

    /// <summary>Nobody waited while nobody worked: what is over its wait at the start has it again.</summary>
    private IEnumerable<JobEvents.WaitBegunAnew> WaitsToBeginAnew() =>
        from number in _state.In(JobStage.Generating, JobStage.Overdue)
        let job = _state.Job(number)
        where job.Stage == JobStage.Overdue || Now - job.WaitsSince >= _state.Plan(number).Definition.Policy.MaxWait
        select new JobEvents.WaitBegunAnew(number, Now);

    private void Begin(IActorRef asker)
    {
        _beginAskers.RemoveAll(asker.Equals);
        asker.Tell(View());
        if (_phase != BatchPhase.Running) return;
        Notify(new BatchNotice.PhaseChanged(View()));
        LogWhatGoesOn();
        _telemetry.Enter(_state);
        StartManifest();
        var jobs = Enumerable.Range(1, _state.JobCount).ToList();
        TellLedger(jobs);
        ReleaseUnused();
        // What was listed in an earlier life, and is at work again, is not known here: the manifest hears of all that may have been.
        _listed.UnionWith(jobs.Where(number => _state.Job(number) is { Revision: > 0, IsOnItsFirstWay: false }));
        TellManifest(jobs);
        if (_state.UnpricedCount > 0) Charges();
        foreach (var number in jobs) TakeUp(number);
        foreach (var number in _state.CutOff.ToList()) CutOff(number);
        Admit();
        CheckDone();
    }

    private void LogWhatGoesOn()
    {
        var onTheirWay = _state.In(JobStage.Submitting, JobStage.Generating, JobStage.Downloading, JobStage.Overdue).Count();
        if (onTheirWay > 0)
            _log.Info("Batch {0} goes on with {1} jobs: {2} polled on, {3} downloaded on, {4} overdue, {5} without an answer to their submission",
                _id.Value, onTheirWay, _state.Count(JobStage.Generating), _state.Count(JobStage.Downloading), _state.Count(JobStage.Overdue),
                _state.Count(JobStage.Submitting));
    }

    private void TakeUp(int number)
    {
        if (_active.ContainsKey(number)) return;
        var job = _state.Job(number);
        if (job.Stage == JobStage.Queued) Enqueue(number, job);
        else if (!job.HasEnded && job.Stage != JobStage.Waiting) StartJob(number);
    }

    /// <summary>The queue goes by a clock of its own, which is never put back.</summary>
    private void Enqueue(int number, JobState job)
    {
        var now = Now;
        var wait = job.RunsFrom(now) - now;
        _queue.Add(number, _clock.At(now) + wait);
        ShowWait(number, wait > TimeSpan.Zero ? WaitReasons.Backoff : WaitReasons.Slot);
    }

    private void ShowWait(int number, string? reason) =>
        _telemetry.Waits(number, _state.Plan(number).Definition.Model, reason);

    /// <summary>Gives the free slots to the jobs whose turn it is.</summary>
    private void Admit()
    {
        _telemetry.ShowHalt(_halt switch
        {
            null => null,
            HaltReason.OutOfBalance => WaitReasons.Balance,
            _ => WaitReasons.Paused,
        });
        if (_phase != BatchPhase.Running || _halt is not null) return;
        var now = _clock.At(Now);
        foreach (var due in _queue.TakeDue(now)) ShowWait(due, WaitReasons.Slot);
        var free = _state.Created!.MaxWorkers - _book.Held;
        while (free > 0 && _queue.Take(now) is { } number)
        {
            if (OverBudget(number) is { } refused)
            {
                Record(refused);
                continue;
            }
            if (IsTooDear(number)) continue;
            StartJob(number);
            free--;
        }
        _slots.IsPressed = free <= 0 && _queue.NextDue is not null;
        if (_queue.NextDue is { } next && next > now)
            Timers.StartSingleTimer(nameof(SlotDue), SlotDue.Instance, next - now);
        CheckPaused();
    }

    /// <summary>Counts what is spent or reserved, and what the jobs are about to reserve that have a slot already.</summary>
    private JobEvents.JobRefused? OverBudget(int number)
    {
        if (_state.Budget is not { } budget) return null;
        var price = _state.Plan(number).Definition.Price;
        var promised = _state.Committed + _book.Promised;
        return promised + price <= budget ? null : new JobEvents.JobRefused(number, Now, new AtlasFailure(
            $"The budget of USD {budget} does not reach: this attempt costs USD {price}, and USD {promised} is spent or on its way."));
    }

    private BatchPriority Priority => _state.Created!.Priority ?? BatchPriority.Normal;

    private JobTools JobTools() => _jobTools ??= _tools.Jobs with { Priority = Priority, Slots = _slots };

    private void StartJob(int number)
    {
        ShowWait(number, null);
        var actor = Context.ActorOf(JobActor.Props(_id, _state.Plan(number), JobTools()), FormattableString.Invariant($"job-{number}"));
        Context.WatchWith(actor, new JobEnded(number));
        _active[number] = new JobWork(actor);
        // Told from here, before any other job can ask the gate: what Atlas has counts before what it is yet to have.
        if (_state.Job(number).Stage == JobStage.Generating)
            _tools.Jobs.Gate.Tell(
                new GateCommands.TakeLeave(new Leave(_id, number, _state.Plan(number).Definition.Model), Priority), actor);
        NoteSlot(number);
    }

    private void NoteSlot(int number) => _book.Note(number, _state.Job(number), _state.Plan(number).Definition.Price);

    /// <summary>
    /// Hands a job to its actor, after all events that are being written are in the state; to one that failed, after a
    /// wait that doubles.
    /// </summary>
    private void HandOver(int number)
    {
        var actor = Sender;
        _asked.Remove(number);
        DeferAsync(number, _ =>
        {
            if (!_active.TryGetValue(number, out var work) || !work.Actor.Equals(actor)) return;
            if (++work.Lives > MostLives)
            {
                Context.Stop(actor);
                return;
            }
            // A life that has ended took what it was told with it.
            if (_phase == BatchPhase.Stopping || (_halt is not null && _state.Job(number).Stage == JobStage.Queued))
                actor.Tell(new JobCommands.StopWorking());
            var handed = new JobCommands.WorkOn(_state.Job(number), WasRestarted: work.Lives > 1);
            if (work.Lives == 1)
                actor.Tell(handed);
            else
                Context.System.Scheduler.ScheduleTellOnce(
                    RetrySchedule.AfterInterruption(work.Lives - 1, _state.Plan(number).Definition.Policy.RetryBase), actor, handed, Self);
        });
    }

    private void OnJobEnded(JobEnded ended)
    {
        if (!_active.Remove(ended.Job, out var work)) return;
        _book.Forget(ended.Job);
        _waits.Remove(ended.Job);
        _asked.Remove(ended.Job);
        var job = _state.Job(ended.Job);
        if (_phase == BatchPhase.Running && job.Stage == JobStage.Queued)
            Enqueue(ended.Job, job);
        else if (_phase == BatchPhase.Running && !job.HasEnded && work.IsDismissed)
            TakeUp(ended.Job);
        else if (_phase == BatchPhase.Running && !job.HasEnded)
            LeaveAsItIs(ended.Job, job);
        Admit();
        CheckDone();
        CheckClosed();
    }

    /// <summary>A job's actor was stopped for failing too often: its money is kept in sight, and a later run goes on with it.</summary>
    private void LeaveAsItIs(int number, JobState job)
    {
        var failure = new AtlasFailure("Its actor failed too often; the log says how.");
        _log.Error("The actor of job {0} of {1} failed too often and was stopped", number, _id.Value);
        if (job.Stage == JobStage.Submitting)
            Record(JobRules.Lost(_state.Plan(number).Definition, failure, Now));
        else if (job.Stage != JobStage.Overdue)
            Record(new JobEvents.JobFellOverdue(number, Now, failure));
    }
}
