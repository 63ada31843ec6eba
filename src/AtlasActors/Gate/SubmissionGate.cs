using Akka.Actor;
using Akka.Event;
using AtlasActors.Batches;
using AtlasActors.Polling;
using AtlasActors.Telemetry;

namespace AtlasActors.Gate;

internal static class GateCommands
{
    /// <summary>Asks for the right to submit; <see cref="LeaveGranted"/> comes to the sender when it is its turn.</summary>
    public sealed record RequestLeave(Leave Leave, BatchPriority Priority);

    /// <summary>A job that Atlas has is taken up again: its leave is out, whatever the limits are.</summary>
    public sealed record TakeLeave(Leave Leave, BatchPriority Priority);

    /// <summary>The submission for which it was granted is answered, in whatever way, or was none.</summary>
    public sealed record ReportAnswered(Leave Leave);

    /// <summary>Gives it back. A job's actor that ends gives back what it has by ending.</summary>
    public sealed record ReturnLeave(Leave Leave);

    /// <summary>Atlas took a submission.</summary>
    public sealed record ReportAccepted(string Model);

    /// <summary>Atlas answered 429. <paramref name="Unit"/> is the job's unit of waiting.</summary>
    public sealed record ReportRateLimited(string Model, TimeSpan? RetryAfter, TimeSpan Unit);

    /// <summary>Other limits are in force.</summary>
    public sealed record UseLimits;
}

/// <summary>The sender of the request may submit now.</summary>
internal sealed record LeaveGranted(Leave Leave);

/// <summary>
/// Grants the right to submit: the account's limit, fair between batches, slower after a 429. It holds nothing that must
/// outlive the process.
/// </summary>
internal sealed class SubmissionGate(LimitsInForce limits) : UntypedActor, IWithTimers
{
    private readonly GateState _state = new(limits.Current);
    private readonly Dictionary<Leave, (IActorRef Asker, BatchPriority Priority)> _askers = [];
    private readonly GateWaits _waiting = new();
    private readonly Tally<long> _inFlight = new(AtlasTelemetry.GateInFlight);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly SteadyClock _clock = new();

    public ITimerScheduler Timers { get; set; } = null!;

    private DateTimeOffset Now => _clock.At(Context.System.Scheduler.Now);

    public static Props Props(LimitsInForce limits) => Akka.Actor.Props.Create(() => new SubmissionGate(limits));

    /// <summary>
    /// Those who wait ask once: after a fault it is said again in their name, and in that of those who have it; of these,
    /// some may not have been told.
    /// </summary>
    protected override void PreRestart(Exception reason, object message)
    {
        foreach (var (leave, (asker, priority)) in _askers)
            if (_state.IsOut(leave))
            {
                Self.Tell(new GateCommands.TakeLeave(leave, priority), asker);
                asker.Tell(new LeaveGranted(leave));
            }
            else
                Self.Tell(new GateCommands.RequestLeave(leave, priority), asker);
        base.PreRestart(reason, message);
    }

    protected override void PostStop()
    {
        _waiting.Clear();
        _inFlight.Clear();
        base.PostStop();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case GateCommands.RequestLeave request:
                OnRequest(request);
                break;
            case GateCommands.TakeLeave taken:
                OnTaken(taken);
                break;
            case GateCommands.ReportAnswered answered:
                _state.Answered(answered.Leave);
                break;
            case GateCommands.ReturnLeave returned:
                OnReturned(returned.Leave);
                break;
            case GateCommands.ReportAccepted accepted:
                _state.Accepted(accepted.Model);
                break;
            case GateCommands.ReportRateLimited refused:
                _state.RateLimited(refused.Model, refused.RetryAfter, refused.Unit, Now);
                _log.Info("Atlas Cloud answered 429 for {0}: fewer submissions at once until it takes them again", refused.Model);
                break;
            case GateCommands.UseLimits:
                _state.Use(limits.Current);
                break;
            case Reopened:
                break;
            default:
                Unhandled(message);
                return;
        }
        Grant();
    }

    /// <summary>Whoever asks again, after a restart, has it or keeps its place.</summary>
    private void OnRequest(GateCommands.RequestLeave request)
    {
        var leave = request.Leave;
        if (Know(leave, request.Priority)) _waiting.Add(leave.Model, 1);
        if (_state.IsOut(leave))
            Sender.Tell(new LeaveGranted(leave));
        else
            _state.Request(leave, request.Priority, Now);
    }

    private void OnTaken(GateCommands.TakeLeave taken)
    {
        if (!Know(taken.Leave, taken.Priority)) return;
        _state.Take(taken.Leave, taken.Priority, Now);
        _inFlight.Add(taken.Leave.Model, 1);
    }

    /// <summary>Whether it was not known before.</summary>
    private bool Know(Leave leave, BatchPriority priority)
    {
        if (!_askers.TryAdd(leave, (Sender, priority))) return false;
        Context.WatchWith(Sender, new GateCommands.ReturnLeave(leave));
        return true;
    }

    private void OnReturned(Leave leave)
    {
        if (_askers.Remove(leave, out var known))
        {
            Context.Unwatch(known.Asker);
            if (_state.IsOut(leave)) _inFlight.Add(leave.Model, -1);
            else _waiting.Add(leave.Model, -1);
        }
        _state.Return(leave, Now);
    }

    private void Grant()
    {
        var now = Now;
        foreach (var leave in _state.Grant(now))
        {
            _waiting.Add(leave.Model, -1);
            _inFlight.Add(leave.Model, 1);
            _askers[leave].Asker.Tell(new LeaveGranted(leave));
        }
        _waiting.Show(model => _state.WhyWaits(model, now));
        if (_state.NextOpening(now) is { } opening)
            Timers.StartSingleTimer(nameof(Reopened), Reopened.Instance, opening - now);
        else
            Timers.Cancel(nameof(Reopened));
    }

    private sealed class Reopened : INoSerializationVerificationNeeded
    {
        public static readonly Reopened Instance = new();
    }
}
