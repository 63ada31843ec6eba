using AtlasActors.Jobs;
using Xunit;

namespace AtlasActors.Tests.Jobs;

public class RetryScheduleSpecs
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void After_429_it_waits_4_8_16_seconds_and_a_minute_at_most() => Assert.Equal(
        [4, 8, 16, 32, 60, 60], Enumerable.Range(1, 6).Select(n => RetrySchedule.AfterRateLimit(n, Second).TotalSeconds));

    [Fact]
    public void After_a_failed_image_it_waits_1_2_4_seconds() => Assert.Equal(
        [1, 2, 4], Enumerable.Range(1, 3).Select(n => RetrySchedule.AfterFailure(MediaKind.Image, n, Second).TotalSeconds));

    [Fact]
    public void After_a_failed_video_it_waits_twice_as_long() => Assert.Equal(
        [2, 4, 8], Enumerable.Range(1, 3).Select(n => RetrySchedule.AfterFailure(MediaKind.Video, n, Second).TotalSeconds));

    [Fact]
    public void The_unit_scales_every_wait() =>
        Assert.Equal(TimeSpan.FromMilliseconds(400), RetrySchedule.AfterRateLimit(1, TimeSpan.FromMilliseconds(100)));
}
