using Akka.Actor;
using Akka.Event;
using AtlasActors.Costs;
using static AtlasActors.Jobs.JobEvents;

namespace AtlasActors.Batches;

/// <summary>
/// Charges that Atlas tells after a generation's end, also after the batch's. They are recorded while it runs or rests,
/// never while it is being settled: what is settled must have all of them. A batch at rest stays at rest meanwhile.
/// </summary>
internal sealed partial class BatchCoordinator
{
    private readonly List<(IActorRef Asker, BatchCommands.CollectCharges Wish)> _chargeAskers = [];
    private readonly List<FoundCharge> _heldCharges = [];
    private IActorRef _charges = ActorRefs.Nobody;
    private ChargeReports.AllAsked? _allAsked;
    private int _chargesBeingWritten;
    private bool _isCollectorReady;
    private bool _settlesCharges;

    private bool IsAtRest => _phase is BatchPhase.Idle or BatchPhase.Halted or BatchPhase.Finished;

    private IActorRef Charges()
    {
        if (_charges.IsNobody())
        {
            var settings = _tools.Jobs.Settings.Charges;
            _charges = Context.ActorOf(ChargeCollector.Props(_tools.Jobs.Api, settings), "charges");
            Context.WatchWith(_charges, ChargesEnded.Instance);
        }
        return _charges;
    }

    /// <summary>What the collector tells, and what is asked of it.</summary>
    private void OnCharges(object message)
    {
        switch (message)
        {
            case ChargeReports.CollectorReady: HandOverCharges(); break;
            case ChargeReports.ChargesFound found: RecordCharges(found.Charges); break;
            case ChargeReports.AllAsked asked: DeferAsync(asked, OnAllAsked); break;
            case ChargesEnded: OnChargesEnded(); break;
            default: Unhandled(message); break;
        }
    }

    private void AwaitCharges(int number)
    {
        if (_state.Job(number).Unpriced is not { Count: > 0 } charges) return;
        _isCollectorMissed |= _isCollectorLeaving;
        Charges().Tell(new ChargeCommands.AwaitCharges(charges));
    }

    /// <summary>A collector that begins, or begins again after a fault, has nothing: it is told all.</summary>
    private void HandOverCharges()
    {
        _isCollectorReady = true;
        Sender.Tell(new ChargeCommands.AwaitCharges([.. _state.Unpriced]));
        if (_chargeAskers is [var (_, wish), ..] && _allAsked is null)
            Sender.Tell(new ChargeCommands.AskForCharges(Missing(wish), wish.Within));
    }

    private void Collect(BatchCommands.CollectCharges wish)
    {
        _chargeAskers.Add((Sender, wish));
        if (_chargeAskers.Count > 1) return;
        var missing = Missing(wish);
        if (missing.Count == 0)
            DeferAsync(new ChargeReports.AllAsked(0, null), OnAllAsked);
        else if (_isCollectorReady)
            _charges.Tell(new ChargeCommands.AskForCharges(missing, wish.Within));
        else
            Charges();
    }

    /// <summary>The oldest first: their prices are the likeliest to be there, and the first to be forgotten.</summary>
    private IReadOnlyList<UnpricedCharge> Missing(BatchCommands.CollectCharges wish) =>
    [
        .. _state.Unpriced.Where(charge => !ChargeSchedule.IsOver(charge, _tools.Jobs.Settings.Charges, Now))
            .OrderBy(charge => charge.FoundAt).Take(wish.Most),
    ];

    private void RecordCharges(IReadOnlyList<FoundCharge> found)
    {
        if (_phase == BatchPhase.Stopping || (_settlesCharges && _manifestAsked))
        {
            _heldCharges.AddRange(found);
            return;
        }
        List<ChargeReported> events =
        [
            .. found.Where(charge => _state.Job(charge.Job).Unpriced.Exists(missing => missing.Submission == charge.Submission))
                .Select(charge => new ChargeReported(charge.Job, charge.Submission, Now, charge.Charge)),
        ];
        if (events.Count == 0) return;
        StartManifest();
        _chargesBeingWritten++;
        PersistAllAsync(events, _state.Apply);
        DeferAsync(events, OnChargesRecorded);
    }

    private void OnChargesRecorded(List<ChargeReported> events)
    {
        _chargesBeingWritten--;
        _log.Info("Atlas Cloud told what {0} generations of {1} cost", events.Count, _id.Value);
        List<int> jobs = [.. events.Select(e => e.Job).Distinct().Order()];
        TellLedger(jobs);
        TellManifest(jobs);
        if (_watchers.Count > 0 || _listeners.Count > 0)
            foreach (var number in jobs) Notify(new BatchNotice.JobMoved(_id, JobView(number)));
        _settlesCharges = IsAtRest;
        CheckClosed();
        CheckChargesSettled();
        if (_phase == BatchPhase.Running) AnswerChargeAskers();
    }

    /// <summary>At rest nobody else asks for the manifest, and settles the batch anew.</summary>
    private void CheckChargesSettled()
    {
        if (!_settlesCharges || !_untold.IsEmpty || !_unlisted.IsEmpty || _manifestAsked || _chargesBeingWritten > 0) return;
        _manifestAsked = true;
        AskForManifest();
    }

    private void OnChargesListed(string? trouble)
    {
        if (trouble is not null) _log.Warning("What was charged for {0} is not in its manifest: {1}", _id.Value, trouble);
        if (trouble is null && _state.IsDone && !_state.IsSettled)
            Persist(new BatchEvents.BatchSettled(Now), settled =>
            {
                _state.Apply(settled);
                EndSettlingCharges();
            });
        else
            EndSettlingCharges();
    }

    private void EndSettlingCharges()
    {
        Timers.Cancel(nameof(TellAgain));
        (_manifestAsked, _settlesCharges) = (false, false);
        // Killed after its last job and before it was settled, it was idle only for want of a witness.
        if (_phase == BatchPhase.Idle && _state.IsSettled) _phase = BatchPhase.Finished;
        OfferAccount();
        TellListenersIfAtRest();
        ReleaseCharges();
    }

    /// <summary>The batch is taken up: its own end will settle what is not settled.</summary>
    private void LeaveChargesToTheRun()
    {
        if (!_settlesCharges) return;
        (_manifestAsked, _settlesCharges) = (false, false);
        ReleaseCharges();
    }

    private void OnAllAsked(ChargeReports.AllAsked asked)
    {
        _allAsked = asked;
        if (_phase != BatchPhase.Stopping && !_settlesCharges) AnswerChargeAskers();
    }

    /// <summary>The batch is settled, or goes on: what was held back is recorded, and who waits for charges is answered.</summary>
    private void ReleaseCharges()
    {
        if (_heldCharges.Count > 0)
        {
            FoundCharge[] held = [.. _heldCharges];
            _heldCharges.Clear();
            RecordCharges(held);
        }
        if (_chargesBeingWritten == 0) AnswerChargeAskers();
    }

    private void AnswerChargeAskers()
    {
        if (_allAsked is not { } asked) return;
        _allAsked = null;
        var answer = new ChargesAnswer(View(), asked.Found, _state.UnpricedCount, asked.Trouble);
        foreach (var (asker, _) in _chargeAskers) asker.Tell(answer);
        _chargeAskers.Clear();
    }

    private void OnChargesEnded()
    {
        _charges = ActorRefs.Nobody;
        var isNeeded = _isCollectorLeaving && (_isCollectorMissed || _chargeAskers.Count > 0);
        _isCollectorReady = _isCollectorLeaving = _isCollectorMissed = false;
        if (isNeeded)
            Charges();
        else if (_chargeAskers.Count > 0 && _allAsked is null)
            OnAllAsked(new ChargeReports.AllAsked(0, "What asks for charges failed too often; the log says how."));
    }

    private sealed class ChargesEnded : INoSerializationVerificationNeeded
    {
        public static readonly ChargesEnded Instance = new();
    }
}
