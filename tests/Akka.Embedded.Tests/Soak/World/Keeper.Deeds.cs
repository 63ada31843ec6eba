using Akka.Actor;
using Akka.Embedded.Tests.Soak.Books;

namespace Akka.Embedded.Tests.Soak.World;

internal sealed partial class Keeper
{
    private void Do(Note note)
    {
        _command = note;
        switch (note.Deed)
        {
            case Deed.Throw: Fail(note); break;
            case Deed.Answer or Deed.AnswerWithFailure:
                Sender.Tell(new Answer(_epoch.Messages.Send(0), note.Id));
                break;
            case Deed.StopSelf: Context.Stop(Self); break;
            case Deed.Persist: Persist(New(blocks: true), Handle); break;
            case Deed.PersistAll: PersistAll([New(blocks: true), New(blocks: true)], Handle); break;
            case Deed.PersistAsync: PersistAsync(New(blocks: false), Handle); break;
            case Deed.PersistAndThrow:
                Persist(New(blocks: true), Handle);
                Fail(note);
                break;
            case Deed.PersistInVain: Persist(New(blocks: true) with { InVain = true }, Handle); break;
            case Deed.PersistRejected: Persist(New(blocks: true) with { Rejected = true }, Handle); break;
            case Deed.Defer: DeferAsync(New(blocks: false, written: false), Handle); break;
            case Deed.TakeSnapshot when _latest > 0: SaveSnapshot(new Kept(_latest)); break;
            case Deed.DeleteEvents when LastSequenceNr > 0:
                _shelf.Write("deletes to", _latest, book => book.Cover(_latest));
                DeleteMessages(LastSequenceNr);
                break;
        }

        _epoch.Messages.Settle(note.Id, End.Handled);
        _me.Finish(note);
        _command = null;
    }

    /// <summary>With nothing pending before it, a deferred event is handled within its command.</summary>
    private void Handle(Kept kept)
    {
        _latest = Math.Max(_latest, kept.Number);
        _shelf.Write("handles", kept.Number, book => book.Handle(kept.Number));
        if (_command is not null)
            return;
        _epoch.Tally.Persisted();
        _me.Begin(_instance, kept);
        if (kept.Throws)
        {
            var failure = NewFailure();
            _me.Fail(kept, failure);
            throw failure;
        }

        _me.Finish(kept);
    }

    private void Fail(Note note)
    {
        _command = null;
        var failure = NewFailure();
        _epoch.Messages.Settle(note.Id, End.Failed);
        _me.Fail(note, failure);
        throw failure;
    }

    /// <summary>The event is told to the book before it is to the journal.</summary>
    private Kept New(bool blocks, bool written = true)
    {
        var kept = new Kept(_shelf.NextEvent(), Throws: _chance.OneIn(30));
        _shelf.Write("persists", kept.Number, book => book.Persist(kept.Number, blocks, written));
        return kept;
    }
}
