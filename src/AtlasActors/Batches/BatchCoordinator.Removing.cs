using Akka.Actor;
using Akka.Event;
using AtlasActors.Hosting;
using AtlasActors.Jobs;
using static AtlasActors.Batches.BatchEvents;

namespace AtlasActors.Batches;

/// <summary>
/// Removing what a finished batch made, when a rule says that it was kept for long enough. First the files and then the
/// word: ended in between, the next time removes the rest, and says so. Meanwhile nobody takes the batch up.
/// </summary>
internal sealed partial class BatchCoordinator
{
    private readonly List<IActorRef> _removalAskers = [];

    private void RemoveOutputs()
    {
        if (!IsFinished("rid of its outputs")) return;
        _removalAskers.Add(Sender);
        if (_removalAskers.Count > 1) return;
        var made = _state.WithOutputs.Select(number => (number, _state.Job(number).Files)).ToList();
        if (made.Count == 0)
            TellOfRemoval(new OutputsRemoval(View(), 0, 0));
        else
            OutputFolder.RemoveAsync(_tools.Jobs.OutputDir, made).PipeTo(
                Self, success: removed => new FilesRemoved(removed, null),
                failure: cause => new FilesRemoved(default, cause.Message));
    }

    private void OnFilesRemoved(FilesRemoved removed)
    {
        if (removed.Fault is { } fault)
        {
            TellOfRemoval(new Status.Failure(new BatchException(
                $"Not all that batch {_id} made can be removed: {fault.TrimEnd('.')}. The next time removes the rest.")));
            return;
        }
        // Not before the last of them was made, by a clock that was perhaps put back since.
        var last = _state.WithOutputs.Max(number => _state.Job(number).Since);
        Persist(new OutputsRemoved(last > Now ? last : Now), happened =>
        {
            _state.Apply(happened);
            var (files, bytes) = removed.What;
            _log.Info("What batch {0} made is removed: {1} files, {2} bytes", _id.Value, files, bytes);
            Notify(new BatchNotice.PhaseChanged(View()));
            TellOfRemoval(new OutputsRemoval(View(), files, bytes));
        });
    }

    private void TellOfRemoval(object answer)
    {
        foreach (var asker in _removalAskers) asker.Tell(answer);
        _removalAskers.Clear();
        ReleaseWishes();
        AskToLeave();
    }

    private sealed record FilesRemoved((int Files, long Bytes) What, string? Fault) : INoSerializationVerificationNeeded;
}
