using Akka.Actor;
using Akka.Persistence;
using AtlasActors.Hosting;
using AtlasActors.Telemetry;
using static AtlasActors.Costs.LedgerEvents;

namespace AtlasActors.Costs;

/// <summary>
/// Keeps every amount reserved, charged, released or in doubt, over all batches of this journal, and lets no submission
/// leave for which a budget has no room. Told at least once by the batches, it counts each submission once.
/// </summary>
internal sealed class CostLedger : UntypedPersistentActor
{
    private const int EventsBetweenSnapshots = 1000;

    private readonly LedgerState _state = new();
    private readonly HashSet<IActorRef> _refused = [];
    private readonly BudgetsInForce _budgets;
    private int _sinceSnapshot;

    public CostLedger(JournalPlugins plugins, BudgetsInForce budgets)
    {
        (JournalPluginId, SnapshotPluginId) = plugins;
        _budgets = budgets;
    }

    public override string PersistenceId => "cost-ledger";

    /// <summary>A snapshot holds the whole ledger: with a large one they come later, so that all of them together stay in proportion.</summary>
    private bool IsSnapshotDue => _sinceSnapshot >= EventsBetweenSnapshots && _sinceSnapshot >= _state.Count / 2;

    private static DateTimeOffset Now => Context.System.Scheduler.Now;

    public static Props Props(JournalPlugins plugins, BudgetsInForce budgets) =>
        Akka.Actor.Props.Create(() => new CostLedger(plugins, budgets));

    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case LedgerCommands.TakeMoney take: Take(take); break;
            case LedgerCommands.ReserveMoney reserve: Reserve(reserve); break;
            case LedgerCommands.TakeAccount take: Open(take); break;
            case LedgerCommands.OfferAccount offer: OnOffer(offer); break;
            case LedgerCommands.CloseAccount close: Close(close); break;
            case LedgerCommands.ReleaseUnused release: Write(_state.Release(release.Batch)); break;
            case LedgerCommands.UseBudgets use: Use(use.Budgets); break;
            case LedgerQueries.GetLedger query: Sender.Tell(_state.View(query.Batch)); break;
            case BudgetQueries.GetBudgets: Sender.Tell(new BudgetsAnswer(_state.Budgets(Now))); break;
            case BudgetQueries.GetRoom query: Context.Parent.Tell(new RoomAnswer(query.Start, RoomFor(query.Start.Definition)), Sender); break;
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
            case SnapshotOffer { Snapshot: LedgerSnapshot snapshot }:
                foreach (var e in snapshot.Events()) _state.Apply(e);
                break;
            case RecoveryCompleted:
                _state.Use(_budgets.Current);
                ShowBudgets();
                break;
            default: _state.Apply(message); break;
        }
    }

    protected override void PostStop()
    {
        AtlasTelemetry.Budgets.Leave(Self);
        base.PostStop();
    }

    private void Take(LedgerCommands.TakeMoney take)
    {
        if (_state.NeedsWhole(take.Batch, take.Revision))
        {
            Sender.Tell(new AccountWanted(take.Batch, IsOpen: false));
            return;
        }
        var news = _state.Decide(take.Batch, take.Jobs, Now, take.Revision);
        Write([.. news.Count > 0 ? _state.Label(take.Batch, take.Labels) : [], .. news], Sender, Taken(take.Jobs));
    }

    private void Open(LedgerCommands.TakeAccount take) => Write(
        [.. _state.Label(take.Batch, take.Labels), .. _state.Open(take.Batch, take.Revision, take.Jobs, Now)],
        Sender, Taken(take.Jobs));

    private void OnOffer(LedgerCommands.OfferAccount offer)
    {
        if (_state.IsOpen(offer.Batch)) Sender.Tell(new AccountWanted(offer.Batch, IsOpen: true));
    }

    private void Close(LedgerCommands.CloseAccount close) => Write(
        [.. _state.Label(close.Account.Batch, close.Labels), .. _state.Close(close.Account)], Sender, new MoneyTaken(close.Jobs));

    private void Reserve(LedgerCommands.ReserveMoney reserve)
    {
        var wanted = reserve.Wanted;
        var (events, refusing) = _state.Reserve(wanted, reserve.Labels);
        if (refusing is null)
        {
            Write(events, Sender, new ReservationGranted(wanted.Job, wanted.Submission));
            return;
        }
        _refused.Add(Sender);
        Sender.Tell(new ReservationRefused(wanted.Job, wanted.Submission, wanted.Amount, refusing));
    }

    private void Use(IReadOnlyList<Budget> budgets)
    {
        _state.Use(budgets);
        ShowBudgets();
        TellOfRoom();
    }

    private BudgetView? RoomFor(Batches.BatchDefinition definition) => _state.WithoutRoom(definition.Labels, definition.Price, Now);

    private static MoneyTaken Taken(IEnumerable<JobMoney> jobs) =>
        new([.. jobs.Select(job => new JobRevision(job.Job, job.Revision))]);

    /// <summary>
    /// One write for all that is new, and the reply after it. It is applied before it is written, so that the same news, told
    /// again meanwhile, is not written twice, and no room is given away twice; the reply says that it is durable. News the
    /// batch has in its own journal already, so they are true.
    /// </summary>
    private void Write(IReadOnlyList<object> events, IActorRef? asker = null, object? reply = null)
    {
        foreach (var e in events) _state.Apply(e);
        if (events.Count > 0)
        {
            PersistAllAsync(events, _ => _sinceSnapshot++);
            if (AtlasTelemetry.Budgets.IsSeen) ShowBudgets();
        }
        TellOfRoom();
        DeferAsync(events, _ =>
        {
            if (asker is not null && reply is not null) asker.Tell(reply);
            if (!IsSnapshotDue) return;
            _sinceSnapshot = 0;
            SaveSnapshot(_state.Snapshot());
        });
    }

    /// <summary>Told also while nobody listens, when it begins: whoever listens later sees what there is.</summary>
    private void ShowBudgets()
    {
        var scheduler = Context.System.Scheduler;
        AtlasTelemetry.Budgets.Tell(Self, _state.Budgets(Now), () => scheduler.Now);
    }

    /// <summary>Who was refused asks again, once something is given back.</summary>
    private void TellOfRoom()
    {
        if (!_state.TakeFreed() || _refused.Count == 0) return;
        foreach (var asker in _refused) asker.Tell(new RoomMade());
        _refused.Clear();
    }

    private void DropWhatIsOlder(long snapshot)
    {
        DeleteMessages(snapshot);
        DeleteSnapshots(new SnapshotSelectionCriteria(snapshot - 1));
    }
}
