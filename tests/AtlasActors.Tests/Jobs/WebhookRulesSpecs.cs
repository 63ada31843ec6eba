using AtlasActors.Atlas;
using AtlasActors.Atlas.Webhooks;
using AtlasActors.Costs;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using Xunit;
using static AtlasActors.Jobs.JobEvents;

namespace AtlasActors.Tests.Jobs;

public class WebhookRulesSpecs
{
    private static readonly DateTimeOffset Now = Some.Time;
    private static readonly Usd Price = new(0.04m);
    private static readonly AtlasFailure Trouble = new("It did not work.");
    private static readonly WebhookEvent Completed = new("p1", WebhookEnding.Completed, null);
    private static readonly WebhookEvent Failed = new("p1", WebhookEnding.Failed, null);

    private static JobState Submitting { get; } = new JobState { Since = Now, NotBefore = Now }.Apply(Started(1));

    private static JobState InDoubt { get; } = Submitting.Apply(new SubmissionLost(1, Now, Trouble, false));

    private static JobState QueuedAgain { get; } = Submitting.Apply(new SubmissionLost(1, Now, Trouble, true));

    /// <summary>Its second submission generates, its first is in doubt.</summary>
    private static JobState Again { get; } = QueuedAgain.Apply(Started(2)).Apply(new PredictionAccepted(1, Now, "p2", null));

    [Fact]
    public void A_lost_answer_leaves_no_doubt_where_the_prediction_was_named_before()
    {
        var noted = After(Submitting, Completed);
        Assert.Equal((JobStage.Submitting, "p1"), (noted.Stage, noted.Announced));

        foreach (var resubmit in new[] { false, true })
            AssertGenerates(noted.Apply(new SubmissionLost(1, Now, Trouble, resubmit)));
        AssertGenerates(noted.Apply(new SubmissionRefused(1, Now, RefusalReason.NotReached, Trouble, Now)));
    }

    [Fact]
    public void The_answer_counts_where_it_comes_after_all()
    {
        var accepted = After(Submitting, Completed).Apply(new PredictionAccepted(1, Now, "p1", "https://x/p1"));
        Assert.Equal(new Prediction("p1", "https://x/p1"), accepted.Prediction);
        Assert.Null(accepted.Announced);
    }

    [Fact]
    public void What_was_noted_of_one_submission_says_nothing_of_the_next() =>
        Assert.Null(Again.Apply(new AttemptFailed(1, Now, Trouble, Now)).Apply(Started(3)).Announced);

    [Fact]
    public void A_job_in_doubt_is_found_and_its_money_is_on_its_way_again() => AssertGenerates(After(InDoubt, Completed));

    [Fact]
    public void A_failed_one_is_found_too_and_polled_for_what_it_failed_of() => AssertGenerates(After(InDoubt, Failed));

    [Fact]
    public void A_job_that_is_queued_again_is_found_unless_somebody_is_about_to_submit_it()
    {
        AssertGenerates(After(QueuedAgain, Completed));
        AssertGenerates(After(InDoubt.Apply(new JobRetried(1, Now)), Completed));
        var settled = Assert.IsType<SubmissionSettled>(WebhookRules.After(QueuedAgain, 1, Completed, hasActor: true, 1, Now));
        Assert.Equal((JobStage.Queued, Price), (QueuedAgain.Apply(settled).Stage, QueuedAgain.Apply(settled).Charged));
    }

    [Fact]
    public void Of_an_older_submission_the_money_is_settled_and_the_job_goes_on()
    {
        var charged = After(Again, Completed);
        Assert.Equal((JobStage.Generating, "p2"), (charged.Stage, charged.Prediction!.Id));
        Assert.Equal([(1, Price, MoneyStatus.Charged), (2, Price, MoneyStatus.Reserved)], MoneyOf(charged));
        Assert.Equal([(1, Price, MoneyStatus.Released), (2, Price, MoneyStatus.Reserved)], MoneyOf(After(Again, Failed)));
        Assert.Equal(
            [(1, new Usd(0.5m), MoneyStatus.Charged), (2, Price, MoneyStatus.Reserved)],
            MoneyOf(After(Again, Completed with { Price = new Usd(0.5m) })));
        Assert.Null(WebhookRules.After(Again, 1, new WebhookEvent("p1", WebhookEnding.Unclear, null), true, 1, Now));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_estimate_is_marked_as_one(bool isReported)
    {
        var told = Completed with { Price = isReported ? new Usd(0.5m) : null };
        var settled = Assert.IsType<SubmissionSettled>(WebhookRules.After(Again, 1, told, true, 1, Now));
        Assert.Equal(isReported, settled.ChargeReported);
    }

    [Fact]
    public void Whatever_comes_twice_counts_once_in_whichever_order_it_is_written()
    {
        foreach (var (state, told) in new[] { (Submitting, Completed), (InDoubt, Completed), (Again, Completed), (Again, Failed) })
        {
            var happened = WebhookRules.After(state, 1, told, false, 1, Now)!;
            var once = state.Apply(happened);
            Assert.Null(WebhookRules.After(once, 1, told, false, 1, Now));
            // Both were decided before either was written.
            Assert.Equal(once with { Revision = 0, Money = [] }, once.Apply(happened) with { Revision = 0, Money = [] });
            Assert.Equal(MoneyOf(once), MoneyOf(once.Apply(happened)));
        }
    }

    [Fact]
    public void It_does_not_matter_whether_the_loss_or_the_finding_is_written_first()
    {
        var found = new SubmissionFound(1, 1, Now, "p1");
        AssertGenerates(Submitting.Apply(found).Apply(new SubmissionLost(1, Now, Trouble, false)));
        AssertGenerates(Submitting.Apply(new SubmissionLost(1, Now, Trouble, false)).Apply(found));
    }

    [Fact]
    public void What_has_come_to_its_end_stays_there()
    {
        var done = Submitting.Apply(new PredictionAccepted(1, Now, "p1", null))
            .Apply(new GenerationFinished(1, Now, ["https://x/a.png"], Price, false));
        foreach (var told in new[] { Completed, Failed })
            Assert.Null(WebhookRules.After(done.Apply(new JobSucceeded(1, Now, [])), 1, told, false, 1, Now));
        Assert.False(WebhookRules.IsAwaited(done, 1));
    }

    [Fact]
    public void Polls_wait_for_the_last_submission_alone()
    {
        Assert.True(WebhookRules.IsAwaited(Again, 2));
        Assert.False(WebhookRules.IsAwaited(Again, 1));
        Assert.True(WebhookRules.IsAwaited(Again.Apply(new JobFellOverdue(1, Now, Trouble)), 2));
    }

    private static SubmissionStarted Started(int submission) => new(
        1, submission, Now, Price, Token: WebhookToken.New(count => [.. Enumerable.Repeat((byte)submission, count)]));

    private static JobState After(JobState state, WebhookEvent told) =>
        state.Apply(WebhookRules.After(state, 1, told, hasActor: false, 1, Now)!);

    private static void AssertGenerates(JobState state)
    {
        Assert.Equal((JobStage.Generating, new Prediction("p1", null)), (state.Stage, state.Prediction));
        Assert.Equal([(1, Price, MoneyStatus.Reserved)], MoneyOf(state));
        Assert.Null(state.Failure);
    }

    private static IEnumerable<(int, Usd, MoneyStatus)> MoneyOf(JobState state) =>
        state.Money.Select(money => (money.Submission, money.Amount, money.Status));
}
