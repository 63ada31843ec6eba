using Akka.Actor;
using AtlasActors.Batches;
using AtlasActors.Gate;
using AtlasActors.Inputs;
using static AtlasActors.Jobs.JobEvents;

namespace AtlasActors.Jobs;

/// <summary>Before a job may be submitted, Atlas must be able to fetch what it needs.</summary>
internal sealed partial class JobActor
{
    private string? _body;

    /// <summary>The job's body, with the addresses of its inputs in their places.</summary>
    private string Body => _body ?? _job.Body;

    private void Prepare()
    {
        if (_job.Inputs.Count > 0)
        {
            Waits("for its inputs to be at Atlas Cloud");
            Context.Parent.Tell(new JobReports.InputsWanted(_job.Number));
        }
        else
            SeekLeave();
    }

    private void SeekLeave()
    {
        Waits("for the gate, which lets fewer submissions through for now");
        tools.Gate.Tell(new GateCommands.RequestLeave(_leave, tools.Priority));
    }

    private void OnInputsReady(InputsReady ready)
    {
        if (State.Stage != JobStage.Queued || _recording || _body is not null) return;
        _body = BodyInputs.Fill(_job.Body, _job.Inputs, ready.Addresses);
        SeekLeave();
    }

    private void OnInputsFailed(InputsFailed failed)
    {
        if (State.Stage != JobStage.Queued || _recording || _body is not null) return;
        if (failed.Halt is { } reason)
            Context.Parent.Tell(new JobReports.TroubleForAll(reason, failed.Failure.WithRequest()));
        if (failed.Halt is null)
            Record(new JobFailed(_job.Number, Now, failed.Failure));
        else
            Context.Stop(Self);
    }
}
