using AtlasActors.Costs;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Costs;

public class ChargeScheduleSpecs
{
    private static readonly ChargeSettings Settings = ChargeSettings.Usual;

    [Fact]
    public void A_charge_is_asked_for_half_a_minute_two_and_ten_minutes_after_the_end_and_no_more()
    {
        var charge = Charge(16);
        List<double> asked = [];
        for (var due = ChargeSchedule.First(charge, Settings, Some.Time); due is { } now; due = ChargeSchedule.Next(charge, Settings, now))
            asked.Add((now - Some.Time).TotalSeconds);

        Assert.Equal([30, 120, 600], asked);
    }

    [Fact]
    public void The_jobs_of_a_batch_are_asked_after_one_by_one() => Assert.Equal(
        16, Enumerable.Range(1, 16).Select(job => ChargeSchedule.First(Charge(job), Settings, Some.Time)).Distinct().Count());

    [Fact]
    public void After_a_pause_only_the_questions_that_lie_ahead_are_asked() => Assert.Equal(
        Some.Time.AddSeconds(600), ChargeSchedule.First(Charge(16), Settings, Some.Time.AddSeconds(150)));

    [Fact]
    public void After_a_long_pause_it_is_asked_for_once()
    {
        var now = Some.Time.AddDays(3);
        var due = ChargeSchedule.First(Charge(16), Settings, now)!.Value;
        Assert.Equal(now.AddSeconds(30), due);
        Assert.Null(ChargeSchedule.Next(Charge(16), Settings, due));
    }

    [Fact]
    public void What_Atlas_has_forgotten_is_not_asked_for() =>
        Assert.Null(ChargeSchedule.First(Charge(1), Settings, Some.Time.AddDays(31)));

    private static UnpricedCharge Charge(int job) => new(job, 1, "p1", null, Some.Time);
}
