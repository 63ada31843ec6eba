using AtlasActors.Host.Serving.Outgoing;
using Xunit;

namespace AtlasActors.Host.Tests.Serving.Outgoing;

public sealed class DeliveryPlanSpecs
{
    private static readonly Reception Refused = new(500, "no");

    [Fact]
    public void It_is_tried_ten_times_in_the_course_of_a_day()
    {
        var waits = Enumerable.Range(1, 10).Select(tries => DeliveryPlan.WaitAfter(tries, Refused, chance: 0)).ToList();
        Assert.Equal(DeliveryPlan.Waits.Cast<TimeSpan?>().Append(null), waits);
        Assert.InRange(waits.Sum(wait => wait?.TotalHours ?? 0), 22, 24);
        Assert.Equal(waits.OfType<TimeSpan>().Order(), waits.OfType<TimeSpan>());
    }

    [Fact]
    public void A_tenth_of_a_wait_is_by_chance()
    {
        Assert.Equal(TimeSpan.FromSeconds(5.5), DeliveryPlan.WaitAfter(1, Refused, chance: 1));
        Assert.Equal(TimeSpan.FromSeconds(5.25), DeliveryPlan.WaitAfter(1, Refused, chance: 0.5));
    }

    [Fact]
    public void Who_asks_to_be_left_alone_is_but_not_for_less_than_it_would_be_and_not_for_ever()
    {
        Assert.Equal(TimeSpan.FromMinutes(7), Wait(TimeSpan.FromMinutes(7)));
        Assert.Equal(TimeSpan.FromSeconds(5), Wait(TimeSpan.FromSeconds(1)));
        Assert.Equal(TimeSpan.FromSeconds(5), Wait(TimeSpan.FromHours(-1)));
        Assert.Equal(TimeSpan.FromHours(12), Wait(TimeSpan.FromDays(365)));

        static TimeSpan? Wait(TimeSpan asked) => DeliveryPlan.WaitAfter(1, Refused with { RetryAfter = asked }, chance: 0);
    }

    [Fact]
    public void What_is_final_is_not_tried_again() =>
        Assert.Null(DeliveryPlan.WaitAfter(1, Refused with { IsFinal = true }, chance: 0));
}
