using System.Diagnostics;
using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using AtlasActors.Costs;
using AtlasActors.Hosting;
using AtlasActors.Inputs;
using AtlasActors.Jobs;
using AtlasActors.Manifests;
using AtlasActors.Polling;
using AtlasActors.Telemetry;
using static AtlasActors.Batches.BatchEvents;

namespace AtlasActors.Batches;

/// <summary>What a coordinator works with.</summary>
internal sealed record BatchTools(
    JobTools Jobs, IActorRef Ledger, string Endpoint, string ShownOutputDir, BudgetsInForce Budgets)
{
    /// <summary>Who is told all that happens in all batches.</summary>
    public IReadOnlyList<IActorRef> Listeners { get; init; } = [];

    /// <summary>
    /// Whether what was left is gone on with at the start. Where not, somebody may only be looking, and nothing is written.
    /// </summary>
    public bool ContinuesUnfinished { get; init; }
}

/// <summary>
/// One batch: keeps the journal of the batch and of all its jobs in one stream, gives slots to jobs, supervises their
/// actors, and tells ledger and manifest what happened until they acknowledge it. Of jobs that only wait it keeps their
/// state, no actor.
/// </summary>
internal sealed partial class BatchCoordinator : UntypedPersistentActor, IWithTimers
{
    private readonly BatchId _id;
    private readonly BatchTools _tools;
    private readonly BatchState _state = new();
    private readonly JobQueue _queue = new();
    private readonly SteadyClock _clock = new();
    private readonly SlotQueue _slots = new();
    private readonly SlotBook _book = new();
    private readonly Dictionary<int, JobWork> _active = [];
    private readonly Dictionary<int, string> _waits = [];
    private readonly HashSet<IActorRef> _watchers = [];
    private readonly BatchTelemetry _telemetry = new();
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private JobTools? _jobTools;
    private BatchPhase _phase = BatchPhase.Idle;
    private HaltReason? _halt;
    private string? _haltMessage;
    private DateTimeOffset _workingSince = DateTimeOffset.MaxValue;

    public BatchCoordinator(BatchId id, BatchTools tools)
    {
        _id = id;
        _tools = tools;
        _listeners = tools.Listeners;
        (JournalPluginId, SnapshotPluginId) = tools.Jobs.Settings.Plugins;
        _compaction = new StreamCompaction(this, _state.Snapshot);
    }

    public override string PersistenceId => $"batch-{_id}";

    public ITimerScheduler Timers { get; set; } = null!;

    private static DateTimeOffset Now => Context.System.Scheduler.Now;

    public static Props Props(BatchId id, BatchTools tools) => Akka.Actor.Props.Create(() => new BatchCoordinator(id, tools));

    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case RecoveryCompleted: OnRecovered(); break;
            case SnapshotOffer { Snapshot: BatchSnapshot snapshot } offer:
                _state.Apply(snapshot);
                _compaction.Recovered(offer.Metadata);
                break;
            case BatchCreated or BudgetSet or JobsPlanned or BatchSettled or InputUploaded or IJobEvent:
            case BatchPaused or BatchUnpaused or CancellationAsked or OutputsRemoved:
                _state.Apply(message);
                break;
            default: throw new NotSupportedException($"A batch's journal holds no {message.GetType().Name}.");
        }
    }

    private void OnRecovered()
    {
        if (_state.IsSettled)
            _phase = BatchPhase.Finished;
        ShowPause();
        if (_tools.ContinuesUnfinished) OfferAccount();
        Context.Parent.Tell(new BatchReports.BatchRecovered(_id, _state.Unended > 0 || (_state.JobCount > 0 && !_state.IsSettled)));
        AwaitQuiet();
    }

    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case JobReports.RecordEvent record when IsTooLate(record.Happened): break;
            case JobReports.RecordEvent record: OnReport(record); break;
            case JobReports.JobReady ready: HandOver(ready.Job); break;
            case JobReports.JobWaits waits: OnWaits(waits); break;
            case JobReports.InputsWanted wanted: SendForInputs(wanted.Job); break;
            case DeskEnded: OnDeskEnded(); break;
            case FilesLookedFor looked: OnFilesLookedFor(looked); break;
            case InputReports.FileUploaded uploaded: OnUploaded(uploaded); break;
            case JobReports.TroubleForAll trouble: Halt(trouble.Reason, trouble.Message); break;
            case ChargeReports.CollectorReady or ChargeReports.ChargesFound or ChargeReports.AllAsked or ChargesEnded:
                OnCharges(message);
                break;
            case JobEnded ended: DeferAsync(ended, OnJobEnded); break;
            case ManifestEnded: OnManifestEnded(); break;
            case ManifestCompacted compacted: OnManifestCompacted(compacted); break;
            case FilesRemoved removed: OnFilesRemoved(removed); break;
            case MoneyTaken taken: OnMoneyTaken(taken); break;
            case AccountWanted wanted: TellAccount(wanted); break;
            case ReservationGranted or ReservationRefused or RoomMade or BudgetsChanged or TryBudgets: OnBudgets(message); break;
            case ResultsListed listed: OnListed(listed); break;
            case TellAgain: TellAgainWhatIsPending(); break;
            case ManifestWritten: OnManifestWritten(null); break;
            case ManifestNotWritten failed: OnManifestWritten(failed.Message); break;
            case SlotDue: Admit(); break;
            case AtlasWebhook webhook: OnWebhook(webhook); break;
            case IBatchCommand command: OnAsked(command); break;
            case WatcherGone gone: _watchers.Remove(gone.Watcher); break;
            case ReceiveTimeout: OnQuiet(); break;
            case CoordinatorOrders.LeaveIfQuiet order: OnLeave(order); break;
            case CoordinatorOrders.RestAs order: RestAs(order.Rest); break;
            case CoordinatorOrders.TellListeners order: _listeners = order.Listeners; break;
            case var answer when _compaction.Take(answer): break;
            default: Unhandled(message); break;
        }
    }

    private void OnAsked(IBatchCommand command)
    {
        if (_state.Created is null && command is not (BatchCommands.CreateBatch or BatchQueries.GetBatch or BatchQueries.GetJobs))
        {
            Sender.Tell(new Status.Failure(new BatchException($"Batch {_id} was never recorded.")));
            Context.Parent.Tell(new BatchReports.BatchClosed(_id));
            return;
        }
        switch (command)
        {
            case var taking when _removalAskers.Count > 0 && AtlasSupervisor.TakesUp(taking):
                _heldWishes.Add((Sender, taking));
                break;
            case BatchCommands.CreateBatch or BatchCommands.ContinueBatch or BatchCommands.TakeUpBatch or BatchCommands.RetryBatch
                when _stopAskers.Count == 0 && IsHeld(command): break;
            case BatchCommands.CreateBatch create: Create(create); break;
            case BatchCommands.ContinueBatch: GoOn([], command); break;
            case BatchCommands.TakeUpBatch: Continue([], Sender); break;
            case BatchCommands.RetryBatch retry: Retry(retry); break;
            case BatchCommands.PauseBatch: Pause(command); break;
            case BatchCommands.CancelJobs cancel: Cancel(cancel); break;
            case BatchCommands.RefetchBatch refetch: Refetch(refetch); break;
            case BatchCommands.StopBatch: Stop(); break;
            case BatchCommands.CollectCharges collect: Collect(collect); break;
            case BatchCommands.CompactBatch: Compact(); break;
            case BatchCommands.RemoveOutputs: RemoveOutputs(); break;
            case BatchQueries.GetCosts: Sender.Tell(BatchViews.Costs(_state)); break;
            case BatchQueries.GetBatch: Sender.Tell(new BatchAnswer(_state.Created is null ? null : View())); break;
            case BatchQueries.GetJobs: Sender.Tell(new JobsAnswer(AllJobs())); break;
            case BatchQueries.ReadBatch: Read(); break;
            case BatchQueries.GetPreview preview: Preview(preview); break;
            case BatchQueries.WatchBatch: Watch(Sender); break;
            case BatchQueries.UnwatchBatch: Unwatch(Sender); break;
            default: Unhandled(command); break;
        }
    }

    private void OnReport(JobReports.RecordEvent report)
    {
        AtlasTelemetry.MailboxDelay.Record(Stopwatch.GetElapsedTime(report.Sent).TotalSeconds);
        Record(report.Happened);
    }

    /// <summary>Persist, apply, reply, act: the one way by which a job's event comes into the world.</summary>
    private void Record(IJobEvent happened)
    {
        if (!AsksForMoney(happened)) Write(happened, Sender);
    }

    private void Write(IJobEvent happened, IActorRef sender)
    {
        var asked = Stopwatch.GetTimestamp();
        PersistAsync(happened, e =>
        {
            AtlasTelemetry.JournalLatency.Record(Stopwatch.GetElapsedTime(asked).TotalSeconds);
            var before = _state.Job(e.Job);
            _state.Apply(e);
            _telemetry.Recorded(e, before, _state);
            if (_active.TryGetValue(e.Job, out var work) && work.Actor.Equals(sender))
            {
                var job = _state.Job(e.Job);
                work.IsDismissed = job.HasEnded || job.Stage is JobStage.Queued or JobStage.Waiting;
                sender.Tell(new JobCommands.Recorded(e, job));
            }
            After(e);
        });
    }

    /// <summary>What follows from a recorded event for everybody else.</summary>
    private void After(IJobEvent e)
    {
        var job = _state.Job(e.Job);
        LogMove(e, job);
        if (_active.TryGetValue(e.Job, out var work))
        {
            NoteSlot(e.Job);
            work.Lives = Math.Min(work.Lives, 1);
        }
        else if (_phase == BatchPhase.Running && job.Stage != JobStage.Overdue)
            TakeUp(e.Job);
        _waits.Remove(e.Job);
        _cutting.Remove(e.Job);
        TellChildren(e.Job, job.Stage);
        if (e is JobEvents.GenerationFinished { ChargeReported: false } or JobEvents.SubmissionSettled { Charge: not null, ChargeReported: false })
            AwaitCharges(e.Job);
        TellLedger([e.Job]);
        TellManifest([e.Job]);
        TellMoved(e.Job, job.Stage);
        Admit();
        CheckDone();
    }

    private void LogMove(IJobEvent e, JobState job)
    {
        if (!_log.IsInfoEnabled) return;
        var log = Logging.GetLogger(Context.System, JobLogSource.Of(_id, _state.Plan(e.Job).Definition, job));
        if (job.Failure is { } failure)
            log.Info("Job {0} of {1}: {2}, now {3}: {4}", e.Job, _id.Value, e.GetType().Name, job.Stage, failure.WithRequest());
        else
            log.Info("Job {0} of {1}: {2}, now {3}", e.Job, _id.Value, e.GetType().Name, job.Stage);
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        Break($"The journal cannot be written: {cause.Message}");

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr) =>
        throw new InvalidOperationException($"The journal rejected {@event.GetType().Name}: {cause.Message}", cause);

    protected override void OnRecoveryFailure(Exception reason, object? message = null) =>
        Break($"The journal cannot be read: {reason.Message}");

    private void Break(string message)
    {
        _telemetry.Leave();
        _phase = BatchPhase.Halted;
        _halt = HaltReason.JournalFailed;
        _haltMessage = message;
        // The parent first: whoever hears of it may ask at once, and must not be sent to an actor that has stopped.
        Context.Parent.Tell(new BatchReports.BatchBroken(_id, message));
        if (_state.Created is not null)
            Notify(new BatchNotice.PhaseChanged(View()));
    }

    /// <summary>A job's actor at work.</summary>
    private sealed class JobWork(IActorRef actor)
    {
        public IActorRef Actor { get; } = actor;

        /// <summary>How often it asked for its job since it last got on with it: more than once after restarts.</summary>
        public int Lives { get; set; }

        /// <summary>The last state that it was told is an end to it: it stops by itself, whatever the job comes to meanwhile.</summary>
        public bool IsDismissed { get; set; }

        /// <summary>Its job was cancelled as it waited: it is being stopped, and what it asks for now comes too late.</summary>
        public bool IsTakenBack { get; set; }
    }

    private sealed record JobEnded(int Job) : INoSerializationVerificationNeeded;

    private sealed class ManifestEnded : INoSerializationVerificationNeeded
    {
        public static readonly ManifestEnded Instance = new();
    }

    private sealed record WatcherGone(IActorRef Watcher) : INoSerializationVerificationNeeded;

    private sealed class SlotDue : INoSerializationVerificationNeeded
    {
        public static readonly SlotDue Instance = new();
    }

    private sealed class TellAgain : INoSerializationVerificationNeeded
    {
        public static readonly TellAgain Instance = new();
    }
}
