using Akka.Actor;
using Akka.Event;
using AtlasActors.Atlas;
using AtlasActors.Batches;
using AtlasActors.Polling;
using AtlasActors.Telemetry;
using static AtlasActors.Jobs.JobEvents;

namespace AtlasActors.Jobs;

/// <summary>Asking how a generation goes: when, how often, and what the answer leads to.</summary>
internal sealed partial class JobActor
{
    /// <summary>No machine that is awake is so busy that a timer comes later than this.</summary>
    private static readonly TimeSpan MostDelay = TimeSpan.FromMinutes(1);

    private int _polls;
    private int _pollsMade;
    private int _notFound;
    private DateTimeOffset _pollDue;
    private DateTimeOffset _asked;
    private bool _overslept;
    private bool _wasFollowed;
    private TimeSpan? _ranAtLeast;
    private GenerationKey? _key;

    private double Phase => PollSchedule.PhaseOf(_job.Number);

    private TimeSpan Elapsed => Now > State.AcceptedAt ? Now - State.AcceptedAt : TimeSpan.Zero;

    private GenerationKey Key => _key ??= GenerationKey.Of(_job);

    /// <summary>When to poll by what was learned; asked for before each poll, for there is always more of it.</summary>
    private PollPlan Plan => tools.Polls.PlanOf(Key, tools.Polls.Typical(_job), _job.Policy.Poll, tools.Slots.IsPressed);

    /// <summary>Jobs taken up together are not asked after all at once: their first polls lie evenly within the first wait.</summary>
    private TimeSpan Spread() => _job.Policy.Poll.Initial * (Phase + 0.5);

    /// <summary>
    /// A job that is taken up again, and can hardly be done yet, is first asked after when it could be. Of any other nobody
    /// knows whether it ended while nobody asked.
    /// </summary>
    private TimeSpan TakenUpWait()
    {
        if (!_job.Policy.Poll.IsLearned || State.IsCalledBack) return Spread();
        var first = Plan.WaitAfter(TimeSpan.Zero, Phase);
        return first > Elapsed ? BeforeOverdue(first - Elapsed) : Spread();
    }

    /// <summary>The wait, or what is left of the job's patience: it ends with a poll.</summary>
    private TimeSpan BeforeOverdue(TimeSpan wait)
    {
        var left = State.WaitsSince + _job.Policy.MaxWait - Now;
        return left > TimeSpan.Zero && left < wait ? left : wait;
    }

    private void OnPollDue()
    {
        _overslept = Now - _pollDue >= MostDelay;
        Poll();
    }

    private void Poll()
    {
        AtlasTelemetry.Polls.Add(1, AtlasTelemetry.Model(_job.Model));
        _pollsMade++;
        _asked = Now;
        tools.Api.PollAsync(State.Prediction!, UntilStopped).PipeTo(Self,
            success: answer => new PollAnswered(answer), failure: fault => new CallFailed(fault));
    }

    private void OnPollAnswer(PollAnswer answer)
    {
        if (_recording) return;
        _immediate = null;
        _notFound = answer is PollAnswer.NotFound ? _notFound + 1 : 0;
        if (answer is PollAnswer.KeyRefused refused)
            Context.Parent.Tell(new JobReports.TroubleForAll(HaltReason.KeyRefused, refused.Failure.WithRequest()));
        if (State.GeneratedAt is not null)
        {
            OnFreshAddresses(answer);
            return;
        }
        if (answer is PollAnswer.Running) _ranAtLeast = _asked - State.AcceptedAt;
        if (answer is PollAnswer.Completed done)
        {
            Downloads.Addresses = done.Outputs;
            ReportTime(done);
        }
        if (JobRules.AfterPoll(State, _job, answer, _notFound, tools.Settings, Now) is not { } happened)
            PollNext(answer);
        else
        {
            if (happened is GenerationFinished)
                AtlasTelemetry.PollsOfJob.Record(_pollsMade, AtlasTelemetry.Model(_job.Model));
            Record(happened is JobFellOverdue && HasSlept ? new WaitBegunAnew(_job.Number, Now) : happened);
        }
    }

    /// <summary>A poll that told nothing is made again after the same wait; one that told "not yet", after a longer one.</summary>
    private void PollNext(PollAnswer? last)
    {
        if (State.Stage == JobStage.Overdue)
        {
            PollIn(tools.Settings.OverduePoll);
            return;
        }
        if (last is null or PollAnswer.Running || _polls == 0) _polls++;
        var wait = BeforeOverdue(Patiently(NextWait()));
        if (last is PollAnswer.Unanswered silent)
            Log.Debug("A poll of {0} told nothing: {1}", _job.Name, silent.Failure.WithRequest());
        if (last is PollAnswer.Unanswered { RetryAfter: { } asked } unanswered)
        {
            Waits(unanswered.Failure.Message);
            if (asked > wait) wait = asked;
        }
        PollIn(wait);
    }

    /// <summary>Once Atlas has called, it is done, whatever such jobs take, and only its answer lags behind.</summary>
    private TimeSpan NextWait() => _job.Policy.Poll.IsLearned && !_wasCalled
        ? Plan.WaitAfter(Elapsed, Phase)
        : PollSchedule.Before(_polls, _job.Policy.Poll);

    /// <summary>Others learn from it. What was done before the first poll tells nothing of when to poll.</summary>
    private void ReportTime(PollAnswer.Completed done)
    {
        if (State.Stage is not (JobStage.Generating or JobStage.Overdue) || _pollsMade == 0) return;
        var watch = new GenerationWatch(_wasFollowed, _ranAtLeast, _calledAt);
        if (GenerationTime.Of(Key, tools.Polls.Typical(_job), State, watch, done, Now) is { } time)
            tools.Latency.Tell(new LatencyCommands.ReportTime(time, _job.Number));
    }

    /// <summary>
    /// The clock says that far more time has passed than was waited: it was put forward, or this machine slept. Nobody waited
    /// for the job then, and its wait begins anew.
    /// </summary>
    private bool HasSlept => _overslept || Now - _asked >= (tools.Settings.Timeouts.Poll * 3) + MostDelay;

    private void PollIn(TimeSpan wait)
    {
        _pollDue = Now + wait;
        // Nothing is under way that would have to be cut off.
        _calls = null;
        Timers.StartSingleTimer(nameof(PollDue), PollDue.Instance, wait);
    }
}
