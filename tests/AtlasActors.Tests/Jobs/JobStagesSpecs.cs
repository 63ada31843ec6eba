using AtlasActors.Batches;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Jobs;

/// <summary>Which stages are ends stands in one place, and whoever counts ends counts these.</summary>
public class JobStagesSpecs
{
    public static TheoryData<JobStage> Stages => [.. Enum.GetValues<JobStage>()];

    [Fact]
    public void The_ends_are_those_that_the_lifecycle_names() => Assert.Equal(
        [JobStage.Succeeded, JobStage.Failed, JobStage.InDoubt, JobStage.Refused, JobStage.Cancelled], JobStages.Ends);

    [Theory]
    [MemberData(nameof(Stages))]
    public void A_job_in_a_stage_and_a_batch_of_such_jobs_count_it_alike(JobStage stage)
    {
        var counts = new Dictionary<JobStage, int> { [stage] = 3 };
        var view = new BatchView(
            BatchId.Parse("b1"), "a.yaml", "f", "https://x", BatchPhase.Idle, null, null, Some.Time, 3, counts, null!, []);

        Assert.Equal(stage.IsEnd() ? 3 : 0, view.Ended);
        Assert.Equal(stage.IsEnd(), new JobState { Stage = stage }.HasEnded);
    }
}
