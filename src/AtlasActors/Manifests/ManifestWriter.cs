using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using AtlasActors.Costs;
using AtlasActors.Hosting;

namespace AtlasActors.Manifests;

/// <summary>
/// Keeps the results of a batch and writes manifest.json: atomically, while the batch runs, and not more often than
/// <c>manifest-interval</c>. A file is replaced whole, so one that is long is written more seldom: what a result costs in
/// writing does not grow with their number. Told at least once, it lists each job once.
/// </summary>
internal sealed class ManifestWriter : UntypedPersistentActor, IWithTimers
{
    /// <summary>While the batch runs, no more results than so many are written in an interval, on average.</summary>
    internal const int ResultsPerInterval = 5000;

    private readonly ManifestHead _head;
    private readonly string _path;
    private readonly TimeSpan _interval;
    private readonly ManifestState _state = new();
    private readonly List<IActorRef> _waiting = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly StreamCompaction _compaction;
    private Task _write = Task.CompletedTask;
    private bool _isWriting;
    private bool _hasNews = true;

    public ManifestWriter(ManifestHead head, string path, AtlasSettings settings)
    {
        _head = head;
        _path = path;
        _interval = settings.ManifestInterval;
        (JournalPluginId, SnapshotPluginId) = settings.Plugins;
        _compaction = new StreamCompaction(this, _state.Snapshot);
    }

    public override string PersistenceId => $"manifest-{_head.Batch}";

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(ManifestHead head, string path, AtlasSettings settings) =>
        Akka.Actor.Props.Create(() => new ManifestWriter(head, path, settings));

    /// <summary>Waits for a write that is under way: it must neither meet the next life's nor come after it.</summary>
    protected override void PostStop() => Task.WaitAny(_write);

    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case ManifestCommands.ListResults list: List(list); break;
            case ManifestCommands.WriteManifest: WriteFor(Sender); break;
            case WriteDue: if (_hasNews && !_isWriting) Write(); break;
            case Written written: OnWritten(written); break;
            case ManifestCommands.CompactManifest: Compact(Sender); break;
            case var answer when _compaction.Take(answer): break;
            default: Unhandled(message); break;
        }
    }

    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case RecoveryCompleted: break;
            case SnapshotOffer offer:
                Apply(offer.Snapshot);
                _compaction.Recovered(offer.Metadata);
                break;
            default: Apply(message); break;
        }
    }

    private void List(ManifestCommands.ListResults list)
    {
        var news = _state.Decide(list);
        // Applied before it is written, as in the ledger: told again meanwhile, it is known. The batch's journal has it.
        foreach (var happened in news) Apply(happened);
        if (news.Count > 0)
            PersistAllAsync(news, _ => { });
        var sender = Sender;
        DeferAsync(
            new ResultsListed([.. list.Results.Select(result => new JobRevision(result.Job, result.Revision)), .. list.Withdrawn]),
            listed => sender.Tell(listed));
        if (news.Count > 0) WriteSoon();
    }

    private void WriteSoon()
    {
        if (Timers.IsTimerActive(nameof(WriteDue))) return;
        var intervals = Math.Max(1, _state.Results.Count / (double)ResultsPerInterval);
        Timers.StartSingleTimer(nameof(WriteDue), WriteDue.Instance, _interval * intervals);
    }

    /// <summary>When all that is applied is written, too.</summary>
    private void Compact(IActorRef asker) => DeferAsync(
        asker, _ => _compaction.Begin(trouble => asker.Tell(new ManifestCompacted(trouble))));

    private void Apply(object happened)
    {
        _hasNews = true;
        _state.Apply(happened);
    }

    private void WriteFor(IActorRef asker)
    {
        _waiting.Add(asker);
        if (!_isWriting) Write();
    }

    private void Write()
    {
        _isWriting = true;
        _hasNews = false;
        ManifestResult[] results = [.. _state.Results];
        var now = Context.System.Scheduler.Now;
        _write = Task.Run(() => AtomicFile.Write(_path, stream => Manifest.Write(stream, _head, results, now)));
        _write.PipeTo(Self, success: () => new Written(null), failure: fault => new Written(fault));
    }

    private void OnWritten(Written written)
    {
        _isWriting = false;
        if (written.Fault is { } fault)
        {
            _hasNews = true;
            _log.Warning("manifest.json was not written: {0}", fault.Message);
            Answer(new ManifestNotWritten($"{_path} cannot be written: {fault.Message}"));
        }
        else if (_hasNews && _waiting.Count > 0)
            Write();
        else
            Answer(new ManifestWritten());
        if (_hasNews && !_isWriting) WriteSoon();
    }

    private void Answer(object answer)
    {
        foreach (var asker in _waiting) asker.Tell(answer);
        _waiting.Clear();
    }

    private sealed record Written(Exception? Fault) : INoSerializationVerificationNeeded;

    private sealed class WriteDue : INoSerializationVerificationNeeded
    {
        public static readonly WriteDue Instance = new();
    }
}
