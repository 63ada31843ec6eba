using System.Globalization;
using AtlasActors.Host.Serving.Records;
using AtlasActors.Host.Serving.Scheduling;
using Xunit;

namespace AtlasActors.Host.Tests.Serving.Scheduling;

/// <summary>What a schedule decides on, by its policies.</summary>
public sealed class FiringPlanSpecs
{
    private static readonly DateTimeOffset Monday = At("2026-11-23T07:00Z");

    [Fact]
    public void Nothing_is_due_before_its_time() =>
        Assert.Null(Plan("0 7 * * MON", Monday.AddDays(-7), Monday.AddTicks(-1)));

    [Fact]
    public void What_is_due_fires_at_its_instant_and_not_again()
    {
        var plan = Plan("0 7 * * MON", Monday.AddDays(-7), Monday);
        Assert.Equal([new PlannedFiring(Monday, FiringState.Due)], plan!.Firings);
        Assert.Equal(Monday, plan.Cursor);
        Assert.Null(Plan("0 7 * * MON", plan.Cursor, Monday));
    }

    [Fact]
    public void A_clock_that_is_put_back_fires_nothing_again() =>
        Assert.Null(Plan("0 * * * *", Monday, Monday.AddHours(-3)));

    [Theory]
    [InlineData("once", "11-22 due")]
    [InlineData("skip", "11-22 missed")]
    [InlineData("all", "11-16 due, 11-17 due, 11-18 due, 11-19 due, 11-20 due, 11-21 due, 11-22 due")]
    public void After_a_week_of_downtime_each_policy_has_its_way(string misfire, string wanted)
    {
        var plan = Plan("0 7 * * *", At("2026-11-15T07:00Z"), At("2026-11-22T12:00Z"), OverlapPolicy.Allow, Words.Find<MisfirePolicy>(misfire)!.Value);
        Assert.Equal(wanted, Shown(plan));
        Assert.Equal(At("2026-11-22T07:00Z"), plan!.Cursor);
        Assert.All(plan.Firings, firing => Assert.NotNull(firing.Note));
    }

    [Fact]
    public void What_is_less_than_a_minute_late_was_not_missed()
    {
        var plan = Plan("0 7 * * *", Monday.AddDays(-1), Monday + FiringPlan.Grace - TimeSpan.FromTicks(1), misfire: MisfirePolicy.Skip);
        Assert.Equal([new PlannedFiring(Monday, FiringState.Due)], plan!.Firings);
    }

    [Fact]
    public void What_is_due_in_time_stands_in_for_all_that_was_missed()
    {
        var plan = Plan("0 * * * *", Monday.AddHours(-5), Monday.AddSeconds(10));
        Assert.Equal([new PlannedFiring(Monday, FiringState.Due)], plan!.Firings);
    }

    [Fact]
    public void What_is_due_in_time_fires_beside_what_is_left_out()
    {
        var plan = Plan("0 * * * *", Monday.AddHours(-5), Monday.AddSeconds(10), misfire: MisfirePolicy.Skip);
        Assert.Equal([FiringState.Missed, FiringState.Due], plan!.Firings.Select(firing => firing.State));
        Assert.Equal([Monday.AddHours(-1), Monday], plan.Firings.Select(firing => firing.Due));
    }

    [Theory]
    [InlineData("skip", "11-23 skipped")]
    [InlineData("queue", "11-23 queued")]
    [InlineData("allow", "11-23 due")]
    public void While_the_batch_before_has_not_ended_each_policy_has_its_way(string overlap, string wanted) =>
        Assert.Equal(wanted, Shown(Plan("0 7 * * MON", Monday.AddDays(-7), Monday, Words.Find<OverlapPolicy>(overlap)!.Value, unfinished: "b-1")));

    [Theory]
    [InlineData("skip", "due, skipped, skipped")]
    [InlineData("queue", "due, queued, queued")]
    [InlineData("allow", "due, due, due")]
    public void Of_several_at_one_moment_the_first_is_before_the_others(string overlap, string wanted) => Assert.Equal(
        wanted,
        string.Join(", ", Plan("0 * * * *", Monday.AddHours(-3), Monday, Words.Find<OverlapPolicy>(overlap)!.Value, MisfirePolicy.All)!.Firings
            .Select(firing => firing.State.ToString().ToLowerInvariant())));

    [Fact]
    public void Many_are_decided_on_piece_by_piece()
    {
        var (cursor, all) = (Monday.AddHours(-1), new List<DateTimeOffset>());
        while (Plan("* * * * * *", cursor, Monday, misfire: MisfirePolicy.All) is { } plan)
        {
            Assert.InRange(plan.Firings.Count, 1, FiringPlan.Most);
            all.AddRange(plan.Firings.Select(firing => firing.Due));
            cursor = plan.Cursor;
        }
        Assert.Equal(Enumerable.Range(1, 3600).Select(second => Monday.AddHours(-1).AddSeconds(second)), all);
    }

    [Fact]
    public void A_firing_has_one_id_that_no_drawn_id_looks_like()
    {
        Assert.Equal("20261123-070000z-monday-pack", Firing.IdOf("monday-pack", Monday).Value);
        Assert.Equal(Firing.IdOf("a", Monday), Firing.IdOf("a", Monday.ToOffset(TimeSpan.FromHours(1))));
        Assert.NotEqual(Firing.IdOf("a", Monday), Firing.IdOf("a", Monday.AddSeconds(1)));
        Assert.Equal(57, Firing.IdOf(new string('a', 40), Monday).Value.Length);
    }

    private static FiringPlan? Plan(
        string cron, DateTimeOffset cursor, DateTimeOffset now, OverlapPolicy overlap = OverlapPolicy.Skip,
        MisfirePolicy misfire = MisfirePolicy.Once, string? unfinished = null)
    {
        var times = CronTimes.Find(cron, "UTC")!;
        var schedule = new ScheduleSettings("s", times, "pack.yaml", "pack.yaml") { Overlap = overlap, Misfire = misfire };
        return FiringPlan.Of(times, schedule, cursor, now, unfinished);
    }

    private static string Shown(FiringPlan? plan) => string.Join(", ", plan!.Firings.Select(firing => string.Create(
        CultureInfo.InvariantCulture, $"{firing.Due:MM-dd} {firing.State.ToString().ToLowerInvariant()}")));

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
