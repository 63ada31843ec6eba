using Akka.Actor;
using Akka.Event;
using AtlasActors.Costs;
using AtlasActors.Jobs;
using AtlasActors.Telemetry;

namespace AtlasActors.Batches;

/// <summary>
/// Budgets of the configuration: where one touches the batch, no submission is recorded before the ledger has reserved its
/// amount. What a budget has no room for waits on the shelf, without an actor, and the rest goes on. And the batch's account
/// with the ledger, which keeps lines of it while it rests.
/// </summary>
internal sealed partial class BatchCoordinator
{
    /// <summary>So often a batch asks again by itself, should the ledger's word that there is room get lost.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(1);

    private readonly Dictionary<int, AskedSubmission> _asked = [];
    private readonly SortedSet<int> _shelf = [];
    private Shortage? _tooDear;
    private BudgetPause? _pause;
    private bool _accountTold;

    private bool IsBudgeted => _tools.Budgets.Touch(_state.Created?.Labels);

    private void OnBudgets(object message)
    {
        switch (message)
        {
            case ReservationGranted granted: OnGranted(granted); break;
            case ReservationRefused refused: OnRefused(refused); break;
            case RoomMade or BudgetsChanged or TryBudgets: TryBudgetsAgain(); break;
            default: Unhandled(message); break;
        }
    }

    /// <summary>Whether it is a submission that needs the ledger's word first, which then is asked for.</summary>
    private bool AsksForMoney(IJobEvent happened)
    {
        if (happened is not JobEvents.SubmissionStarted started) return false;
        if (!IsBudgeted)
        {
            EndPause();
            return false;
        }
        _asked[started.Job] = new AskedSubmission(started, Sender);
        AskForMoney(started);
        return true;
    }

    private void AskForMoney(JobEvents.SubmissionStarted started)
    {
        _tools.Ledger.Tell(new LedgerCommands.ReserveMoney(
            new LedgerEvents.MoneyReserved(_id, started.Job, started.Submission, started.Reserved, started.At), _state.Created!.Labels));
        WaitForWord();
    }

    private void AskForMoneyAgain()
    {
        foreach (var asked in _asked.Values) AskForMoney(asked.Started);
    }

    /// <summary>The word may come for a life of the job's actor that has ended: its successor asks for the same again.</summary>
    private void OnGranted(ReservationGranted granted)
    {
        if (Answered(granted.Job, granted.Submission) is not { } asked) return;
        EndPause();
        Write(asked.Started, asked.Asker);
    }

    private void OnRefused(ReservationRefused refused)
    {
        if (Answered(refused.Job, refused.Submission) is not { } asked) return;
        if (_tooDear is null)
        {
            var wait = refused.Budget.BeginsAnew - Now is { } left && left < AskAgain ? left : AskAgain;
            Timers.StartSingleTimer(nameof(TryBudgets), TryBudgets.Instance, wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(1));
        }
        if (_tooDear is null || refused.Amount < _tooDear.Price) _tooDear = new Shortage(refused.Amount, refused.Budget);
        // Its leave goes back to the gate with it, for those that have money.
        Context.Stop(asked.Asker);
    }

    private AskedSubmission? Answered(int job, int submission)
    {
        if (!_asked.TryGetValue(job, out var asked) || asked.Started.Submission != submission) return null;
        _asked.Remove(job);
        return asked;
    }

    /// <summary>Whether there was no room for its price a moment ago; it is shelved then, and no slot is spent on asking.</summary>
    private bool IsTooDear(int number)
    {
        if (_tooDear is null || _state.Plan(number).Definition.Price < _tooDear.Price) return false;
        _shelf.Add(number);
        ShowWait(number, WaitReasons.Budget);
        return true;
    }

    private void TryBudgetsAgain()
    {
        if (_tooDear is null) return;
        var shelved = _shelf.ToList();
        ClearShelf();
        if (_phase != BatchPhase.Running) return;
        foreach (var number in shelved) TakeUp(number);
        Admit();
    }

    private void ClearShelf()
    {
        _shelf.Clear();
        _tooDear = null;
        Timers.Cancel(nameof(TryBudgets));
    }

    /// <summary>Says so, once, when nothing goes on any more for want of money. That it asks again does not end the pause.</summary>
    private void CheckPaused()
    {
        if (_shelf.Count == 0 || _queue.NextDue is not null
            || !_active.Keys.All(number => _state.Job(number).Stage == JobStage.Overdue)) return;
        var isNew = _pause is null;
        _pause = _tooDear!.Pause;
        if (!isNew) return;
        _log.Info("Batch {0} waits: {1}", _id.Value, _pause.Message);
        Notify(new BatchNotice.PhaseChanged(View()));
    }

    private void EndPause()
    {
        if (_pause is null) return;
        _pause = null;
        _log.Info("Batch {0} goes on: there is money again", _id.Value);
        Notify(new BatchNotice.PhaseChanged(View()));
    }

    /// <summary>
    /// Nothing is begun any more: what was asked for and not recorded never leaves. Given back is what is reserved when all that
    /// is being written was told of.
    /// </summary>
    private void DropAsked()
    {
        foreach (var asked in _asked.Values) Context.Stop(asked.Asker);
        _asked.Clear();
        ClearShelf();
        _pause = null;
        if (IsBudgeted) DeferAsync("dropped", _ => ReleaseUnused());
    }

    private void ReleaseUnused()
    {
        if (IsBudgeted) _tools.Ledger.Tell(new LedgerCommands.ReleaseUnused(_id));
    }

    private void OnMoneyTaken(MoneyTaken taken)
    {
        _accountTold = false;
        _untold.Acknowledged(taken.Jobs);
        CheckClosed();
        CheckChargesSettled();
    }

    /// <summary>At its end the ledger need keep no more of it than lines.</summary>
    private void OfferAccount()
    {
        if (_state.IsSettled) _tools.Ledger.Tell(new LedgerCommands.OfferAccount(_id, _state.Revision));
    }

    /// <summary>
    /// A batch that works is counted by submission again; one at rest, such as when late charges come, is told of in lines. Several
    /// messages in a row may have met the closed account: it is told once, until that is acknowledged or told again.
    /// </summary>
    private void TellAccount(AccountWanted wanted)
    {
        if (_accountTold || (wanted.IsOpen && !IsAtRest)) return;
        _accountTold = true;
        if (IsAtRest)
            _tools.Ledger.Tell(new LedgerCommands.CloseAccount(
                BatchViews.Account(_state), [.. _untold.Jobs.Select(number => new JobRevision(number, _state.Job(number).Revision))],
                _state.Created!.Labels));
        else
            _tools.Ledger.Tell(new LedgerCommands.TakeAccount(_id, _state.Revision, BatchViews.AllMoney(_state), _state.Created!.Labels));
    }

    /// <summary>A submission that waits for the ledger's word, and the job's actor that waits for its being recorded.</summary>
    private sealed record AskedSubmission(JobEvents.SubmissionStarted Started, IActorRef Asker);

    /// <summary>The smallest amount for which there was no room, and the budget that had none.</summary>
    private sealed record Shortage(Usd Price, BudgetView Budget)
    {
        public string WhyNot => Budget.WhyNot(Price);

        public BudgetPause Pause => new(
            Budget.Budget.Name, char.ToUpperInvariant(WhyNot[0]) + WhyNot[1..] + ".", Budget.BeginsAnew);
    }

    private sealed class TryBudgets : INoSerializationVerificationNeeded
    {
        public static readonly TryBudgets Instance = new();
    }
}

/// <summary>Told by the supervisor: other budgets are in force. Ask again.</summary>
internal sealed record BudgetsChanged;
