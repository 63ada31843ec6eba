using AtlasActors.Atlas;
using AtlasActors.Host.Rendering;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Jobs;
using Xunit;

namespace AtlasActors.Host.Tests.Rendering;

public class AdviceSpecs
{
    [Theory]
    [InlineData("Atlas Cloud's moderation refused the job.", null, null, "change its prompt")]
    [InlineData("Something else.", 200, "1039", "change its prompt")]
    [InlineData("Nothing was sent: it needs what 'hero' makes, which failed.", null, null, "'retry' runs both")]
    [InlineData("The input /a.png is not there.", null, null, "put the file in order")]
    [InlineData("Completed, but gives no output.", 200, null, "support")]
    [InlineData("Atlas Cloud refused the job (HTTP 400).", 400, null, "'validate' with --live")]
    [InlineData("Atlas Cloud refused the job (HTTP 404).", 404, null, "model's id")]
    [InlineData("Atlas Cloud refused the job (HTTP 413).", 413, null, "upload")]
    [InlineData("Atlas Cloud refused the job (HTTP 451).", 451, null, "where you are")]
    [InlineData("The generation failed: system error.", 500, null, "'retry' makes further attempts")]
    public void Each_failure_has_something_to_be_done_about_it(string message, int? status, string? code, string advice) => Assert.Contains(
        advice,
        Advice.For(Views.Job(1, JobStage.Failed) with { PredictionId = null, Failure = new AtlasFailure(message, status, code) })!, StringComparison.Ordinal);

    [Theory]
    [InlineData(JobStage.InDoubt, "retry --in-doubt")]
    [InlineData(JobStage.Refused, "--max-cost")]
    [InlineData(JobStage.Overdue, "'resume'")]
    [InlineData(JobStage.Cancelled, "'retry' leaves it")]
    public void And_so_has_each_other_end(JobStage stage, string advice) =>
        Assert.Contains(advice, Advice.For(Views.Job(1, stage))!, StringComparison.Ordinal);

    [Fact]
    public void A_success_needs_none() => Assert.Null(Advice.For(Views.Job(1, JobStage.Succeeded)));
}
