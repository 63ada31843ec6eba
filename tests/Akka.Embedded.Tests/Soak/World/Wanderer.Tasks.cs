using Akka.Actor;
using Akka.Dispatch;
using Akka.Embedded.Tests.Soak.Books;

namespace Akka.Embedded.Tests.Soak.World;

internal sealed partial class Wanderer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private void Await(Note note, bool throws)
    {
        var (self, sender) = (Self, Sender);
        var pause = _chance.OneIn(2) ? _chance.Milliseconds(0, 4) : (TimeSpan?)null;
        ActorTaskScheduler.RunTask(async () =>
        {
            if (pause is { } given)
                await Task.Delay(given);
            else
                await Task.Yield();
            if (_me.Runs && _me.Instance == _instance && (!Self.Equals(self) || !Sender.Equals(sender)))
                _me.Report($"was {Self} asked by {Sender} after an await, and {self} asked by {sender} before");
            if (throws && _epoch.Limits.FailuresAfterAwait)
                Fail(note);
            else
                Handled(note);
        });
    }

    private void Ask(CellRecord other)
    {
        var ask = new Note(_epoch.Messages.Send(other.Id), 0, 0, null, _chance.NextDeedOnAsk(), 0);
        var outcome = new Outcome(_epoch.Messages.Send(_me.Id));
        other.Ref.Ask<Answer>(ask, _chance.Milliseconds(1, 30)).PipeTo(
            Self,
            success: answer => Answered(outcome, ask, answer, answer.Asked),
            failure: fault => Refusal(fault) is { } refused ? Answered(outcome, ask, refused, refused.Asked) : outcome);
    }

    private Outcome Answered(Outcome outcome, Note ask, IAccounted answer, long asked)
    {
        if (asked != ask.Id)
            _me.Report($"asked {ask} and was given the answer to {asked}");
        _epoch.Messages.Settle(answer.Id, End.Answered);
        return outcome;
    }

    private static RefusedException? Refusal(Exception? fault) =>
        fault is null or RefusedException ? fault as RefusedException : Refusal(fault.InnerException);

    private void Reply(Note note)
    {
        var id = _epoch.Messages.Send(0);
        Sender.Tell(note.Deed == Deed.Answer
            ? new Answer(id, note.Id)
            : new Status.Failure(new RefusedException(id, note.Id)));
    }

    private void StopGracefully(CellRecord other)
    {
        var outcome = new Outcome(_epoch.Messages.Send(_me.Id));
        other.Ref.GracefulStop(Patience).PipeTo(Self, success: stopped =>
        {
            if (!stopped)
                _me.Report($"waited in vain for {other} to stop");
            return outcome;
        });
    }

    private void PipeFault()
    {
        var outcome = new Outcome(_epoch.Messages.Send(_me.Id));
        var failure = NewFailure();
        Task.Run(void () => throw failure).PipeTo(Self, failure: fault =>
        {
            if (!ReferenceEquals(SoakFailure.In(fault), failure))
                _me.Report($"was piped {fault} instead of {failure}");
            return outcome;
        });
    }

    private void Schedule(CellRecord other, bool cancel)
    {
        var note = new Note(_epoch.Messages.Send(other.Id), 0, 0, Self, Deed.Nothing, 0);
        var delay = _chance.Milliseconds(0, 10);
        if (!cancel)
        {
            Context.System.Scheduler.ScheduleTellOnce(delay, other.Ref, note, Self);
            return;
        }

        _epoch.Messages.Withdraw(note.Id);
        var schedule = Context.System.Scheduler.ScheduleTellOnceCancelable(delay, other.Ref, note, Self);
        schedule.Cancel();
    }

    private void StartTimer(bool periodic)
    {
        var key = _chance.Below(TimerKeys);
        var timer = _epoch.NextTimer();
        _me.StartTimer(key, timer, periodic);
        var delay = _chance.Milliseconds(1, 15);
        if (periodic)
            Timers.StartPeriodicTimer(key, new QuietTick(key, timer), delay);
        else
            Timers.StartSingleTimer(key, new Tick(key, timer), delay);
    }

    private void CancelTimer(int key)
    {
        Timers.Cancel(key);
        _me.CancelTimer(key);
    }

    private void Ticked(int key, long timer)
    {
        _epoch.Tally.Ticked();
        _me.Tick(key, timer);
        if (_epoch.Lively && _chance.OneIn(3))
            Send(Deed.Nothing, 0);
    }

    private void FellSilent()
    {
        _epoch.Tally.Silent();
        _me.ExpectTimeout(on: false);
        if (_chance.OneIn(2))
            SetReceiveTimeout(null);
    }

    private void Watch(CellRecord other, bool withMessage)
    {
        // Told twice of one end that it holds in its stash, an actor would be shown it once.
        if (other == _me || _me.HoldsEndOf(other.Ref) || !_me.Watch(other.Id))
            return;
        if (withMessage)
            Context.WatchWith(other.Ref, new Gone(other));
        else
            Context.Watch(other.Ref);
    }

    private void Unwatch(CellRecord other)
    {
        if (_me.HoldsEndOf(other.Ref))
            return;
        _me.Unwatch(other.Id);
        Context.Unwatch(other.Ref);
    }
}
