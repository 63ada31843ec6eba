using Akka.Actor;
using Akka.Embedded.Tests.Soak.Books;

namespace Akka.Embedded.Tests.Soak.World;

internal sealed partial class Wanderer
{
    private void SendOn(Note note)
    {
        if (note.Fuel == 0)
            return;
        // Now and then in two ways, so that mail piles up before some.
        var ways = note.Fuel > 1 && _chance.OneIn(4) ? 2 : 1;
        for (var i = 0; i < ways; i++)
            Send(_epoch.NextDeed(_chance), (note.Fuel - 1) / ways);
    }

    private void Send(Deed deed, int fuel)
    {
        if (_epoch.Anyone(_chance) is not { } other)
            return;
        var id = _epoch.Messages.Send(other.Id);
        other.Ref.Tell(new Note(id, _me.Id, _me.NextTo(other.Id), Self, deed, fuel));
    }

    private void Do(Note note)
    {
        switch (note.Deed)
        {
            case Deed.Throw: Fail(note); break;
            case Deed.Await: Await(note, throws: false); return;
            case Deed.AwaitAndThrow: Await(note, throws: true); return;
            case Deed.LeaveUnhandled:
                _me.Finish(note);
                Unhandled(note);
                return;
            case Deed.Forward: PassOn(note); break;
            case Deed.Close: Close(); break;
            case Deed.Open: Open(); break;
            case Deed.Become: ChangeBehaviour(); break;
            case Deed.Unbecome when _behaviours.Count > 1:
                UnbecomeStacked();
                _behaviours.Pop();
                break;
            case Deed.Answer or Deed.AnswerWithFailure: Reply(note); break;
            default: DoToOneself(note); break;
        }

        Handled(note);
    }

    private void DoToOneself(Note note)
    {
        switch (note.Deed)
        {
            case Deed.StartTimer: StartTimer(periodic: false); break;
            case Deed.StartPeriodicTimer: StartTimer(periodic: true); break;
            case Deed.CancelTimer: CancelTimer(_chance.Below(TimerKeys)); break;
            case Deed.CancelTimers:
                Timers.CancelAll();
                _me.CancelTimers();
                break;
            case Deed.HeedSilence:
                SetReceiveTimeout(_chance.Milliseconds(1, 20));
                _me.ExpectTimeout(on: true);
                break;
            case Deed.IgnoreSilence:
                SetReceiveTimeout(null);
                _me.ExpectTimeout(on: false);
                break;
            case Deed.StopSelf: Context.Stop(Self); break;
            default: DoToOthers(note); break;
        }
    }

    private void DoToOthers(Note note)
    {
        if (note.Deed == Deed.Spawn)
            Spawn();
        if (note.Deed == Deed.StopChild && Context.GetChildren().ToList() is { Count: > 0 } children)
            Context.Stop(children[_chance.Below(children.Count)]);
        if (_epoch.Anyone(_chance) is not { } other)
            return;
        switch (note.Deed)
        {
            case Deed.Watch: Watch(other, withMessage: false); break;
            case Deed.WatchWith: Watch(other, withMessage: true); break;
            case Deed.Unwatch: Unwatch(other); break;
            case Deed.StopOther: Context.Stop(other.Ref); break;
            case Deed.Poison: other.Ref.Tell(PoisonPill.Instance); break;
            case Deed.Kill: other.Ref.Tell(Kill.Instance); break;
            case Deed.StopGracefully: StopGracefully(other); break;
            case Deed.Ask: Ask(other); break;
            case Deed.Schedule: Schedule(other, cancel: false); break;
            case Deed.ScheduleAndCancel: Schedule(other, cancel: true); break;
            case Deed.PipeFault: PipeFault(); break;
        }
    }

    private void Spawn()
    {
        if (!_epoch.Lively || !_epoch.HasRoom || _me.Depth >= _epoch.Limits.Depth)
            return;
        var shelf = _epoch.Limits.PersistentActors && _chance.OneIn(6) ? _epoch.AnyShelf(_chance) : null;
        var child = _epoch.Start(Context, _me, _chance, cell =>
            shelf?.TryOwn(cell) == true ? Keeper.For(_epoch, cell, shelf) : For(_epoch, cell));
        if (_chance.OneIn(2))
            Watch(_epoch.Find(child)!, withMessage: false);
    }

    /// <summary>As another's note: the sender stays, the way is this actor's.</summary>
    private void PassOn(Note note)
    {
        if (_epoch.Anyone(_chance) is not { } other)
            return;
        var id = _epoch.Messages.Send(other.Id);
        other.Ref.Forward(new Note(id, _me.Id, _me.NextTo(other.Id), Sender, Deed.Nothing, 0));
    }

    /// <summary>From now on notes are stashed. The one that opens again comes on its own way.</summary>
    private void Close()
    {
        _closed = true;
        _drips = false;
        var open = new Note(_epoch.Messages.Send(_me.Id), 0, 0, null, Deed.Open, 0);
        Context.System.Scheduler.ScheduleTellOnce(_chance.Milliseconds(0, 5), Self, open, Self);
    }

    private void Open()
    {
        if (!_closed)
            return;
        _closed = false;
        if (_chance.OneIn(2))
        {
            Stash.UnstashAll();
            _me.UnstashAll();
        }
        else
        {
            _drips = true;
            Drip();
        }
    }

    private void ChangeBehaviour()
    {
        var next = _behaviours.Count;
        if (next > 3)
            return;
        BecomeStacked(message => Take(next, message));
        _behaviours.Push(next);
    }
}
