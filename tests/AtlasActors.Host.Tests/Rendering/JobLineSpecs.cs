using AtlasActors.Batches;
using AtlasActors.Host.Rendering;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Jobs;
using Xunit;

namespace AtlasActors.Host.Tests.Rendering;

public sealed class JobLineSpecs
{
    private readonly JobNews _news = new();

    [Fact]
    public void A_success_is_told_as_the_tutorial_tells_it() =>
        Assert.Equal("[OK] Hero shot -- USD0.040 -- 12.3s", JobLine.Of(Views.Done(1, "Hero shot")));

    [Fact]
    public void A_success_whose_time_nobody_knows_is_told_without_it() =>
        Assert.Equal("[OK] a -- USD0.040", JobLine.Of(Views.Job(1, JobStage.Succeeded, "a", cost: 0.04m)));

    [Theory]
    [InlineData(JobStage.Failed, "[FAIL] a -- blocked by moderation")]
    [InlineData(JobStage.InDoubt, "[DOUBT] a -- blocked by moderation")]
    [InlineData(JobStage.Refused, "[BUDGET] a -- blocked by moderation")]
    [InlineData(JobStage.Overdue, "[LATE] a -- blocked by moderation")]
    [InlineData(JobStage.Cancelled, "[CANCEL] a -- blocked by moderation")]
    public void What_did_not_succeed_is_told_with_its_reason(JobStage stage, string line) =>
        Assert.Equal(line, JobLine.Of(Views.Job(1, stage, "a", error: "blocked by\nmoderation")));

    [Theory]
    [InlineData(JobStage.Failed)]
    [InlineData(JobStage.InDoubt)]
    [InlineData(JobStage.Refused)]
    [InlineData(JobStage.Overdue)]
    [InlineData(JobStage.Cancelled)]
    public void A_reason_is_never_empty(JobStage stage) =>
        Assert.Matches(@"^\[[A-Z]+\] a -- \w", JobLine.Of(Views.Job(1, stage, "a")));

    [Fact]
    public void A_skipped_job_is_told_with_its_type() =>
        Assert.Equal("[SKIP] Jingle -- unknown type 'audio'", JobLine.Of(new SkippedJob("Jingle", "audio", 3, 5)));

    [Theory]
    [InlineData(JobStage.Queued)]
    [InlineData(JobStage.Submitting)]
    [InlineData(JobStage.Generating)]
    [InlineData(JobStage.Downloading)]
    public void Before_its_end_there_is_no_line(JobStage stage) => Assert.Null(JobLine.Of(Views.Job(1, stage)));

    [Fact]
    public void An_end_is_news_once()
    {
        Assert.NotNull(_news.LineOf(Views.Done(1)));
        Assert.Null(_news.LineOf(Views.Done(1)));
    }

    [Fact]
    public void What_was_known_before_is_no_news()
    {
        _news.Known([Views.Job(1, JobStage.Failed)]);
        Assert.Null(_news.LineOf(Views.Job(1, JobStage.Failed)));
        Assert.NotNull(_news.LineOf(Views.Job(1, JobStage.Failed, attempt: 2)));
    }

    [Fact]
    public void A_job_that_went_on_and_is_late_again_is_news_again()
    {
        _news.Known([Views.Job(1, JobStage.Overdue)]);
        Assert.Null(_news.LineOf(Views.Job(1, JobStage.Generating)));
        Assert.NotNull(_news.LineOf(Views.Job(1, JobStage.Overdue)));
    }
}
