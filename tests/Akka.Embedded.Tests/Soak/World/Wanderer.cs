using Akka.Actor;
using Akka.Embedded.Tests.Soak.Books;

namespace Akka.Embedded.Tests.Soak.World;

/// <summary>
/// Does what notes tell it, sends some on, and writes down all of it. Its other parts: Deeds (what notes can tell),
/// Tasks (what is awaited or asked).
/// </summary>
internal sealed partial class Wanderer : UntypedActor, IWithTimers, IWithUnboundedStash
{
    private const int TimerKeys = 3;

    private readonly Epoch _epoch;
    private readonly CellRecord _me;
    private readonly Chance _chance;
    private readonly int _instance;
    private readonly Stack<int> _behaviours = new([0]);
    private bool _closed;
    private bool _drips;
    private bool _restarting;

    public Wanderer(Epoch epoch, CellRecord me)
    {
        (_epoch, _me) = (epoch, me);
        epoch.Introduce(me, Self);
        epoch.Tally.Made();
        _instance = me.Make();
        _chance = epoch.ChanceFor(me.Id, _instance);
        BreakOneIn(100);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public IStash Stash { get; set; } = null!;

    public static Props For(Epoch epoch, CellRecord cell) => Props.Create<Wanderer>(epoch, cell);

    public static SupervisorStrategy StrategyOf(Epoch epoch, CellRecord cell, Chance chance)
    {
        var judge = new Judge(epoch, cell, chance);
        return cell.Supervision.AllForOne
            ? new WatchedAllForOne(judge, cell.Supervision)
            : new WatchedOneForOne(judge, cell.Supervision);
    }

    protected override SupervisorStrategy SupervisorStrategy() => StrategyOf(_epoch, _me, _chance);

    protected override void PreStart()
    {
        for (var i = 0; i < 2 && _me.Depth < 3; i++)
            Spawn();
        BreakOneIn(100);
        _me.Start(_instance, null);
    }

    protected override void PreRestart(Exception reason, object message)
    {
        // Akka.NET tells this also an instance that failed before it had started.
        if (_me.IsBroken)
            return;
        var keepsChildren = !_chance.OneIn(4);
        _me.PreRestart(_instance, reason, message, keepsChildren);
        if (!keepsChildren)
        {
            foreach (var child in Context.GetChildren())
                _me.Unwatch(_epoch.Find(child)!.Id);
            _restarting = true;
            base.PreRestart(reason, message);
        }

        ThrowInVain();
        _me.UnstashAll();
    }

    protected override void PostRestart(Exception reason)
    {
        BreakOneIn(100);
        _me.Start(_instance, reason);
    }

    protected override void PostStop()
    {
        if (_restarting || _me.IsBroken)
            return;
        _me.PostStop(_instance);
        ThrowInVain();
    }

    protected override void OnReceive(object message) => Take(0, message);

    private void Take(int behaviour, object message)
    {
        var again = message is Note { Lane: var lane, Number: var number }
            ? _me.Begin(_instance, message, lane, number)
            : _me.Begin(_instance, message);
        if (behaviour != _behaviours.Peek())
            _me.Report($"showed {message} to behaviour {behaviour} instead of {_behaviours.Peek()}");
        if (message is Note note)
            Take(note);
        else
            TakeOther(message, again);
    }

    private void Take(Note note)
    {
        if (note.From is { } from && !from.Equals(Sender))
            _me.Report($"was shown {Sender} as the sender of {note}, which {from} sent");
        if (_closed && note.Deed != Deed.Open)
        {
            PutAside(note);
            return;
        }

        Drip();
        SendOn(note);
        Do(note);
    }

    private void TakeOther(object message, bool again)
    {
        if (message is Terminated end && !again)
            _me.ToldOfEnd(_epoch.Find(end.ActorRef)!);
        if (message is Terminated && _closed)
        {
            PutAside(message);
            return;
        }

        Drip();
        switch (message)
        {
            case Gone gone: _me.ToldOfEnd(gone.Subject); break;
            case Tick tick: Ticked(tick.Key, tick.Timer); break;
            case QuietTick tick: Ticked(tick.Key, tick.Timer); break;
            case ReceiveTimeout: FellSilent(); break;
            case Outcome outcome: _epoch.Messages.Settle(outcome.Id, End.Handled); break;
            case Terminated: break;
            default: _me.Report($"was shown {message}, which nobody sent"); break;
        }

        _me.Finish(message);
    }

    private void PutAside(object message)
    {
        Stash.Stash();
        _me.Stash(message);
        _me.Finish(message);
    }

    /// <summary>What is stashed may come back one by one, each time that something else is handled.</summary>
    private void Drip()
    {
        if (!_drips)
            return;
        Stash.Unstash();
        _me.Unstash();
        _drips = _me.HasStashed;
    }

    private void Handled(Note note)
    {
        _epoch.Messages.Settle(note.Id, End.Handled);
        _me.Finish(note);
    }

    private void Fail(Note note)
    {
        var failure = NewFailure();
        _epoch.Messages.Settle(note.Id, End.Failed);
        _me.Fail(note, failure);
        throw failure;
    }

    private SoakFailure NewFailure() => new(_epoch.NextFailure(), _chance.Directive());

    /// <summary>The instance fails before it has started.</summary>
    private void BreakOneIn(int count)
    {
        if (!_chance.OneIn(count))
            return;
        _me.Break();
        throw NewFailure();
    }

    /// <summary>In a hook after which nobody asks. A stash would be lost with it in Akka.NET.</summary>
    private void ThrowInVain()
    {
        if (_chance.OneIn(40) && !_me.HasStashed)
            throw NewFailure();
    }
}
