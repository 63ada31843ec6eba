using Akka.Actor;
using Akka.Event;
using AtlasActors.Hosting;
using AtlasActors.Manifests;

namespace AtlasActors.Batches;

/// <summary>
/// A finished batch's streams, its own and its manifest's, made short: one snapshot each in the place of all events.
/// What it knows, and the number of its last event, stay as they are.
/// </summary>
internal sealed partial class BatchCoordinator
{
    private readonly List<IActorRef> _compactAskers = [];
    private readonly StreamCompaction _compaction;

    private void Compact()
    {
        if (!IsFinished("compacted")) return;
        _compactAskers.Add(Sender);
        if (_compactAskers.Count > 1) return;
        StartManifest();
        _manifest.Tell(new ManifestCommands.CompactManifest());
    }

    private void OnManifestCompacted(ManifestCompacted compacted)
    {
        if (_compactAskers.Count == 0 || _compaction.IsUnderWay) return;
        if (compacted.Trouble is { } trouble) EndCompacting(trouble);
        else BeginCompacting();
    }

    /// <summary>
    /// A snapshot stands for all events up to the last number that was given out: none of them may still be on its way to the
    /// journal, for it would be removed and is not in the state.
    /// </summary>
    private void BeginCompacting()
    {
        var last = LastSequenceNr;
        DeferAsync(last, _ =>
        {
            if (_phase != BatchPhase.Finished || !_state.IsSettled) EndCompacting("It is at work again.");
            else if (LastSequenceNr != last) BeginCompacting();
            else _compaction.Begin(EndCompacting);
        });
    }

    private void EndCompacting(string? trouble)
    {
        if (trouble is null)
            _log.Info("The journal of batch {0} is compacted to its event {1}", _id.Value, LastSequenceNr);
        else
            _log.Warning("The journal of batch {0} is not compacted: {1}", _id.Value, trouble);
        object answer = trouble is null
            ? View()
            : new Status.Failure(new BatchException(
                $"The journal of batch {_id} is not compacted, and as good as before: {trouble}"));
        foreach (var asker in _compactAskers) asker.Tell(answer);
        _compactAskers.Clear();
        // Whoever compacts goes through many batches.
        AskToLeave();
    }

    /// <summary>Says otherwise where there is something left to be done.</summary>
    private bool IsFinished(string wanted)
    {
        if (_phase == BatchPhase.Finished && _state.IsSettled) return true;
        Sender.Tell(new Status.Failure(new BatchException(
            $"Batch {_id} is not finished: only what is can be {wanted}.")));
        return false;
    }
}
