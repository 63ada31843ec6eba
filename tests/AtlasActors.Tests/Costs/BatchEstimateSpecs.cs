using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Jobs;
using AtlasActors.Polling;
using Xunit;

namespace AtlasActors.Tests.Costs;

public class BatchEstimateSpecs
{
    private const string Flux = "black-forest-labs/flux-2-pro/text-to-image";

    // An image is done after 20 s. Polls come after 10, 15 and 22.5 s, so it lies done for 3.75 s on average.
    private static readonly TimeSpan ImageTime = TimeSpan.FromSeconds(23.75);

    [Fact]
    public void Money_is_summed_by_model_in_the_files_order_and_assumptions_are_marked()
    {
        var estimate = BatchEstimate.Of(Batch(3, Image("z/own/one", 1), Image(Flux, 0.04m), Image("z/own/one", 1)));

        Assert.Equal("2.0400", estimate.Total.ToString());
        Assert.Equal(
            [
                new ModelEstimate("z/own/one", "own/one", MediaKind.Image, 2, new Usd(2), true),
                new ModelEstimate(Flux, "flux-2-pro/text-to-image", MediaKind.Image, 1, new Usd(0.04m), false),
            ],
            estimate.ByModel);
    }

    [Theory]
    [InlineData("a/b/c", "b/c")]
    [InlineData("plain", "plain")]
    [InlineData("a/", "")]
    public void A_short_name_is_what_follows_the_first_slash(string model, string shortName) =>
        Assert.Equal(shortName, BatchEstimate.ShortName(model));

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 3, 1)]
    [InlineData(4, 3, 2)]
    [InlineData(7, 3, 3)]
    [InlineData(500, 8, 63)]
    public void Jobs_of_one_length_run_in_rounds(int jobs, int workers, int rounds) =>
        Assert.Equal(
            ImageTime * rounds,
            BatchEstimate.Of(Batch(workers, [.. Enumerable.Repeat(Image(Flux, 0.04m), jobs)])).Time);

    [Fact]
    public void A_free_slot_takes_the_next_job_of_the_file()
    {
        // Two slots: the video holds one while two images follow each other in the other.
        var batch = Batch(2, Video("bytedance/seedance-v1.5-pro/text-to-video"), Image(Flux, 0), Image(Flux, 0));

        var time = BatchEstimate.Of(batch).Time;

        // Polls come after 30, 35, 42.5, 53.75 and 70.625 s; half of the last wait is 8.4375 s.
        Assert.Equal(TimeSpan.FromSeconds(60 + 8.4375), time);
    }

    [Fact]
    public void A_batch_without_jobs_takes_no_time() => Assert.Equal(TimeSpan.Zero, BatchEstimate.Of(Batch(3)).Time);

    [Theory]
    [InlineData(MediaKind.Image, "google/veo3.1/whatever", 20)]
    [InlineData(MediaKind.Video, "bytedance/seedance-2.0/image-to-video", 60)]
    [InlineData(MediaKind.Video, "google/veo3.1-fast/text-to-video", 90)]
    [InlineData(MediaKind.Video, "openai/sora-v2/text-to-video", 120)]
    [InlineData(MediaKind.Video, "kwaivgi/kling-v3.0-pro/text-to-video", 90)]
    [InlineData(MediaKind.Video, "sora", 120)]
    public void Typical_times_are_known_by_family(MediaKind kind, string model, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), TypicalTimes.Of(kind, model));

    [Theory]
    [InlineData(5, 1.5, 30, 4, 2.5)]
    [InlineData(5, 1.5, 30, 5, 2.5)]
    [InlineData(5, 1.5, 30, 6, 3.75)]
    [InlineData(5, 1.5, 30, 600, 15)]
    [InlineData(2, 1, 30, 600, 1)]
    [InlineData(10, 2, 10, 600, 5)]
    public void A_result_lies_done_for_half_the_wait_around_its_end(
        double initial, double multiplier, double max, double generation, double delay) =>
        Assert.Equal(
            TimeSpan.FromSeconds(delay),
            TypicalTimes.NoticeDelay(
                new PollPolicy(TimeSpan.FromSeconds(initial), multiplier, TimeSpan.FromSeconds(max)) { Strategy = PollStrategy.Backoff },
                TimeSpan.FromSeconds(generation)));

    private static BatchDefinition Batch(int workers, params JobDefinition[] jobs) =>
        new("a.yaml", "out", workers, jobs, []);

    private static JobDefinition Image(string model, decimal price) => Job(MediaKind.Image, model, price);

    private static JobDefinition Video(string model) => Job(MediaKind.Video, model, 0);

    private static JobDefinition Job(MediaKind kind, string model, decimal price) =>
        new(1, "a", kind, model, "{}", new Usd(price), JobPolicy.For(kind));
}
