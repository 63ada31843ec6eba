using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using AtlasActors.Hosting;

namespace AtlasActors.Polling;

/// <summary>
/// Remembers how long generations took, over all batches and over the process's end, and keeps <see cref="PollGuide"/> up
/// to date. What it is told it writes now and then and many at once: to lose a few times is no harm. When its journal
/// fails it ends, and polls go on by what was learned so far.
/// </summary>
internal sealed class Latency : UntypedPersistentActor, IWithTimers
{
    private const int EventsBetweenSnapshots = 100;
    private const int TimesPerEvent = 500;

    private static readonly TimeSpan BetweenWrites = TimeSpan.FromSeconds(5);

    private readonly string _endpoint;
    private readonly PollGuide _guide;
    private readonly LatencyState _state = new();
    private readonly List<(GenerationTime Time, int Job, DateTimeOffset Due)> _pending = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private int _sinceSnapshot;

    public Latency(string endpoint, JournalPlugins plugins, PollGuide guide)
    {
        (_endpoint, _guide) = (endpoint, guide);
        (JournalPluginId, SnapshotPluginId) = plugins;
    }

    /// <summary>Each API has a memory of its own: what a simulator needed says nothing of Atlas.</summary>
    public override string PersistenceId => $"latency-{_endpoint}";

    public ITimerScheduler Timers { get; set; } = null!;

    private static DateTimeOffset Now => Context.System.Scheduler.Now;

    public static Props Props(string endpoint, JournalPlugins plugins, PollGuide guide) =>
        Akka.Actor.Props.Create(() => new Latency(endpoint, plugins, guide));

    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case SnapshotOffer { Snapshot: LatencySnapshot snapshot }: _state.Restore(snapshot.Times); break;
            case LatencyEvents.TimesSeen seen:
                Learn(seen);
                _sinceSnapshot++;
                break;
            case RecoveryCompleted: _guide.Known = _state.Known(); break;
        }
    }

    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case LatencyCommands.ReportTime report: Take(report.Time, report.Job); break;
            case LatencyCommands.KeepTimes: Keep(); break;
            case WriteDue: Write(due => due <= Now); break;
            case SaveSnapshotSuccess saved:
                DeleteMessages(saved.Metadata.SequenceNr);
                DeleteSnapshots(new SnapshotSelectionCriteria(saved.Metadata.SequenceNr - 1));
                break;
            case SaveSnapshotFailure or DeleteMessagesSuccess or DeleteMessagesFailure: break;
            case DeleteSnapshotsSuccess or DeleteSnapshotsFailure: break;
            default: Unhandled(message); break;
        }
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        _log.Warning("Generation times cannot be kept, and are not learned from until the next start: {0}", cause.Message);

    protected override void OnRecoveryFailure(Exception reason, object? message = null) =>
        _log.Warning("Generation times of before cannot be read, and none are learned until the next start: {0}", reason.Message);

    /// <summary>
    /// It waits until those that were submitted with it have had time to end, and then counts in the order of submissions.
    /// </summary>
    private void Take(GenerationTime time, int job)
    {
        _pending.Add((time, job, time.AcceptedAt + _state.Horizon(time)));
        if (!Timers.IsTimerActive(nameof(WriteDue)))
            Timers.StartSingleTimer(nameof(WriteDue), WriteDue.Instance, BetweenWrites);
    }

    private void Keep()
    {
        Write(_ => true);
        DeferAsync(Sender, asker => asker.Tell(new TimesKept()));
    }

    private void Write(Func<DateTimeOffset, bool> isWritten)
    {
        // Those that were submitted in one moment would else come in the order in which they ended.
        var ready = _pending.Where(pending => isWritten(pending.Due))
            .OrderBy(pending => pending.Time.AcceptedAt).ThenBy(pending => pending.Job)
            .Select(pending => pending.Time).ToList();
        _pending.RemoveAll(pending => isWritten(pending.Due));
        if (_pending.Count > 0)
            Timers.StartSingleTimer(nameof(WriteDue), WriteDue.Instance, BetweenWrites);
        if (ready.Count == 0) return;
        var events = ready
            .GroupBy(time => (time.Key, time.Typical))
            .SelectMany(alike => alike.Chunk(TimesPerEvent).Select(times => Seen(alike.Key.Key, times)))
            .ToList();
        foreach (var seen in events) Learn(seen);
        _guide.Known = _state.Known();
        PersistAllAsync(events, _ => _sinceSnapshot++);
        DeferAsync(events, _ =>
        {
            if (_sinceSnapshot < EventsBetweenSnapshots) return;
            _sinceSnapshot = 0;
            SaveSnapshot(new LatencySnapshot([.. _state.Kept()]));
        });
    }

    private static LatencyEvents.TimesSeen Seen(GenerationKey key, GenerationTime[] times) => new(
        key.Model, key.Settings, times[0].Typical,
        [.. times.Select(time => new SeenTime(time.AcceptedAt, Rounded(time.From), Rounded(time.To)))]);

    private static double Rounded(TimeSpan time) => Math.Round(time.TotalSeconds, 3);

    private void Learn(LatencyEvents.TimesSeen seen) => _state.Learn([.. seen.Times.Select(time => new GenerationTime(
        new GenerationKey(seen.Model, seen.Settings), time.At,
        TimeSpan.FromSeconds(time.From), TimeSpan.FromSeconds(time.To), seen.Typical))]);

    private sealed class WriteDue : INoSerializationVerificationNeeded
    {
        public static readonly WriteDue Instance = new();
    }
}
