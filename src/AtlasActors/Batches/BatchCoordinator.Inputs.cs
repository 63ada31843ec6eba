using Akka.Actor;
using AtlasActors.Atlas;
using AtlasActors.Inputs;
using AtlasActors.Jobs;
using static AtlasActors.Batches.BatchEvents;

namespace AtlasActors.Batches;

/// <summary>What jobs need of other jobs, and of the files of this machine.</summary>
internal sealed partial class BatchCoordinator
{
    private readonly HashSet<int> _cutting = [];
    private IActorRef _desk = ActorRefs.Nobody;

    private void SendForInputs(int number)
    {
        if (_desk.IsNobody())
        {
            var addresses = new InputAddresses(_tools.Jobs.Api, _tools.Jobs.Uploads, _tools.Jobs.Downloads);
            // A copy: the desk reads it on a thread of its own.
            var uploaded = new Dictionary<string, KnownAddress>(_state.Uploads);
            _desk = Context.ActorOf(InputDesk.Props(addresses, _tools.Jobs.Settings.RefusalLimit, uploaded), "inputs");
            Context.WatchWith(_desk, DeskEnded.Instance);
        }
        var definition = _state.Plan(number).Definition;
        _desk.Tell(new InputCommands.PrepareInputs(
            number, definition.Policy.RetryBase, [.. definition.Inputs.Select(SourceOf)]), Sender);
    }

    private InputSource SourceOf(JobInput input)
    {
        if (input.Job is not { } parent) return new InputSource.LocalFile(input.File!);
        var made = _state.Job(parent);
        return new InputSource.Output(
            parent, _state.Plan(parent).Definition.Name, made.Prediction!, made.AcceptedAt,
            Path.Combine(_tools.Jobs.OutputDir, made.Files[0].Path.Replace('/', Path.DirectorySeparatorChar)));
    }

    /// <summary>It failed too often: who waited for it asks its successor.</summary>
    private void OnDeskEnded()
    {
        _desk = ActorRefs.Nobody;
        foreach (var (number, work) in _active)
            if (_state.Job(number).Stage == JobStage.Queued && _state.Plan(number).Definition.Inputs.Count > 0) Context.Stop(work.Actor);
    }

    /// <summary>An address that is signed is as good as a key: it is not kept, and the file is uploaded again by the next life.</summary>
    private void OnUploaded(InputReports.FileUploaded uploaded)
    {
        if (ShownUrl.Of(uploaded.Url) == uploaded.Url)
            PersistAsync(new InputUploaded(uploaded.At, uploaded.Sha256, uploaded.Url), _state.Apply);
    }

    /// <summary>A job's success lets those begin that waited for it, its failure is theirs too.</summary>
    private void TellChildren(int parent, JobStage stage)
    {
        if (_phase != BatchPhase.Running) return;
        foreach (var child in _state.Children(parent))
        {
            if (stage == JobStage.Succeeded)
                TakeUp(child);
            else if (stage is JobStage.Failed or JobStage.Refused or JobStage.Cancelled && _state.Job(child).Stage == JobStage.Waiting)
                CutOff(child);
        }
    }

    private void CutOff(int number)
    {
        if (!_cutting.Add(number)) return;
        var parent = _state.Breach(number)!.Value;
        var stage = _state.Job(parent).Stage;
        var why = stage switch
        {
            JobStage.Refused => "was refused by the budget",
            JobStage.Cancelled => "was cancelled",
            _ => "failed",
        };
        var failure = JobState.NothingSent(_state.Plan(parent).Definition.Name, why);
        Record(stage == JobStage.Cancelled
            ? new JobEvents.JobCancelled(number, Now, failure)
            : new JobEvents.JobFailed(number, Now, failure));
    }

    private string ForParent(int parent)
    {
        var name = _state.Plan(parent).Definition.Name;
        return _state.Job(parent).Stage switch
        {
            JobStage.InDoubt => $"'{name}', which is in doubt: a person decides",
            JobStage.Overdue => $"'{name}', which is overdue",
            _ => $"'{name}', whose output it needs",
        };
    }

    private sealed class DeskEnded : INoSerializationVerificationNeeded
    {
        public static readonly DeskEnded Instance = new();
    }
}
