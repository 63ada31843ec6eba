using Akka.Actor;
using Akka.Persistence;
using AtlasActors.Hosting;
using static AtlasActors.Costs.LedgerEvents;

namespace AtlasActors.Costs;

/// <summary>
/// Keeps every amount reserved, charged, released or in doubt, over all batches of this journal. Told at least once by
/// the batches, it counts each submission once.
/// </summary>
internal sealed class CostLedger : UntypedPersistentActor
{
    private const int EventsBetweenSnapshots = 1000;

    private readonly LedgerState _state = new();
    private int _sinceSnapshot;

    public CostLedger(JournalPlugins plugins) => (JournalPluginId, SnapshotPluginId) = plugins;

    public override string PersistenceId => "cost-ledger";

    /// <summary>A snapshot holds the whole ledger: with a large one they come later, so that all of them together stay in proportion.</summary>
    private bool IsSnapshotDue => _sinceSnapshot >= Math.Max(EventsBetweenSnapshots, _state.Count / 2);

    public static Props Props(JournalPlugins plugins) => Akka.Actor.Props.Create(() => new CostLedger(plugins));

    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case LedgerCommands.TakeMoney take: Take(take); break;
            case LedgerQueries.GetLedger query: Sender.Tell(_state.View(query.Batch)); break;
            case SaveSnapshotSuccess saved: DropWhatIsOlder(saved.Metadata.SequenceNr); break;
            case SaveSnapshotFailure or DeleteMessagesSuccess or DeleteMessagesFailure: break;
            case DeleteSnapshotsSuccess or DeleteSnapshotsFailure: break;
            default: Unhandled(message); break;
        }
    }

    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case MoneyCounted e: _state.Apply(e); break;
            case SnapshotOffer { Snapshot: LedgerSnapshot snapshot }:
                foreach (var entry in snapshot.Entries) _state.Apply(entry);
                break;
            case RecoveryCompleted: break;
            default: throw new NotSupportedException($"The ledger holds no {message.GetType().Name}.");
        }
    }

    /// <summary>
    /// One write for all that is new, and the acknowledgement after it. It is applied before it is written, so that the
    /// same news, told again meanwhile, is not written twice; the batch has it in its journal already, so it is true.
    /// </summary>
    private void Take(LedgerCommands.TakeMoney take)
    {
        var events = _state.Decide(take.Batch, take.Jobs, Context.System.Scheduler.Now);
        var taken = new MoneyTaken([.. take.Jobs.Select(job => new JobRevision(job.Job, job.Revision))]);
        var sender = Sender;
        foreach (var e in events) _state.Apply(e);
        if (events.Count > 0)
            PersistAllAsync(events, _ => _sinceSnapshot++);
        DeferAsync(taken, message =>
        {
            sender.Tell(message);
            if (!IsSnapshotDue) return;
            _sinceSnapshot = 0;
            SaveSnapshot(new LedgerSnapshot(_state.Entries));
        });
    }

    private void DropWhatIsOlder(long snapshot)
    {
        DeleteMessages(snapshot);
        DeleteSnapshots(new SnapshotSelectionCriteria(snapshot - 1));
    }
}

/// <summary>The whole ledger at one moment.</summary>
internal sealed record LedgerSnapshot(IReadOnlyList<MoneyCounted> Entries);
