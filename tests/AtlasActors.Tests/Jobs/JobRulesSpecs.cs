using AtlasActors.Atlas;
using AtlasActors.Costs;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using Xunit;
using static AtlasActors.Jobs.JobEvents;

namespace AtlasActors.Tests.Jobs;

public class JobRulesSpecs
{
    private static readonly JobDefinition Job = Some.Image();
    private static readonly AtlasFailure Trouble = new("It did not work.");
    private static readonly DateTimeOffset Now = Some.Time;

    private static JobState Submitting { get; } =
        new JobState { Since = Now, NotBefore = Now }.Apply(new SubmissionStarted(1, 1, Now, Job.Price));

    private static JobState Generating { get; } = Submitting.Apply(new PredictionAccepted(1, Now, "p1", null));

    [Fact]
    public void An_accepted_submission_generates_under_its_prediction()
    {
        var after = Submit(new SubmitAnswer.Accepted(new Prediction("p1", "https://x/p1"), null));

        Assert.Equal(JobStage.Generating, after.Stage);
        Assert.Equal(new Prediction("p1", "https://x/p1"), after.Prediction);
        Assert.Equal(Job.Price, after.SumOf(MoneyStatus.Reserved));
    }

    [Fact]
    public void A_call_that_a_stop_forestalled_is_begun_and_never_sent()
    {
        var after = Submitting.Apply(new SubmissionRefused(1, Now, RefusalReason.Stopped, Trouble, Now));

        Assert.Equal((JobStage.Queued, 1, 1, 0), (after.Stage, after.Submissions, after.NeverSent, after.Refusals));
        Assert.Equal(Usd.Zero, after.SumOf(MoneyStatus.Reserved));
    }

    [Fact]
    public void A_429_costs_no_attempt_and_no_money()
    {
        var after = Submit(new SubmitAnswer.RateLimited(Trouble, null));

        Assert.Equal((JobStage.Queued, 0, 1), (after.Stage, after.Failures, after.Refusals));
        Assert.Equal(Now.AddSeconds(4), after.NotBefore);
        Assert.Equal(Usd.Zero, after.SumOf(MoneyStatus.Reserved) + after.Charged + after.SumOf(MoneyStatus.InDoubt));
    }

    [Fact]
    public void A_429_that_says_when_is_believed() => Assert.Equal(
        Now.AddSeconds(17), Submit(new SubmitAnswer.RateLimited(Trouble, TimeSpan.FromSeconds(17))).NotBefore);

    [Theory]
    [InlineData(10, 10)]
    [InlineData(0.5, 1)]
    public void An_API_that_is_down_is_left_alone_for_the_longer_of_two_waits(double asked, double waited) => Assert.Equal(
        Now.AddSeconds(waited), Submit(new SubmitAnswer.NotTaken(Trouble, TimeSpan.FromSeconds(asked))).NotBefore);

    [Fact]
    public void An_endless_429_ends_the_job_after_its_limit()
    {
        var state = Submitting with { Refusals = Some.Settings.RefusalLimit };

        Assert.IsType<JobFailed>(JobRules.AfterSubmit(state, Job, new SubmitAnswer.RateLimited(Trouble, null), Some.Settings, Now));
    }

    [Fact]
    public void A_lost_answer_leaves_the_job_in_doubt_and_its_money_possibly_spent()
    {
        var after = Submit(new SubmitAnswer.Unknown(Trouble));

        Assert.Equal(JobStage.InDoubt, after.Stage);
        Assert.Equal(Job.Price, after.SumOf(MoneyStatus.InDoubt));
    }

    [Fact]
    public void A_lost_answer_is_submitted_again_only_where_the_file_says_so()
    {
        var job = Job with { Policy = Job.Policy with { OnUnknownSubmit = UnknownSubmit.Resubmit } };

        var after = Submitting.Apply(JobRules.AfterSubmit(Submitting, job, new SubmitAnswer.Unknown(Trouble), Some.Settings, Now));

        Assert.Equal(JobStage.Queued, after.Stage);
        Assert.Equal(Job.Price, after.SumOf(MoneyStatus.InDoubt));
    }

    [Fact]
    public void Bad_parameters_are_final_at_once()
    {
        var after = Submit(new SubmitAnswer.Rejected(Trouble));

        Assert.Equal((JobStage.Failed, Usd.Zero), (after.Stage, after.SumOf(MoneyStatus.Reserved)));
    }

    [Fact]
    public void The_reported_charge_replaces_the_estimate()
    {
        var after = Poll(new PollAnswer.Completed(["https://cdn/x.png"], 0.03m));

        Assert.Equal((JobStage.Downloading, new Usd(0.03m), Usd.Zero), (after.Stage, after.Charged, after.SumOf(MoneyStatus.Reserved)));
    }

    [Fact]
    public void Without_a_reported_charge_the_price_table_counts() =>
        Assert.Equal(Job.Price, Poll(new PollAnswer.Completed(["https://cdn/x.png"], null)).Charged);

    [Fact]
    public void Signed_addresses_and_inline_pictures_are_not_kept() => Assert.Equal(
        ["https://cdn/x.png", "data:"],
        Poll(new PollAnswer.Completed(["https://cdn/x.png?Expires=1&Signature=s3cret", "data:image/png;base64,AAAA"], null)).Urls);

    [Fact]
    public void A_signed_address_to_ask_at_is_not_kept() =>
        Assert.Null(Submit(new SubmitAnswer.Accepted(new Prediction("p1", "https://x/p1?token=s3cret"), null)).Prediction!.PollUrl);

    [Fact]
    public void A_failed_generation_is_tried_again_twice_and_then_failed()
    {
        var state = Generating;
        foreach (var (failures, wait) in new[] { (1, 1), (2, 2) })
        {
            state = state.Apply(JobRules.AfterPoll(state, Job, new PollAnswer.Failed(Trouble, false), 0, Some.Settings, Now)!);
            Assert.Equal((JobStage.Queued, failures, Now.AddSeconds(wait)), (state.Stage, state.Failures, state.NotBefore));
            state = state.Apply(new SubmissionStarted(1, failures + 1, Now, Job.Price)).Apply(new PredictionAccepted(1, Now, "p", null));
        }

        Assert.IsType<JobFailed>(JobRules.AfterPoll(state, Job, new PollAnswer.Failed(Trouble, false), 0, Some.Settings, Now));
    }

    [Fact]
    public void Moderation_is_final_at_once() => Assert.Equal(JobStage.Failed, Poll(new PollAnswer.Failed(Trouble, true)).Stage);

    [Fact]
    public void A_poll_that_tells_nothing_changes_nothing() => Assert.Null(
        JobRules.AfterPoll(Generating, Job, new PollAnswer.Unanswered(Trouble, null), 0, Some.Settings, Now.AddSeconds(10)));

    [Fact]
    public void A_404_right_after_the_submission_changes_nothing() => Assert.Null(
        JobRules.AfterPoll(Generating, Job, new PollAnswer.NotFound(Trouble), 9, Some.Settings, Now.AddSeconds(29)));

    [Fact]
    public void A_single_404_later_changes_nothing_either() => Assert.Null(
        JobRules.AfterPoll(Generating, Job, new PollAnswer.NotFound(Trouble), 1, Some.Settings, Now.AddSeconds(40)));

    [Fact]
    public void A_prediction_that_Atlas_forgot_is_failed_and_possibly_charged()
    {
        var after = Generating.Apply(
            JobRules.AfterPoll(Generating, Job, new PollAnswer.NotFound(Trouble), 3, Some.Settings, Now.AddSeconds(40))!);

        Assert.Equal((JobStage.Failed, Job.Price), (after.Stage, after.SumOf(MoneyStatus.InDoubt)));
    }

    [Fact]
    public void Over_its_wait_a_job_is_overdue_and_keeps_its_prediction_and_reservation()
    {
        var after = Generating.Apply(
            JobRules.AfterPoll(Generating, Job, new PollAnswer.Running("processing"), 0, Some.Settings, Now.AddSeconds(300))!);

        Assert.Equal((JobStage.Overdue, "p1", Job.Price), (after.Stage, after.Prediction!.Id, after.SumOf(MoneyStatus.Reserved)));
    }

    [Fact]
    public void An_overdue_job_taken_up_again_has_its_whole_wait_again()
    {
        var later = Now.AddHours(1);
        var again = Generating.Apply(new JobFellOverdue(1, Now, Trouble)).Apply(new WaitBegunAnew(1, later));

        Assert.Equal(JobStage.Generating, again.Stage);
        Assert.Null(JobRules.Overdue(again, Job, later.AddSeconds(299)));
        Assert.NotNull(JobRules.Overdue(again, Job, later.AddSeconds(300)));
    }

    [Fact]
    public void Retry_of_a_job_that_Atlas_finished_fetches_it_and_does_not_pay_again()
    {
        var failed = Poll(new PollAnswer.Completed(["https://cdn/x.png"], null)).Apply(new JobFailed(1, Now, Trouble));

        Assert.Equal(JobStage.Downloading, failed.Apply(new JobRetried(1, Now)).Stage);
    }

    [Fact]
    public void Retry_of_a_job_whose_outputs_are_gone_makes_it_anew()
    {
        var failed = Poll(new PollAnswer.Completed(["https://cdn/x.png"], null))
            .Apply(new JobFailed(1, Now, Trouble, OutputsGone: true));

        Assert.Equal(JobStage.Queued, failed.Apply(new JobRetried(1, Now)).Stage);
        Assert.Equal(Job.Price, failed.Charged);
    }

    private static JobState Submit(SubmitAnswer answer) =>
        Submitting.Apply(JobRules.AfterSubmit(Submitting, Job, answer, Some.Settings, Now));

    private static JobState Poll(PollAnswer answer) =>
        Generating.Apply(JobRules.AfterPoll(Generating, Job, answer, 0, Some.Settings, Now)!);
}
