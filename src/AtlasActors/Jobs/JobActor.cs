using Akka.Actor;
using Akka.Event;
using AtlasActors.Atlas;
using AtlasActors.Batches;
using AtlasActors.Gate;
using AtlasActors.Inputs;
using AtlasActors.Telemetry;
using static AtlasActors.Jobs.JobEvents;

namespace AtlasActors.Jobs;

/// <summary>
/// Sees one job through: asks the gate, submits, polls on its own timer, downloads. It holds no truth of its own: every
/// step is recorded by its coordinator before the next is taken, and after a restart it is handed its state again.
/// It ends when its job is queued again or has come to an end.
/// </summary>
internal sealed partial class JobActor(BatchId batch, PlannedJob planned, JobTools tools) : UntypedActor, IWithTimers
{
    private readonly JobDefinition _job = planned.Definition;
    private readonly Leave _leave = new(batch, planned.Definition.Number, planned.Definition.Model);
    // Of actors there may be 50,000 that wait for their next poll: what only a call or a download needs comes with it.
    private CancellationTokenSource? _calls;
    private DownloadProgress? _downloads;
    private JobState? _state;
    private SubmitAnswer? _early;
    private PollAnswer? _immediate;
    private bool _recording;
    private bool _stopping;

    public ITimerScheduler Timers { get; set; } = null!;

    private CancellationToken UntilStopped => (_calls ??= new CancellationTokenSource()).Token;

    private DownloadProgress Downloads => _downloads ??= new DownloadProgress(planned, tools.OutputDir);

    private JobState State => _state ?? throw new InvalidOperationException("The job's state has not been handed over.");

    private static DateTimeOffset Now => Context.System.Scheduler.Now;

    /// <summary>Made for each line, for what the line is about changes.</summary>
    private ILoggingAdapter Log => Logging.GetLogger(Context.System, JobLogSource.Of(batch, _job, _state));

    public static Props Props(BatchId batch, PlannedJob planned, JobTools tools) =>
        Akka.Actor.Props.Create(() => new JobActor(batch, planned, tools));

    protected override void PreStart() => Context.Parent.Tell(new JobReports.JobReady(_job.Number));

    /// <summary>An answer about money is not lost with the life that failed at it: the next life gets it again.</summary>
    protected override void PreRestart(Exception reason, object message)
    {
        if (message is SubmitAnswered) Self.Tell(message);
        else if (_early is { } answer) Self.Tell(new SubmitAnswered(answer));
        base.PreRestart(reason, message);
    }

    protected override void PostStop()
    {
        _calls?.Cancel();
        _calls?.Dispose();
    }

    protected override void OnReceive(object message)
    {
        // What an earlier life asked for: the state that is about to be handed over has it, or it is asked for again.
        if (_state is null
            && message is not (JobCommands.WorkOn or JobCommands.StopWorking or JobCommands.AtlasCalled or SubmitAnswered)) return;
        switch (message)
        {
            case JobCommands.WorkOn work: Begin(work); break;
            case JobCommands.Recorded recorded: GoOn(recorded.State); break;
            case InputsReady ready: OnInputsReady(ready); break;
            case InputsFailed failed: OnInputsFailed(failed); break;
            case LeaveGranted: OnLeave(); break;
            case SubmitAnswered answered:
                tools.Gate.Tell(new GateCommands.ReportAnswered(_leave));
                OnSubmitAnswer(answered.Answer);
                break;
            case AnswerMissing: RecordLost("The job's actor failed while Atlas Cloud's answer to the submission was awaited."); break;
            case PollDue: OnPollDue(); break;
            case PollAnswered answered: OnPollAnswer(answered.Answer); break;
            case JobCommands.AtlasCalled: OnCalled(); break;
            case DownloadDue: Download(); break;
            case DownloadAnswered answered: OnDownloadAnswer(answered.Answer); break;
            case CallFailed { Cause: OperationCanceledException }: break;
            case CallFailed failed: throw new JobCallFailedException(failed.Cause);
            case JobCommands.StopWorking: StopWorking(); break;
            default: Unhandled(message); break;
        }
    }

    private void Begin(JobCommands.WorkOn work)
    {
        _state = work.State;
        if (_stopping && State.Stage != JobStage.Submitting)
        {
            Context.Stop(Self);
            return;
        }
        switch (State.Stage)
        {
            case JobStage.Queued: Prepare(); break;
            case JobStage.Submitting when _early is { } answer: OnSubmitAnswer(answer); break;
            case JobStage.Submitting when work.WasRestarted:
                Timers.StartSingleTimer(nameof(AnswerMissing), AnswerMissing.Instance, tools.Settings.SubmitPatience);
                break;
            case JobStage.Submitting: RecordLost("The program ended before Atlas Cloud's answer to the submission came."); break;
            case JobStage.Generating: PollIn(TakenUpWait()); break;
            case JobStage.Downloading: PollIn(Spread()); break;
            default: GoOn(State); break;
        }
    }

    /// <summary>Does what the state after a recorded event asks for.</summary>
    private void GoOn(JobState state)
    {
        _recording = false;
        _state = state;
        Waits(null);
        if (_stopping && state.Stage != JobStage.Submitting)
        {
            Context.Stop(Self);
            return;
        }
        switch (state.Stage)
        {
            case JobStage.Submitting: Submit(); break;
            case JobStage.Generating when _immediate is { } answer: OnPollAnswer(answer); break;
            case JobStage.Generating when _wasCalled && _polls == 0: PollIn(TimeSpan.Zero); break;
            case JobStage.Generating:
                _wasFollowed = true;
                PollNext(null);
                break;
            case JobStage.Downloading: BeginDownloads(); break;
            case JobStage.Overdue:
                tools.Gate.Tell(new GateCommands.ReturnLeave(_leave));
                PollIn(tools.Settings.OverduePoll);
                break;
            default: Context.Stop(Self); break;
        }
    }

    private void StopWorking()
    {
        _stopping = true;
        if (_state is { Stage: not JobStage.Submitting } && !_recording)
            Context.Stop(Self);
    }

    /// <summary>A leave for a submission that was made before is one that the gate, which failed, had granted.</summary>
    private void OnLeave()
    {
        if (State.Stage is not (JobStage.Queued or JobStage.Submitting))
            tools.Gate.Tell(new GateCommands.ReportAnswered(_leave));
        else if (State.Stage == JobStage.Queued && !_recording)
            Record(new SubmissionStarted(_job.Number, State.Submissions + 1, Now, _job.Price, _job.PriceBasis, NewToken()));
    }

    /// <summary>The paid call. It is never cancelled: a cancelled call may have been taken.</summary>
    private void Submit()
    {
        if (_stopping)
        {
            Record(new SubmissionRefused(_job.Number, Now, RefusalReason.Stopped, new AtlasFailure("Stopped before it was sent."), Now));
            return;
        }
        tools.Api.SubmitAsync(_job.Kind, BodyToSend(), CancellationToken.None).PipeTo(Self,
            success: answer => new SubmitAnswered(answer),
            failure: fault => new SubmitAnswered(new SubmitAnswer.Unknown(new AtlasFailure(fault.Message))));
    }

    private void OnSubmitAnswer(SubmitAnswer answer)
    {
        if (_state is null)
        {
            _early = answer;
            return;
        }
        if (State.Stage != JobStage.Submitting || _recording)
        {
            Log.Warning("An answer to a submission of {0} came when none was awaited: {1}", _job.Name, answer.GetType().Name);
            return;
        }
        Timers.Cancel(nameof(AnswerMissing));
        TellOthers(answer);
        Record(JobRules.AfterSubmit(State, _job, answer, tools.Settings, Now));
        _early = null;
    }

    /// <summary>What one submission's answer tells about all of them.</summary>
    private void TellOthers(SubmitAnswer answer)
    {
        switch (answer)
        {
            case SubmitAnswer.Accepted accepted:
                _immediate = accepted.Immediate;
                // Said before it is recorded: should the journal fail now, this line is all that knows it.
                Log.Info("Atlas Cloud took {0} as prediction {1}", _job.Name, accepted.Prediction.Id);
                tools.Gate.Tell(new GateCommands.ReportAccepted(_job.Model));
                break;
            case SubmitAnswer.RateLimited limited:
                tools.Gate.Tell(new GateCommands.ReportRateLimited(_job.Model, limited.RetryAfter, _job.Policy.RetryBase));
                break;
            case SubmitAnswer.KeyRefused refused:
                Context.Parent.Tell(new JobReports.TroubleForAll(HaltReason.KeyRefused, refused.Failure.WithRequest()));
                break;
            case SubmitAnswer.OutOfBalance empty:
                Context.Parent.Tell(new JobReports.TroubleForAll(HaltReason.OutOfBalance, empty.Failure.WithRequest()));
                break;
        }
    }

    private void RecordLost(string why) => Record(JobRules.Lost(_job, new AtlasFailure(why), Now));

    private void Record(IJobEvent happened)
    {
        _recording = true;
        Context.Parent.Tell(new JobReports.RecordEvent(happened));
    }

    private void Waits(string? why) => Context.Parent.Tell(new JobReports.JobWaits(_job.Number, why));

    private sealed record SubmitAnswered(SubmitAnswer Answer) : INoSerializationVerificationNeeded;

    private sealed record PollAnswered(PollAnswer Answer) : INoSerializationVerificationNeeded;

    private sealed record DownloadAnswered(DownloadAnswer Answer) : INoSerializationVerificationNeeded;

    private sealed record CallFailed(Exception Cause) : INoSerializationVerificationNeeded;

    private sealed class PollDue : INoSerializationVerificationNeeded
    {
        public static readonly PollDue Instance = new();
    }

    private sealed class DownloadDue : INoSerializationVerificationNeeded
    {
        public static readonly DownloadDue Instance = new();
    }

    private sealed class AnswerMissing : INoSerializationVerificationNeeded
    {
        public static readonly AnswerMissing Instance = new();
    }
}

/// <summary>A call to Atlas failed in a way that is no answer; the coordinator's strategy decides what follows.</summary>
internal sealed class JobCallFailedException(Exception cause) : Exception(cause.Message, cause);
