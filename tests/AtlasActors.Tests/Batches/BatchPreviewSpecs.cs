using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using Xunit;
using static AtlasActors.Jobs.JobEvents;

namespace AtlasActors.Tests.Batches;

public class BatchPreviewSpecs
{
    private static readonly AtlasActors.Atlas.AtlasFailure Trouble = new("trouble");
    private static readonly BatchId Id = BatchId.Parse("b1");

    /// <summary>
    /// One has succeeded, two failed, three needs two and failed with it, four is generating, five needs four, six is queued,
    /// seven is in doubt, eight was made and cannot be fetched.
    /// </summary>
    private readonly BatchState _state = new();

    public BatchPreviewSpecs()
    {
        _state.Apply(new BatchEvents.BatchCreated(Id, Some.Time, "a.yaml", "f", "https://x", 3, null, []));
        JobDefinition[] jobs = [.. Enumerable.Range(1, 8).Select(number => Some.Image(number))];
        (jobs[2], jobs[4]) = (Needing(3, 2), Needing(5, 4));
        _state.Apply(new BatchEvents.JobsPlanned([.. jobs.Select(job => new PlannedJob(job, $"images/{job.Number}"))]));
        foreach (var number in (int[])[1, 2, 4, 7, 8])
            _state.Apply(new SubmissionStarted(number, 1, Some.Time, new Usd(0.04m)));
        _state.Apply(new SubmissionLost(7, Some.Time, Trouble, Resubmit: false));
        foreach (var number in (int[])[1, 2, 4, 8])
            _state.Apply(new PredictionAccepted(number, Some.Time, $"p{number}", null));
        foreach (var number in (int[])[1, 8])
            _state.Apply(new GenerationFinished(number, Some.Time, ["https://x/a.png"], new Usd(0.04m), true));
        _state.Apply(new JobSucceeded(1, Some.Time, []));
        foreach (var number in (int[])[2, 3, 8])
            _state.Apply(new JobFailed(number, Some.Time, Trouble));
    }

    [Theory]
    [InlineData(null, new[] { 5, 6 }, new[] { 4 })]
    [InlineData(new[] { 4 }, new int[0], new[] { 4 })]
    [InlineData(new[] { 6, 1, 6 }, new[] { 6 }, new int[0])]
    public void A_cancelling_ends_what_waits_and_leaves_what_Atlas_has_without_another_attempt(int[]? jobs, int[] ended, int[] seenThrough)
    {
        var told = Preview(BatchAction.Cancel, jobs);

        Assert.Equal(ended, told.Jobs);
        Assert.Equal(seenThrough, told.SeenThrough);
        Assert.Equal(Usd.Zero, told.Estimate);
        _state.Apply(new BatchEvents.CancellationAsked(Some.Time, jobs));
        Assert.Equal(ended, _state.In(JobStage.Cancelled));
    }

    [Theory]
    [InlineData(null, false, new[] { 2, 3, 8 }, 0.08)]
    [InlineData(null, true, new[] { 2, 3, 7, 8 }, 0.12)]
    [InlineData(new[] { 3 }, false, new int[0], 0)]
    [InlineData(new[] { 3, 2, 1 }, false, new[] { 2, 3 }, 0.08)]
    [InlineData(new[] { 7, 8 }, false, new[] { 8 }, 0)]
    public void A_retry_attempts_what_it_is_asked_for_and_pays_for_nothing_that_is_made(int[]? jobs, bool inDoubt, int[] expected, double cost)
    {
        var told = Preview(BatchAction.Retry, jobs, inDoubt);

        Assert.Equal(expected, told.Jobs);
        Assert.Equal((decimal)cost, told.Estimate.Amount);
    }

    [Fact]
    public void A_cancelled_job_is_attempted_again_only_by_name_and_with_what_it_needs()
    {
        _state.Apply(new AttemptFailed(4, Some.Time, Trouble, Some.Time));
        _state.Apply(new BatchEvents.CancellationAsked(Some.Time));

        Assert.Equal([4, 5, 6], _state.In(JobStage.Cancelled));
        Assert.DoesNotContain(Preview(BatchAction.Retry, null).Jobs, number => number is 4 or 5 or 6);
        Assert.Equal([6], Preview(BatchAction.Retry, [5, 6]).Jobs);
        Assert.Equal([4, 5], Preview(BatchAction.Retry, [5, 4]).Jobs);
    }

    [Fact]
    public void Pause_and_resume_are_about_what_is_not_submitted()
    {
        Assert.Equal([5, 6], Preview(BatchAction.Pause, null).Jobs);
        Assert.Empty(Preview(BatchAction.Resume, null).Jobs);
        _state.Apply(new BatchEvents.BatchPaused(Some.Time));
        Assert.Empty(Preview(BatchAction.Pause, null).Jobs);
        Assert.Equal((0.08m, 2), (Preview(BatchAction.Resume, null).Estimate.Amount, Preview(BatchAction.Resume, null).Jobs.Count));
    }

    private static JobDefinition Needing(int number, int parent) =>
        Some.Image(number) with { Inputs = [new JobInput("image") { Job = parent }] };

    private BatchPreview Preview(BatchAction action, int[]? jobs, bool inDoubt = false) =>
        BatchPreview.Of(_state, BatchPhase.Running, new BatchQueries.GetPreview(Id, action, jobs, inDoubt));
}
