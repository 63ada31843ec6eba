using Akka.Actor;
using Akka.Embedded.Tests.Soak.Books;
using Akka.Persistence;

namespace Akka.Embedded.Tests.Soak.World;

/// <summary>An event, and what the journal is to do with it.</summary>
internal sealed record Kept(long Number, bool InVain = false, bool Rejected = false, bool Throws = false);

/// <summary>A persistent wanderer: its notes bring about events, and each of its instances is told the past.</summary>
internal sealed partial class Keeper : UntypedPersistentActor
{
    private readonly Epoch _epoch;
    private readonly CellRecord _me;
    private readonly Shelf _shelf;
    private readonly Chance _chance;
    private readonly int _instance;
    private long _latest;
    private long _snapshot;
    private bool _restarting;
    private Note? _command;

    public Keeper(Epoch epoch, CellRecord me, Shelf shelf)
    {
        (_epoch, _me, _shelf) = (epoch, me, shelf);
        epoch.Introduce(me, Self);
        epoch.Tally.Made();
        _instance = me.Make();
        _chance = epoch.ChanceFor(me.Id, _instance);
        _shelf.Write("made", _instance, book => book.Restart());
        if (!_chance.OneIn(100))
            return;
        me.Break();
        throw NewFailure();
    }

    public override string PersistenceId => _shelf.Id;

    protected override SupervisorStrategy SupervisorStrategy() => Wanderer.StrategyOf(_epoch, _me, _chance);

    protected override void PreStart() => _me.Start(_instance, null);

    protected override void PreRestart(Exception reason, object message)
    {
        if (_me.IsBroken)
            return;
        var failedOn = message is IPersistentRepresentation persistent ? persistent.Payload : message;
        _me.PreRestart(_instance, reason, failedOn, keepsChildren: false);
        _restarting = true;
        base.PreRestart(reason, message);
    }

    protected override void PostRestart(Exception reason) => _me.Start(_instance, reason);

    protected override void PostStop()
    {
        if (!_restarting && !_me.IsBroken)
            _me.PostStop(_instance);
    }

    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case SnapshotOffer { Snapshot: Kept kept }:
                _latest = _snapshot = kept.Number;
                break;
            case Kept kept:
                _epoch.Tally.Replayed();
                _latest = kept.Number;
                _shelf.Write("replays", kept.Number, book => book.Replay(kept.Number));
                break;
            case RecoveryCompleted:
                _shelf.Write("has recovered from", _snapshot, book => book.Recovered(_snapshot));
                break;
        }
    }

    protected override void OnCommand(object message)
    {
        if (message is not Note note)
        {
            if (_epoch.Limits.CleanRecoveries && message is not (SaveSnapshotSuccess or DeleteMessagesSuccess))
                _me.Report($"was shown {message}, which nobody sent");
            return;
        }

        _me.Begin(_instance, note, note.Lane, note.Number);
        _shelf.Write("is shown", note.Id, book => book.Command());
        if (note.From is { } from && !from.Equals(Sender))
            _me.Report($"was shown {Sender} as the sender of {note}, which {from} sent");
        Do(note);
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) => _me.MustEnd();

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        if (!((Kept)@event).Rejected)
            _me.Report($"was told that {@event} was rejected");
        _shelf.Write("is rejected", sequenceNr, book => book.Reject(((Kept)@event).Number));
    }

    public static Props For(Epoch epoch, CellRecord cell, Shelf shelf) => Props.Create<Keeper>(epoch, cell, shelf);

    private SoakFailure NewFailure() => new(_epoch.NextFailure(), _chance.Directive());
}
