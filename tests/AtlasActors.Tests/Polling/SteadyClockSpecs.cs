using AtlasActors.Jobs;
using AtlasActors.Polling;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Polling;

public class SteadyClockSpecs
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void It_goes_with_the_system_s_clock_until_that_is_put_back_and_then_goes_on_from_where_it_stands()
    {
        var clock = new SteadyClock();

        Assert.Equal(Some.Time, clock.At(Some.Time));
        Assert.Equal(Some.Time + (10 * Second), clock.At(Some.Time + (10 * Second)));
        Assert.Equal(Some.Time + (10 * Second), clock.At(Some.Time - TimeSpan.FromHours(5)));
        Assert.Equal(Some.Time + (13 * Second), clock.At(Some.Time - TimeSpan.FromHours(5) + (3 * Second)));
    }

    [Fact]
    public void Whatever_the_system_s_clock_does_it_is_never_put_back()
    {
        var (clock, chance, last) = (new SteadyClock(), new Random(7), DateTimeOffset.MinValue);
        for (var reading = 0; reading < 10_000; reading++)
        {
            var shown = clock.At(Some.Time + TimeSpan.FromSeconds(chance.Next(-100_000, 100_000)));
            Assert.True(shown >= last, $"{shown} after {last}");
            last = shown;
        }
    }

    [Fact]
    public void A_job_s_wait_is_as_long_as_it_was_meant_where_the_clock_was_put_back_since()
    {
        var waiting = new JobState { Since = Some.Time, NotBefore = Some.Time + (60 * Second) };

        Assert.Equal(Some.Time + (60 * Second), waiting.RunsFrom(Some.Time + Second));
        var before = Some.Time - TimeSpan.FromHours(5);
        Assert.Equal(before + (60 * Second), waiting.RunsFrom(before));
        Assert.Equal(DateTimeOffset.MinValue, new JobState().RunsFrom(Some.Time));
    }
}
