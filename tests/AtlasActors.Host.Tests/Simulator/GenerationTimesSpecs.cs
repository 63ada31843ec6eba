using AtlasActors.Simulator;
using AtlasActors.Simulator.Predictions;
using Xunit;

namespace AtlasActors.Host.Tests.Simulator;

public sealed class GenerationTimesSpecs
{
    [Theory]
    [InlineData(MediaKind.Image, "black-forest-labs/flux-2-pro/text-to-image", 10, 30)]
    [InlineData(MediaKind.Video, "bytedance/seedance-v1.5-pro/text-to-video", 30, 90)]
    [InlineData(MediaKind.Video, "google/veo3.1/text-to-video", 60, 120)]
    [InlineData(MediaKind.Video, "openai/sora-v2/text-to-video", 60, 180)]
    public void Most_generations_take_as_long_as_the_model_is_said_to(MediaKind kind, string model, int low, int high)
    {
        var seconds = Draw(new SimulatorOptions(), kind, model);

        Assert.InRange(seconds.Average(), low, high);
        Assert.InRange(seconds.Count(time => time >= low && time <= high), 650, 1000);
        Assert.True(seconds.Distinct().Count() > 900);
    }

    [Fact]
    public void The_same_seed_draws_the_same_times_and_another_seed_others()
    {
        var first = Draw(new SimulatorOptions { Seed = 7 }, MediaKind.Image, "m");

        Assert.Equal(first, Draw(new SimulatorOptions { Seed = 7 }, MediaKind.Image, "m"));
        Assert.NotEqual(first, Draw(new SimulatorOptions { Seed = 8 }, MediaKind.Image, "m"));
    }

    [Fact]
    public void Speed_divides_and_slow_multiplies_by_twenty()
    {
        var normal = GenerationTimes.Draw(new SimulatorOptions(), MediaKind.Image, "m", 1, slow: false);
        var fast = GenerationTimes.Draw(new SimulatorOptions { Speed = 20 }, MediaKind.Image, "m", 1, slow: false);
        var slow = GenerationTimes.Draw(new SimulatorOptions(), MediaKind.Image, "m", 1, slow: true);

        Assert.Equal(normal.TotalSeconds / 20, fast.TotalSeconds, 4);
        Assert.Equal(normal.TotalSeconds * 20, slow.TotalSeconds, 4);
    }

    private static List<double> Draw(SimulatorOptions options, MediaKind kind, string model) =>
        [.. Enumerable.Range(1, 1000)
            .Select(number => GenerationTimes.Draw(options, kind, model, number, slow: false).TotalSeconds)];
}
