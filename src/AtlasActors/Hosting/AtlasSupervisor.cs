using Akka.Actor;
using Akka.Event;
using AtlasActors.Atlas;
using AtlasActors.Atlas.Webhooks;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Gate;
using AtlasActors.Jobs;
using AtlasActors.Polling;

namespace AtlasActors.Hosting;

internal static class SupervisorMessages
{
    /// <summary>A <see cref="BatchIds"/> is the reply.</summary>
    public sealed record GetBatchIds;

    public sealed record BatchIds(IReadOnlyList<BatchId> Batches);

    /// <summary>A <see cref="BatchRevisions"/> is the reply.</summary>
    public sealed record GetRevisions;

    public sealed record BatchRevisions(IReadOnlyDictionary<BatchId, long> Revisions);

    /// <summary>
    /// The sender is told all notices of all batches from now on, until it ends; <see cref="Listening"/> is the first that
    /// it is told.
    /// </summary>
    public sealed record Listen;

    public sealed record Listening;

    /// <summary>
    /// Stops every batch that is at work; <see cref="AllStopped"/> is the reply, when each is recorded, or when the time is up.
    /// </summary>
    public sealed record StopAll(TimeSpan? Within = null);

    /// <summary>These batches had not stopped when the time was up.</summary>
    public sealed record AllStopped(IReadOnlyList<BatchId> Left);

    /// <summary>Told by a coordinator that ends for good: these watched it. On a restart it keeps them.</summary>
    public sealed record WatchersLeft(BatchId Batch, IReadOnlyList<IActorRef> Watchers) : INoSerializationVerificationNeeded;
}

/// <summary>
/// <c>/user/atlas</c>: starts and supervises ledger, gate, index and the batches' coordinators, and takes unfinished
/// batches up at start. A request for a batch waits here until the batch's journal is read, so that a journal that can't
/// be read is answered with a sentence.
/// </summary>
internal sealed partial class AtlasSupervisor : UntypedActor, IWithStash
{
    private readonly AtlasParts _parts;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly List<BatchId> _batches = [];
    private readonly Dictionary<BatchId, Coordination> _coordinators = [];
    private readonly Dictionary<BatchId, List<(BatchCommands.StartBatch Start, IActorRef Asker)>> _starting = [];
    private readonly HashSet<BatchId> _atWork = [];
    private readonly List<IActorRef> _stopAskers = [];
    private ICancelable? _stopLimit;
    private bool _hasGivenUp;
    private IActorRef? _ledger;
    private string? _indexTrouble;
    private readonly IActorRef _index;
    private readonly BatchTools _tools;
    private IActorRef _latency = ActorRefs.Nobody;

    public AtlasSupervisor(AtlasParts parts)
    {
        _parts = parts;
        _index = parts.JournalTrouble is null
            ? Context.ActorOf(BatchIndex.Props(parts.Settings.Plugins), "batch-index")
            : ActorRefs.Nobody;
        _limits = new LimitsInForce(parts.Settings.Gate);
        _gate = Context.ActorOf(SubmissionGate.Props(_limits), "gate");
        var polls = new PollGuide(parts.Haste);
        if (parts.JournalTrouble is null)
        {
            _latency = Context.ActorOf(Latency.Props(parts.Endpoint, parts.Settings.Plugins, polls), "latency");
            Context.WatchWith(_latency, LatencyEnded.Instance);
        }
        _tools = new BatchTools(
            new JobTools(
                parts.Api, parts.Uploads, parts.Downloads, _gate, Hastened.By(parts.Haste, parts.Settings), parts.OutputDir)
            {
                Callbacks = parts.Callbacks, Polls = polls, Latency = _latency,
            },
            Self, parts.Endpoint, parts.ShownOutputDir, _budgets = new BudgetsInForce(parts.Settings.Budgets))
        {
            ContinuesUnfinished = parts.ContinueUnfinished,
        };
    }

    public IStash Stash { get; set; } = null!;

    public static Props Props(AtlasParts parts) => Akka.Actor.Props.Create(() => new AtlasSupervisor(parts));

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(DeadLetter));
        if (_parts.JournalTrouble is { } trouble) BecomeBroken($"The journal cannot be read: {trouble}");
    }

    /// <summary>A coordinator that fails is restarted, and recovers from its journal; one that goes on failing is left stopped.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(5, TimeSpan.FromMinutes(1), fault => fault switch
    {
        ActorInitializationException or ActorKilledException => Directive.Stop,
        _ => Directive.Restart,
    });

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case IndexMessages.IndexRead read: OnIndexRead(read); break;
            case IndexMessages.IndexBroken broken: BecomeBroken(broken.Message); break;
            case DeadLetter: break;
            case LatencyEnded: OnLatencyEnded(); break;
            default: Stash.Stash(); break;
        }
    }

    private void OnIndexRead(IndexMessages.IndexRead read)
    {
        _batches.AddRange(read.Batches);
        Become(Serving);
        Stash.UnstashAll();
        // Their figures are to be seen before the first batch asks for some of them.
        if (_budgets.Current.Count > 0) Ledger();
        if (!_parts.ContinueUnfinished) return;
        foreach (var batch in _batches)
            _atWork.Add(Coordinator(batch).Batch);
    }

    private void Serving(object message)
    {
        switch (message)
        {
            case BatchCommands.StartBatch start when NeedsRoom(start): Ledger().Forward(new BudgetQueries.GetRoom(start)); break;
            case BatchCommands.StartBatch start: Start(start); break;
            case RoomAnswer room: OnRoom(room); break;
            case BudgetCommands.SetBudgets set: SetBudgets(set.Budgets); break;
            case BudgetQueries.GetBudgets: Ledger().Forward(message); break;
            case LimitCommands.SetLimits set: SetLimits(set.Limits); break;
            case LimitQueries.GetLimits: Sender.Tell(_limits.Current); break;
            case IndexMessages.BatchListed listed: OnListed(listed.Batch); break;
            case SupervisorMessages.GetBatchIds: Sender.Tell(new SupervisorMessages.BatchIds([.. _batches])); break;
            case SupervisorMessages.GetRevisions: ReadRevisions(); break;
            case SupervisorMessages.Listen: AddListener(Sender); break;
            case ListenerGone gone: RemoveListener(gone.Listener); break;
            case LedgerQueries.GetLedger or ILedgerCommand: Ledger().Forward(message); break;
            case LedgerEnded: _ledger = null; break;
            case LatencyEnded: OnLatencyEnded(); break;
            case TimesKept: TellAllStopped(); break;
            case AtlasWebhook webhook when !_batches.Contains(webhook.Batch): Sender.Tell(new WebhookReply.Unknown()); break;
            case IBatchCommand command: Pass(command, Sender); break;
            case BatchReports.BatchRecovered recovered: OnRecovered(recovered); break;
            case BatchReports.BatchBroken broken: OnBroken(broken); break;
            case BatchReports.BatchClosed closed: OnClosed(closed.Batch); break;
            case CoordinatorReports.BatchQuiet quiet: OnQuiet(quiet); break;
            case CoordinatorReports.BatchStays stays: OnStays(stays.Batch); break;
            case CoordinatorReports.BatchLeft left: OnLeft(left); break;
            case SupervisorMessages.WatchersLeft left: OnWatchersLeft(left); break;
            case CoordinatorEnded ended: OnEnded(ended.Batch); break;
            case SupervisorMessages.StopAll stop: StopAll(stop.Within); break;
            case StopOverdue: OnStopOverdue(); break;
            case IndexMessages.IndexBroken broken: OnIndexLost(broken.Message); break;
            case DeadLetter dead: OnUnheard(dead); break;
            case BatchView or Status.Failure: break;
            default: Unhandled(message); break;
        }
    }

    /// <summary>The ledger ends when its journal fails; who tells or asks the next time finds a new one, which has read it again.</summary>
    private IActorRef Ledger()
    {
        if (_ledger is null)
        {
            _ledger = Context.ActorOf(CostLedger.Props(_parts.Settings.Plugins, _budgets), "cost-ledger");
            Context.WatchWith(_ledger, LedgerEnded.Instance);
        }
        return _ledger;
    }

    /// <summary>No further batch can be listed; those that are there go on.</summary>
    private void OnIndexLost(string why)
    {
        _log.Error("{0}", why);
        _indexTrouble = why;
        foreach (var (_, asker) in _starting.Values.SelectMany(starts => starts)) asker.Tell(new Status.Failure(new BatchException(why)));
        _starting.Clear();
    }

    /// <summary>An actor ended before it heard what somebody asks; nobody is left without an answer.</summary>
    private static void OnUnheard(DeadLetter dead)
    {
        if (dead.Message is IBatchCommand and not BatchQueries.UnwatchBatch
            or LedgerQueries.GetLedger or BudgetQueries.GetBudgets or BudgetQueries.GetRoom)
            dead.Sender.Tell(new Status.Failure(new BatchException("It failed and was stopped before it could answer; the log says how.")));
    }

    /// <summary>Without an index there is nothing to be done but to say so.</summary>
    private void BecomeBroken(string why)
    {
        _log.Error("{0}", why);
        Become(message =>
        {
            if (message is SupervisorMessages.StopAll) Sender.Tell(new SupervisorMessages.AllStopped([]));
            else if (message is BatchCommands.StartBatch or SupervisorMessages.GetBatchIds or SupervisorMessages.GetRevisions
                or SupervisorMessages.Listen or LedgerQueries.GetLedger or IBatchCommand
                or BudgetQueries.GetBudgets or BudgetCommands.SetBudgets
                or LimitQueries.GetLimits or LimitCommands.SetLimits)
                Sender.Tell(new Status.Failure(new BatchException(why)));
        });
        Stash.UnstashAll();
    }

    private sealed class LatencyEnded : INoSerializationVerificationNeeded
    {
        public static readonly LatencyEnded Instance = new();
    }

    private sealed class LedgerEnded : INoSerializationVerificationNeeded
    {
        public static readonly LedgerEnded Instance = new();
    }
}

/// <summary>What the actors are built from.</summary>
internal sealed record AtlasParts(
    IAtlasApi Api, IAtlasUploads Uploads, IOutputDownloads Downloads, AtlasSettings Settings, string OutputDir,
    string ShownOutputDir, string Endpoint, bool ContinueUnfinished, Random Chance, double Haste = 1, string? JournalTrouble = null)
{
    /// <summary>Where Atlas calls back; null where the host has no public address.</summary>
    public WebhookAddresses? Callbacks { get; init; }

    /// <summary>Whether each batch has a folder of its own, named by its id.</summary>
    public bool FolderPerBatch { get; init; }
}
