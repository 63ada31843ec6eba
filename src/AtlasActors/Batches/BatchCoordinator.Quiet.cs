using Akka.Actor;
using AtlasActors.Costs;
using AtlasActors.Hosting;

namespace AtlasActors.Batches;

/// <summary>
/// Leaving when nobody needs it: a batch at rest costs its place in the index and no more. The supervisor is asked first, and
/// keeps what comes from then on for the successor; what is in the mailbox already is answered, and may change everything.
/// </summary>
internal sealed partial class BatchCoordinator
{
    /// <summary>A restarted actor has another, and takes no order that was for its former life.</summary>
    private readonly object _life = new();

    private bool _isCollectorLeaving;
    private bool _isCollectorMissed;

    private bool IsQuiet =>
        IsAtRest && _halt != HaltReason.JournalFailed && _active.Count == 0 && _watchers.Count == 0
        && _beginAskers.Count == 0 && _stopAskers.Count == 0 && _chargeAskers.Count == 0
        && _wishes.Count == 0 && _heldWishes.Count == 0 && _compactAskers.Count == 0 && _removalAskers.Count == 0
        && !_settlesCharges && !_manifestAsked && _chargesBeingWritten == 0 && _heldCharges.Count == 0
        && !Timers.IsTimerActive(nameof(TellAgain)) && _charges.IsNobody();

    private void AwaitQuiet() => Context.SetReceiveTimeout(_tools.Jobs.Settings.PassivateAfter);

    private void OnQuiet()
    {
        if (!IsAtRest) return;
        if (!_charges.IsNobody())
        {
            // What it has still to ask for comes first; it leaves when that is over.
            _isCollectorLeaving = true;
            _charges.Tell(new ChargeCommands.LeaveIfDone());
        }
        AskToLeave();
    }

    private void AskToLeave()
    {
        if (IsQuiet) Context.Parent.Tell(new CoordinatorReports.BatchQuiet(_id, _life));
    }

    /// <summary>Decided when all events that are being written are in the state.</summary>
    private void OnLeave(CoordinatorOrders.LeaveIfQuiet order)
    {
        if (ReferenceEquals(order.Life, _life)) DeferAsync(order, _ => LeaveOrStay());
    }

    private void LeaveOrStay()
    {
        if (!IsQuiet)
        {
            Context.Parent.Tell(new CoordinatorReports.BatchStays(_id));
            return;
        }
        Context.Parent.Tell(new CoordinatorReports.BatchLeft(_id, new BatchRest(_phase, _halt, _haltMessage, _workingSince)));
        Context.Stop(Self);
    }

    private void RestAs(BatchRest rest)
    {
        if (IsAtRest && _workingSince == DateTimeOffset.MaxValue)
            (_phase, _halt, _haltMessage, _workingSince) = (rest.Phase, rest.Halt, rest.HaltMessage, rest.WorkingSince);
    }

    private void Read()
    {
        Sender.Tell(new BatchReading(View(), AllJobs()));
        // One that has work left is likely to be taken up next.
        if (_state.IsSettled) AskToLeave();
    }
}
