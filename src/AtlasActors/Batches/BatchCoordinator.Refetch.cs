using Akka.Actor;
using AtlasActors.Hosting;
using AtlasActors.Jobs;

namespace AtlasActors.Batches;

/// <summary>Fetching again what was made before, and is not in its place any more.</summary>
internal sealed partial class BatchCoordinator
{
    private void Refetch(BatchCommands.RefetchBatch refetch)
    {
        var asker = Sender;
        _beginAskers.Add(asker);
        var made = _state.WithOutputs.Select(number => (number, _state.Job(number).Files)).ToList();
        OutputFolder.MissingAsync(_tools.Jobs.OutputDir, made, refetch.Verify).PipeTo(
            Self, success: missing => new FilesLookedFor(asker, missing, null),
            failure: cause => new FilesLookedFor(asker, [], cause.Message));
    }

    private void OnFilesLookedFor(FilesLookedFor looked)
    {
        // A stop that came between has answered already.
        if (!_beginAskers.Remove(looked.Asker)) return;
        if (looked.Fault is { } fault)
            looked.Asker.Tell(new Status.Failure(new BatchException($"The files of batch {_id} cannot be looked at: {fault}")));
        else if (looked.Missing.Where(number => _state.Job(number).Stage == JobStage.Succeeded).ToList() is { Count: > 0 } missing)
            Continue([.. missing.Select(number => new JobEvents.JobRetried(number, Now))], looked.Asker);
        else
        {
            looked.Asker.Tell(View());
            if (_phase is not (BatchPhase.Running or BatchPhase.Stopping)) Context.Parent.Tell(new BatchReports.BatchClosed(_id));
        }
    }

    private sealed record FilesLookedFor(IActorRef Asker, IReadOnlyList<int> Missing, string? Fault) : INoSerializationVerificationNeeded;
}
