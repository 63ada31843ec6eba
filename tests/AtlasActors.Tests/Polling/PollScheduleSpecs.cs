using AtlasActors.Polling;
using Xunit;

namespace AtlasActors.Tests.Polling;

public class PollScheduleSpecs
{
    [Fact]
    public void The_tutorials_waits_are_5_s_times_one_and_a_half_up_to_30_s()
    {
        var waits = Enumerable.Range(1, 8).Select(poll => PollSchedule.Before(poll, PollPolicy.Default).TotalSeconds);

        Assert.Equal([5, 7.5, 11.25, 16.875, 25.3125, 30, 30, 30], waits);
    }

    [Fact]
    public void The_ten_thousandth_wait_is_the_longest_and_no_overflow() =>
        Assert.Equal(TimeSpan.FromSeconds(30), PollSchedule.Before(10_000, PollPolicy.Default));

    [Fact]
    public void A_multiplier_of_one_asks_at_even_intervals() => Assert.Equal(
        TimeSpan.FromSeconds(2), PollSchedule.Before(7, new PollPolicy(TimeSpan.FromSeconds(2), 1, TimeSpan.FromSeconds(60))));
}
