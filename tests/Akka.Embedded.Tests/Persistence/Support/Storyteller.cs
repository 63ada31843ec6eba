using Akka.Actor;
using Akka.Persistence;

namespace Akka.Embedded.Tests.Persistence.Support;

/// <summary>
/// A persistent actor that does what the test sends it to do, and notes what it is told: events of the past with a
/// <c>&lt;</c>, commands with a <c>&gt;</c>.
/// </summary>
public sealed class Storyteller : UntypedPersistentActor
{
    private readonly Notes _notes;
    private readonly Recovery _recovery;

    public Storyteller(string id, Notes notes, Recovery recovery, string journal, string snapshots)
    {
        PersistenceId = id;
        _notes = notes;
        _recovery = recovery;
        JournalPluginId = journal;
        SnapshotPluginId = snapshots;
    }

    public override string PersistenceId { get; }

    public override Recovery Recovery => _recovery;

    public List<string> Past { get; } = [];

    public IActorRef Asker => Sender;

    public IActorContext Surroundings => Context;

    public static Props For(
        string id, Notes notes, Recovery? recovery = null, string journal = "", string snapshots = "") =>
        Props.Create(() => new Storyteller(id, notes, recovery ?? Recovery.Default, journal, snapshots));

    public void Note(string line) => _notes.Add(line);

    /// <summary>Persists, notes the handler's call and remembers the event.</summary>
    public void Tell(string what) => Persist(new Happened(what), Remember);

    public void Remember(Happened happened)
    {
        Past.Add(happened.What);
        Note(happened.What);
    }

    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case SnapshotOffer { Snapshot: Told told }:
                Past.AddRange(told.What);
                Note($"< snapshot {told}");
                break;
            case Happened { What: "unbearable" }:
                throw new InvalidOperationException("cannot bear this");
            case Happened happened:
                Past.Add(happened.What);
                Note($"< {happened.What}");
                break;
            case RecoveryCompleted:
                Note($"< completed {LastSequenceNr}");
                break;
        }
    }

    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case Action<Storyteller> action:
                action(this);
                break;
            case SaveSnapshotSuccess saved:
                Note($"> saved {saved.Metadata.SequenceNr}");
                break;
            case SaveSnapshotFailure failed:
                Note($"> not saved: {failed.Cause.Message}");
                break;
            case DeleteMessagesSuccess deleted:
                Note($"> deleted to {deleted.ToSequenceNr}");
                break;
            case DeleteMessagesFailure failed:
                Note($"> not deleted: {failed.Cause.GetType().Name}");
                break;
            case DeleteSnapshotSuccess or DeleteSnapshotsSuccess:
                Note("> snapshot deleted");
                break;
            default:
                Note($"> {message}");
                break;
        }
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        Note($"failure of {@event} at {sequenceNr}: {cause.Message}");

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr) =>
        Note($"rejection of {@event} at {sequenceNr}: {cause.Message}");

    protected override void OnRecoveryFailure(Exception reason, object? message = null) =>
        Note($"no recovery{(message is null ? "" : $" at {message}")}: {reason.Message}");

    protected override void OnReplaySuccess() => Note("< replayed");

    protected override void PreRestart(Exception reason, object message)
    {
        Note($"restart after {reason.Message}");
        base.PreRestart(reason, message);
    }

    protected override void PostStop()
    {
        Note("stopped");
        base.PostStop();
    }
}
