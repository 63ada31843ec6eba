using AtlasActors.Host.Tests.EndToEnd.Support;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Simulator;
using Xunit;

namespace AtlasActors.Host.Tests.EndToEnd;

/// <summary>Jobs that are made from local files and from what other jobs make, with the real program.</summary>
public sealed class ImageToVideoSpecs
{
    private const string Pack = """
        output_dir: out
        max_workers: 2
        poll: { initial: 20ms, max: 40ms }
        retry: { base_delay: 10ms }
        jobs:
          - { name: orbit, type: video, model: google/veo3.1/image-to-video, prompt: the camera circles it, duration: 4, image_from: hero }
          - { name: hero, type: image, model: black-forest-labs/flux-2-pro/text-to-image, prompt: a watch on slate, width: 64, height: 64 }
          - { name: rain, type: video, model: google/veo3.1/image-to-video, prompt: rain falls on it, duration: 4, image_from: hero }
          - { name: dusk, type: video, model: google/veo3.1/image-to-video, prompt: the sun goes down, duration: 4, image_from: hero }
        """;

    [Theory]
    [InlineData("download 1 half")]
    [InlineData("download 1 answered")]
    [InlineData("poll 4 arrived")]
    [InlineData("submission 2 arrived")]
    [InlineData("submission 2 taken")]
    [InlineData("submission 3 answered")]
    [InlineData("download 2 half")]
    public async Task Killed_after_the_image_it_pays_for_the_image_once(string moment)
    {
        await using var runs = await WatchedRuns.StartAsync(Pack);
        await runs.KillAsync(Moment.Of(moment), "run", "pack.yaml");
        await runs.FinishAsync("resume", "out");
        await runs.AssertAllIsAccountedForAsync();
        Assert.Single(runs.Seen.Submissions, prediction => prediction.Prompt == "a watch on slate");
    }

    [Fact]
    public async Task A_retry_of_a_failed_video_leaves_its_image_alone()
    {
        await using var runs = new ProgramRuns();
        await runs.WithAtlasAsync(new SimulatorOptions { Speed = 500 });
        await File.WriteAllTextAsync(runs.File("pack.yaml"), Pack.Replace("rain falls on it", "'[fail:1] rain falls on it'", StringComparison.Ordinal)
            .Replace("max_workers", "retries: 0\nmax_workers", StringComparison.Ordinal));

        var first = await runs.RunAsync("run", "pack.yaml");
        var second = await runs.RunAsync("retry", "out");

        Assert.True((first.Code, second.Code) == (3, 0), $"{first} {second}");
        Assert.Single(runs.Seen.Submissions, prediction => prediction.Prompt == "a watch on slate");
        Assert.Equal(5, runs.Seen.Submissions.Count);
    }

    [Fact]
    public async Task A_thousand_jobs_with_one_local_file_upload_it_once()
    {
        await using var runs = new ProgramRuns();
        await runs.WithAtlasAsync(new SimulatorOptions { Speed = 10_000 });
        await File.WriteAllBytesAsync(runs.File("hero.png"), [0x89, .. "PNG\r\n\u001a\n"u8, 1, 2, 3]);
        await File.WriteAllTextAsync(runs.File("pack.yaml"), $$"""
            output_dir: out
            max_workers: 64
            poll: { initial: 20ms, max: 40ms }
            jobs:
              - foreach: [{{string.Join(", ", Enumerable.Range(1, 1000).Select(n => $"{{n: {n}}}"))}}]
                name: "variant {n}"
                type: image
                model: black-forest-labs/flux-dev
                prompt: variant {n}
                image: hero.png
                width: 64
                height: 64
            """);

        var (code, output, error) = await runs.RunAsync("run", "pack.yaml", "--quiet");

        Assert.True(code == 0, $"{code}: {output} {error}");
        Assert.Equal((1, 1000), (runs.Seen.Uploads, runs.Seen.Submissions.Count));
        Assert.Equal(1000, new ResultFolder(runs.Folder, "out").Manifest.Successful);
    }

    [Fact]
    public async Task An_upload_by_hand_tells_the_address_and_what_cannot_be_one()
    {
        await using var runs = new ProgramRuns();
        await runs.WithAtlasAsync(new SimulatorOptions());
        await File.WriteAllBytesAsync(runs.File("hero.png"), [0x89, .. "PNG\r\n\u001a\n"u8, 1, 2, 3]);
        await File.WriteAllTextAsync(runs.File("notes.txt"), "nothing to see");

        var (code, output, error) = await runs.RunAsync("upload", "hero.png", "notes.txt", "gone.png");

        Assert.Equal(2, code);
        var address = new Uri(output.Trim());
        using var client = new HttpClient();
        Assert.Equal(await File.ReadAllBytesAsync(runs.File("hero.png")), await client.GetByteArrayAsync(address));
        Assert.Contains("notes.txt is no image, video or sound", error, StringComparison.Ordinal);
        Assert.Contains("gone.png is not there", error, StringComparison.Ordinal);
        Assert.Equal(1, runs.Seen.Uploads);
    }
}
