using AtlasActors.Polling;
using Xunit;

namespace AtlasActors.Tests.Polling;

public class PollPlannerSpecs
{
    private static readonly TimeDistribution AMinute = TimeDistribution.LogNormal(60, 0.3);

    [Fact]
    public void No_single_poll_of_a_plan_can_be_moved_or_left_out_to_advantage()
    {
        var plan = PollPlanner.Plan(AMinute, 2, 0.5, 1000).Times;
        var best = Cost(plan);

        for (var poll = 0; poll < plan.Count - 1; poll++)
        {
            foreach (var moved in new[] { 0.93, 0.97, 1.03, 1.07 })
                Assert.True(Cost([.. plan.Select((at, place) => place == poll ? at * moved : at)]) > best - 0.005);
            Assert.True(Cost([.. plan.Where((_, place) => place != poll)]) > best - 0.005);
        }
    }

    [Fact]
    public void A_dearer_poll_makes_fewer_of_them()
    {
        var counts = new[] { 0.2, 0.5, 1.0, 2.0, 5.0 }.Select(price => PollPlanner.Plan(AMinute, price, 0.5, 1000).Times.Count).ToList();

        Assert.Equal(counts.OrderDescending(), counts);
        Assert.True(counts[0] > 2 * counts[^1]);
    }

    [Fact]
    public void Waits_between_polls_are_no_shorter_than_the_least_and_no_longer_than_the_longest()
    {
        var dense = PollPlanner.Plan(TimeDistribution.LogNormal(2, 0.1), 0.001, 0.5, 30).Times;
        Assert.All(Waits(dense).SkipLast(1), wait => Assert.True(wait >= 0.5, $"{wait} s"));

        var sparse = PollPlanner.Plan(TimeDistribution.LogNormal(600, 1), 1000, 0.5, 30);
        for (var elapsed = sparse.WaitAfter(TimeSpan.Zero, 0); elapsed < TimeSpan.FromHours(5); elapsed += sparse.WaitAfter(elapsed, 0))
            Assert.True(sparse.WaitAfter(elapsed, 0).TotalSeconds is >= 0.5 and <= 30, $"{sparse.WaitAfter(elapsed, 0)} after {elapsed}");
    }

    [Fact]
    public void Whoever_is_not_done_when_all_others_are_is_asked_after_for_ever()
    {
        var plan = PollPlanner.Plan(AMinute, 2, 0.5, 30);
        var elapsed = TimeSpan.Zero;
        for (var poll = 0; poll < 1000; poll++)
        {
            var wait = plan.WaitAfter(elapsed, 0.3);
            Assert.InRange(wait.TotalSeconds, poll == 0 ? 0 : 0.5, poll == 0 ? 60 : 30);
            elapsed += wait;
        }
        Assert.True(elapsed > TimeSpan.FromHours(8));
    }

    [Fact]
    public void A_poll_that_came_late_is_not_followed_at_once_by_the_next()
    {
        var plan = new PollPlan([40, 50, 60, 70], 30);

        Assert.Equal(TimeSpan.FromSeconds(6), plan.WaitAfter(TimeSpan.FromSeconds(54), 0));
        Assert.Equal(TimeSpan.FromSeconds(14), plan.WaitAfter(TimeSpan.FromSeconds(56), 0));
        Assert.Equal(TimeSpan.FromSeconds(30), plan.WaitAfter(TimeSpan.FromSeconds(90), 0));
    }

    [Fact]
    public void Jobs_that_were_submitted_together_are_not_asked_after_together()
    {
        const int jobs = 1000;
        var plan = PollPlanner.Plan(AMinute, 2, 0.5, 30);
        var times = new DrawnTimes(4).Take(jobs, 60);
        var perSecond = new SortedDictionary<int, int>();
        for (var job = 1; job <= jobs; job++)
        {
            var (at, phase) = (TimeSpan.Zero, PollSchedule.PhaseOf(job));
            while (at.TotalSeconds < times[job - 1])
            {
                at += plan.WaitAfter(at, phase);
                perSecond[(int)at.TotalSeconds] = perSecond.GetValueOrDefault((int)at.TotalSeconds) + 1;
            }
        }

        // From the first poll to the time by which nearly all are done. All in one phase, it is a third of them in one second.
        var (first, last) = (perSecond.Keys.First(), (int)AMinute.Quantile(0.95));
        var mean = perSecond.Where(second => second.Key <= last).Sum(second => second.Value) / (double)(last - first + 1);
        Assert.InRange(perSecond.Values.Max(), mean, 3 * mean);
    }

    private static IEnumerable<double> Waits(IReadOnlyList<double> times) => times.Skip(1).Zip(times, (later, sooner) => later - sooner);

    /// <summary>Expected delay and polls of fixed poll times, in small steps over the distribution.</summary>
    private static double Cost(IReadOnlyList<double> polls)
    {
        const int steps = 20_000;
        var cost = 0.0;
        for (var step = 0; step < steps; step++)
        {
            var time = AMinute.Quantile((step + 0.5) / steps);
            var made = 1 + polls.Count(at => at < time);
            var found = polls.FirstOrDefault(at => at >= time, polls[^1] + 30);
            cost += (found - time + (2 * made)) / steps;
        }
        return cost;
    }
}
