using AtlasActors.Batches;
using AtlasActors.Host.Running;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Jobs;
using Xunit;

namespace AtlasActors.Host.Tests.Running;

public sealed class RunDecisionSpecs
{
    private const string Atlas = "https://api.atlascloud.ai/api/v1";

    private static readonly BatchView Unfinished =
        Views.Batch(BatchPhase.Idle, [Views.Done(1), Views.Job(2, JobStage.Queued)]);

    private static readonly BatchView Finished =
        Views.Batch(BatchPhase.Finished, [Views.Done(1), Views.Job(2, JobStage.Failed)]);

    [Fact]
    public void A_folder_without_a_batch_gets_one() =>
        Assert.IsType<RunDecision.Start>(RunDecision.For(null, "same", Atlas, false, "out"));

    [Fact]
    public void The_same_unfinished_batch_goes_on() =>
        Assert.Equal(new RunDecision.GoOn(Unfinished), RunDecision.For(Unfinished, "same", Atlas, false, "out"));

    [Fact]
    public void The_same_finished_batch_is_done_and_nothing_is_sent() =>
        Assert.Equal(new RunDecision.AlreadyDone(Finished), RunDecision.For(Finished, "same", Atlas, false, "out"));

    [Fact]
    public void A_batch_that_finished_with_jobs_overdue_goes_on_to_collect_them()
    {
        var late = Views.Batch(BatchPhase.Finished, [Views.Done(1), Views.Job(2, JobStage.Overdue)]);
        Assert.Equal(new RunDecision.GoOn(late), RunDecision.For(late, "same", Atlas, false, "out"));
    }

    [Fact]
    public void A_halted_batch_goes_on()
    {
        var halted = Views.Batch(
            BatchPhase.Halted, [Views.Job(1, JobStage.Queued)], HaltReason.OutOfBalance, "No balance.");
        Assert.Equal(new RunDecision.GoOn(halted), RunDecision.For(halted, "same", Atlas, false, "out"));
    }

    [Fact]
    public void An_unfinished_batch_of_another_content_is_in_the_way()
    {
        var sentence = Sentence(RunDecision.For(Unfinished, "other", Atlas, false, "my out"));
        Assert.Contains("1 of 2 done", sentence, StringComparison.Ordinal);
        Assert.Contains("atlas-actors resume 'my out'", sentence, StringComparison.Ordinal);
        Assert.Contains("--new", sentence, StringComparison.Ordinal);
        Assert.Contains("--output-dir", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_finished_batch_of_another_content_is_in_the_way() =>
        Assert.Contains(
            "--new begins a new batch", Sentence(RunDecision.For(Finished, "other", Atlas, false, "out")),
            StringComparison.Ordinal);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_rehearsal_does_not_become_the_real_thing(bool finished)
    {
        var rehearsed = (finished ? Finished : Unfinished) with { Endpoint = "simulator" };
        var sentence = Sentence(RunDecision.For(rehearsed, "same", Atlas, false, "out"));
        Assert.Contains("begun with the simulator", sentence, StringComparison.Ordinal);
        Assert.Contains(Atlas, sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("same", Atlas)]
    [InlineData("other", Atlas)]
    [InlineData("same", "simulator")]
    public void A_new_batch_begins_whatever_is_there(string fingerprint, string endpoint)
    {
        Assert.IsType<RunDecision.Start>(RunDecision.For(Unfinished, fingerprint, endpoint, true, "out"));
        Assert.IsType<RunDecision.Start>(RunDecision.For(Finished, fingerprint, endpoint, true, "out"));
    }

    private static string Sentence(RunDecision decision) => Assert.IsType<RunDecision.Refuse>(decision).Sentence;

    [Fact]
    public void What_was_on_its_way_is_told_when_a_batch_goes_on()
    {
        Assert.Null(RunDecision.Continued(Unfinished));
        Assert.Equal(
            "Continued 5 jobs: 2 polled on, 1 downloaded on, 1 overdue and asked after again, 1 without an answer from Atlas Cloud, and so in doubt.",
            RunDecision.Continued(Views.Batch(BatchPhase.Idle,
            [
                Views.Job(1, JobStage.Generating), Views.Job(2, JobStage.Generating), Views.Job(3, JobStage.Downloading),
                Views.Job(4, JobStage.Overdue), Views.Job(5, JobStage.Submitting), Views.Job(6, JobStage.Queued), Views.Done(7),
            ])));
    }
}
