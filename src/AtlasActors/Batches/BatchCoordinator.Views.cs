using AtlasActors.Jobs;

namespace AtlasActors.Batches;

/// <summary>How the batch and its jobs are, as others are told.</summary>
internal sealed partial class BatchCoordinator
{
    private BatchView View() => BatchViews.Batch(_state, _phase, _halt, _haltMessage, Why) with
    {
        Revision = LastSequenceNr, Pause = _pause,
    };

    private JobView JobView(int number) => BatchViews.Job(_state, number, Why(number));

    private List<JobView> AllJobs() => [.. Enumerable.Range(1, _state.JobCount).Select(JobView)];

    /// <summary>One line on what a job waits for.</summary>
    private string? Why(int number)
    {
        if (_waits.GetValueOrDefault(number) is { } why) return why;
        var job = _state.Job(number);
        return job.Stage switch
        {
            JobStage.Queued when _state.IsPaused => "a person to have the paused batch go on",
            JobStage.Queued when _phase != BatchPhase.Running => "the batch to be taken up again",
            JobStage.Queued when job.NotBefore > Now =>
                FormattableString.Invariant($"its next try at {job.NotBefore:HH:mm:ss} UTC: {job.Failure?.Message}"),
            JobStage.Queued when _shelf.Contains(number) => _tooDear!.WhyNot,
            JobStage.Queued => "a slot",
            JobStage.Waiting when _state.Obstacle(number) is { } parent => ForParent(parent),
            JobStage.Overdue => "Atlas Cloud, which is slow with it",
            JobStage.InDoubt or JobStage.Refused => "a person",
            _ => null,
        };
    }
}
