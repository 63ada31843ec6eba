using AtlasActors.Polling;
using Xunit;

namespace AtlasActors.Tests.Polling;

/// <summary>What learned polls come to, beside the best possible and the tutorial's, over thousands of drawn generation times.</summary>
public class LearnedPollsSpecs
{
    private const int Many = 5000;

    private static readonly double Usual = PollPolicy.UsualPrice.TotalSeconds;

    [Fact]
    public void The_tutorial_s_way_takes_six_polls_and_finds_a_minute_s_job_fourteen_seconds_late()
    {
        var (polls, delay) = PolledJobs.ByTheTutorial(new DrawnTimes(1).Take(Many, 60));

        Assert.InRange(polls, 6.2, 6.5);
        Assert.InRange(delay, 13.6, 14.2);
    }

    [Fact]
    public void Nobody_who_does_not_know_the_times_can_do_better_than_3_1_polls_and_5_4_s()
    {
        var (polls, delay) = PolledJobs.By(DrawnTimes.Limit(60, Usual), new DrawnTimes(1).Take(Many, 60));

        Assert.InRange(polls, 3.0, 3.15);
        Assert.InRange(delay, 5.3, 5.6);
    }

    [Fact]
    public void After_50_jobs_at_most_3_2_polls_find_a_job_within_6_s()
    {
        var (polls, delay) = After50(Usual, 60);

        Assert.InRange(polls, 0, 3.2);
        Assert.InRange(delay, 0, 6);
    }

    [Fact]
    public void After_50_jobs_at_most_5_6_polls_find_a_job_within_3_1_s_where_a_poll_is_cheaper()
    {
        var (polls, delay) = After50(0.54, 60);

        Assert.InRange(polls, 0, 5.6);
        Assert.InRange(delay, 0, 3.1);
    }

    [Theory]
    [InlineData(15, 2)]
    [InlineData(15, 0.6)]
    [InlineData(60, 2)]
    [InlineData(60, 0.6)]
    [InlineData(90, 2)]
    [InlineData(90, 0.6)]
    public void Slow_models_and_fast_ones_are_within_15_percent_of_the_limit_after_50_jobs(double median, double price)
    {
        var (polls, delay) = After50(price, median);

        Assert.InRange(delay + (price * polls), 0, 1.15 * LimitOf(median, price));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(0.5)]
    [InlineData(3)]
    public void When_a_model_s_times_change_it_is_back_within_25_percent_of_the_limit_after_30_jobs(double factor)
    {
        List<(double Polls, double Delay)> seen = [];
        for (var seed = 1; seed <= 20; seed++)
        {
            var (jobs, times) = (new PolledJobs(Usual), new DrawnTimes(seed));
            jobs.Run(times.Take(100, 60));
            jobs.Run(times.Take(30, 60 * factor));
            jobs.HasLearned = true;
            seen.Add(jobs.Run(times.Take(Many / 5, 60 * factor)));
        }

        Assert.InRange(
            seen.Average(run => run.Delay) + (Usual * seen.Average(run => run.Polls)), 0, 1.25 * LimitOf(60 * factor, Usual));
    }

    [Fact]
    public void A_model_that_stays_the_same_is_not_forgotten()
    {
        var (jobs, times) = (new PolledJobs(Usual), new DrawnTimes(3));
        jobs.Run(times.Take(2000, 60));

        var (polls, delay) = jobs.Run(times.Take(Many, 60));

        Assert.InRange(delay + (Usual * polls), 0, 1.08 * LimitOf(60, Usual));
    }

    [Fact]
    public void Without_history_polls_start_at_half_of_the_typical_time()
    {
        var plan = PollSchedule.Unlearned(PollPolicy.Default, TimeSpan.FromSeconds(60));

        Assert.Equal([30, 35, 42.5, 53.75], plan.Times.Take(4));
        Assert.Equal(TimeSpan.FromSeconds(30), plan.WaitAfter(TimeSpan.FromSeconds(500), 0));
    }

    /// <summary>What a run over twenty histories of 50 jobs each comes to.</summary>
    private static (double Polls, double Delay) After50(double price, double median)
    {
        List<(double Polls, double Delay)> seen = [];
        for (var seed = 1; seed <= 20; seed++)
        {
            var (jobs, times) = (new PolledJobs(price), new DrawnTimes(seed));
            jobs.Run(times.Take(50, median));
            jobs.HasLearned = true;
            seen.Add(jobs.Run(times.Take(Many / 5, median)));
        }
        return (seen.Average(run => run.Polls), seen.Average(run => run.Delay));
    }

    private static double LimitOf(double median, double price)
    {
        var (polls, delay) = PolledJobs.By(DrawnTimes.Limit(median, price), new DrawnTimes(1).Take(Many, median));
        return delay + (price * polls);
    }
}
