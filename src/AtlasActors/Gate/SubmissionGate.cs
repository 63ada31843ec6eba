using Akka.Actor;
using Akka.Event;
using AtlasActors.Polling;

namespace AtlasActors.Gate;

internal static class GateCommands
{
    /// <summary>Asks for the right to submit; <see cref="LeaveGranted"/> comes to the sender when it is its turn.</summary>
    public sealed record RequestLeave(Leave Leave);

    /// <summary>Gives it back. A job's actor that ends gives back what it has by ending.</summary>
    public sealed record ReturnLeave(Leave Leave);

    /// <summary>Atlas took a submission.</summary>
    public sealed record ReportAccepted(string Model);

    /// <summary>Atlas answered 429. <paramref name="Unit"/> is the job's unit of waiting.</summary>
    public sealed record ReportRateLimited(string Model, TimeSpan? RetryAfter, TimeSpan Unit);
}

/// <summary>The sender of the request may submit now.</summary>
internal sealed record LeaveGranted(Leave Leave);

/// <summary>
/// Grants the right to submit: the account's limit, fair between batches, slower after a 429. It holds nothing that must
/// outlive the process.
/// </summary>
internal sealed class SubmissionGate(int accountLimit) : UntypedActor, IWithTimers
{
    private readonly GateState _state = new(accountLimit);
    private readonly Dictionary<Leave, IActorRef> _askers = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly SteadyClock _clock = new();

    public ITimerScheduler Timers { get; set; } = null!;

    private DateTimeOffset Now => _clock.At(Context.System.Scheduler.Now);

    public static Props Props(int accountLimit) => Akka.Actor.Props.Create(() => new SubmissionGate(accountLimit));

    /// <summary>Those who wait ask once: after a fault their requests are made again in their name.</summary>
    protected override void PreRestart(Exception reason, object message)
    {
        foreach (var (leave, asker) in _askers)
            Self.Tell(new GateCommands.RequestLeave(leave), asker);
        base.PreRestart(reason, message);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case GateCommands.RequestLeave request:
                OnRequest(request.Leave);
                break;
            case GateCommands.ReturnLeave returned:
                if (_askers.Remove(returned.Leave, out var asker))
                    Context.Unwatch(asker);
                _state.Return(returned.Leave);
                break;
            case GateCommands.ReportAccepted accepted:
                _state.Accepted(accepted.Model);
                break;
            case GateCommands.ReportRateLimited refused:
                _state.RateLimited(refused.Model, refused.RetryAfter, refused.Unit, Now);
                _log.Info("Atlas Cloud answered 429 for {0}: fewer submissions at once until it takes them again", refused.Model);
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
    private void OnRequest(Leave leave)
    {
        if (_askers.TryAdd(leave, Sender))
            Context.WatchWith(Sender, new GateCommands.ReturnLeave(leave));
        if (_state.IsOut(leave))
            Sender.Tell(new LeaveGranted(leave));
        else
            _state.Request(leave);
    }

    private void Grant()
    {
        var now = Now;
        foreach (var leave in _state.Grant(now))
            _askers[leave].Tell(new LeaveGranted(leave));
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
