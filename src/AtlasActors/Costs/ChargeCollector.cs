using Akka.Actor;
using Akka.Event;
using AtlasActors.Atlas;
using AtlasActors.Jobs;

namespace AtlasActors.Costs;

/// <summary>
/// Asks again for the charges that Atlas had not told when the generation was done. It does so beside the jobs, which have
/// ended by then: seldom, a few times each, and a few at once. It records nothing itself.
/// </summary>
internal sealed class ChargeCollector(IAtlasApi api, ChargeSettings settings) : UntypedActor, IWithTimers
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CancellationTokenSource _calls = new();
    private readonly HashSet<(int Job, int Submission)> _awaited = [];
    private readonly PriorityQueue<UnpricedCharge, DateTimeOffset> _due = new();
    private ChargeSweep? _sweep;
    private int _underWay;

    public ITimerScheduler Timers { get; set; } = null!;

    private static DateTimeOffset Now => Context.System.Scheduler.Now;

    public static Props Props(IAtlasApi api, ChargeSettings settings) =>
        Akka.Actor.Props.Create(() => new ChargeCollector(api, settings));

    protected override void PreStart() => Context.Parent.Tell(new ChargeReports.CollectorReady());

    protected override void PostStop()
    {
        _calls.Cancel();
        _calls.Dispose();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ChargeCommands.AwaitCharges wanted: Await(wanted.Charges); break;
            case ChargeCommands.AskForCharges wanted: BeginSweep(wanted); break;
            case QuestionDue: AskOn(); break;
            case Answered answered: OnAnswer(answered); break;
            case ChargeCommands.LeaveIfDone: LeaveIfDone(); break;
            case SweepOver: EndSweep(trouble: null); break;
            default: Unhandled(message); break;
        }
    }

    private void Await(IEnumerable<UnpricedCharge> charges)
    {
        foreach (var charge in charges)
            if (ChargeSchedule.First(charge, settings, Now) is { } due && _awaited.Add((charge.Job, charge.Submission)))
                _due.Enqueue(charge, due);
        AskOn();
    }

    private void LeaveIfDone()
    {
        if (_underWay == 0 && _due.Count == 0 && _sweep is null) Context.Stop(Self);
    }

    private void BeginSweep(ChargeCommands.AskForCharges wanted)
    {
        EndSweep(trouble: null);
        _sweep = new ChargeSweep(wanted.Charges);
        Timers.StartSingleTimer(nameof(SweepOver), SweepOver.Instance, wanted.Within);
        AskOn();
    }

    /// <summary>Asks as many as may be under way: first what somebody waits for, then what is due.</summary>
    private void AskOn()
    {
        while (_underWay < ChargeSettings.AtOnce)
        {
            if (_sweep?.Next() is { } wanted) Ask(wanted, _sweep);
            else if (NextDue() is { } due) Ask(due, null);
            else break;
        }
        if (_sweep is { IsDone: true }) EndSweep(trouble: null);
        if (_due.TryPeek(out _, out var next) && next > Now)
            Timers.StartSingleTimer(nameof(QuestionDue), QuestionDue.Instance, next - Now);
    }

    private UnpricedCharge? NextDue()
    {
        while (_due.TryPeek(out var charge, out var due) && due <= Now)
        {
            _due.Dequeue();
            if (_awaited.Contains((charge.Job, charge.Submission))) return charge;
        }
        return null;
    }

    private void Ask(UnpricedCharge charge, ChargeSweep? sweep)
    {
        _underWay++;
        api.PollAsync(new Prediction(charge.PredictionId, charge.PollUrl), _calls.Token).PipeTo(Self,
            success: answer => new Answered(charge, sweep, answer),
            failure: fault => new Answered(charge, sweep, new PollAnswer.Unanswered(new AtlasFailure(fault.Message), null)));
    }

    private void OnAnswer(Answered answered)
    {
        _underWay--;
        var (charge, sweep, answer) = answered;
        if (answer is PollAnswer.Completed { Price: { } price })
            Found(new FoundCharge(charge.Job, charge.Submission, new Usd(price)), sweep);
        else if (answer is PollAnswer.KeyRefused refused)
            GiveUp(refused.Failure.WithRequest());
        else if (sweep is null)
            AskLater(charge);
        sweep?.Answered();
        AskOn();
    }

    private void Found(FoundCharge found, ChargeSweep? sweep)
    {
        _awaited.Remove((found.Job, found.Submission));
        if (sweep is not null && sweep == _sweep) sweep.Found.Add(found);
        else Context.Parent.Tell(new ChargeReports.ChargesFound([found]));
    }

    private void AskLater(UnpricedCharge charge)
    {
        if (ChargeSchedule.Next(charge, settings, Now) is { } due) _due.Enqueue(charge, due);
        else if (_awaited.Remove((charge.Job, charge.Submission)))
            _log.Debug("Atlas Cloud has not told what job {0} cost", charge.Job);
    }

    /// <summary>With a refused key every other question is refused too.</summary>
    private void GiveUp(string why)
    {
        _due.Clear();
        _awaited.Clear();
        EndSweep(why);
    }

    private void EndSweep(string? trouble)
    {
        if (_sweep is not { } sweep) return;
        _sweep = null;
        Timers.Cancel(nameof(SweepOver));
        if (sweep.Found.Count > 0) Context.Parent.Tell(new ChargeReports.ChargesFound(sweep.Found));
        Context.Parent.Tell(new ChargeReports.AllAsked(sweep.Found.Count, trouble));
    }

    /// <summary>Charges that somebody waits for, each asked for once.</summary>
    private sealed class ChargeSweep(IReadOnlyList<UnpricedCharge> charges)
    {
        private int _asked;
        private int _answered;

        public List<FoundCharge> Found { get; } = [];

        public bool IsDone => _answered == charges.Count;

        public UnpricedCharge? Next() => _asked < charges.Count ? charges[_asked++] : null;

        public void Answered() => _answered++;
    }

    private sealed record Answered(UnpricedCharge Charge, ChargeSweep? Sweep, PollAnswer Answer)
        : INoSerializationVerificationNeeded;

    private sealed class QuestionDue : INoSerializationVerificationNeeded
    {
        public static readonly QuestionDue Instance = new();
    }

    private sealed class SweepOver : INoSerializationVerificationNeeded
    {
        public static readonly SweepOver Instance = new();
    }
}
