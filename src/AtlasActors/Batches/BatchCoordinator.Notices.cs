using Akka.Actor;
using AtlasActors.Jobs;

namespace AtlasActors.Batches;

/// <summary>
/// Telling others how it goes: who watches this batch, and who listens to all. A listener is told of every change, so that
/// what it keeps is the batch as it is; a watcher of what people look on at.
/// </summary>
internal sealed partial class BatchCoordinator
{
    private IReadOnlyList<IActorRef> _listeners;

    private void Watch(IActorRef watcher)
    {
        _watchers.Add(watcher);
        Context.WatchWith(watcher, new WatcherGone(watcher));
        foreach (var number in Enumerable.Range(1, _state.JobCount)
            .Where(number => _state.Job(number).HasEnded && _state.Job(number).Since >= _workingSince))
            watcher.Tell(new BatchNotice.JobMoved(_id, JobView(number)));
        watcher.Tell(new BatchNotice.PhaseChanged(View()));
    }

    private void Unwatch(IActorRef watcher)
    {
        _watchers.Remove(watcher);
        Context.Unwatch(watcher);
    }

    private void Notify(BatchNotice notice)
    {
        foreach (var watcher in _watchers) watcher.Tell(notice);
        NotifyListeners(notice);
    }

    private void NotifyListeners(BatchNotice notice)
    {
        foreach (var listener in _listeners) listener.Tell(notice);
    }

    private void TellMoved(int number, JobStage stage)
    {
        if (_watchers.Count > 0 || _listeners.Count > 0)
            Notify(new BatchNotice.JobMoved(_id, JobView(number)));
        if (_listeners.Count == 0) return;
        if (stage == JobStage.Succeeded)
            foreach (var child in _state.Children(number)) TellListenersOf(child);
        TellListenersIfAtRest();
    }

    private void TellListenersOf(int number)
    {
        if (_listeners.Count > 0) NotifyListeners(new BatchNotice.JobMoved(_id, JobView(number)));
    }

    /// <summary>What changes a batch that stays at rest moves its revision too.</summary>
    private void TellListenersIfAtRest()
    {
        if (_listeners.Count > 0 && IsAtRest) NotifyListeners(new BatchNotice.PhaseChanged(View()));
    }

    /// <summary>A change that comes with the batch's being taken up.</summary>
    private void TakeIn(IJobEvent e)
    {
        _state.Apply(e);
        TellListenersOf(e.Job);
    }

    private void OnWaits(JobReports.JobWaits waits)
    {
        if (waits.Why == _waits.GetValueOrDefault(waits.Job)) return;
        if (waits.Why is null) _waits.Remove(waits.Job);
        else _waits[waits.Job] = waits.Why;
        TellListenersOf(waits.Job);
    }
}
