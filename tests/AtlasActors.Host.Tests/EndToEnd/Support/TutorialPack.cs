using Xunit;

namespace AtlasActors.Host.Tests.EndToEnd.Support;

/// <summary>A batch file in the tutorial's own words, with names in many scripts, and what must come of it.</summary>
internal static class TutorialPack
{
    public const string Text = """
        output_dir: pipeline_output/woche 47
        max_workers: 3
        poll: {initial: 50ms, max: 100ms}

        jobs:
          - name: Bergsee bei Föhn
            type: image
            model: black-forest-labs/flux-2-pro/text-to-image
            prompt: Ein Bergsee bei Föhn, Enzian am Ufer
            width: 64
            height: 48

          - name: 雨夜的茶馆 II
            type: video
            model: bytedance/seedance-v1.5-pro/text-to-video
            prompt: 雨夜的老茶馆，屋檐滴水
            duration: 5
            resolution: 1080p

          - name: 겨울 바다 풍경
            type: image
            model: google/imagen4-ultra/text-to-image
            prompt: 눈 내리는 겨울 바다
            width: 64
            height: 64

          - name: "'s Avonds aan de IJssel – één brug!"
            type: video
            model: google/veo3.1/text-to-video
            prompt: Een brug over de IJssel bij avond
            duration: 8

          - name: 晨間市集（繁體）
            type: video
            model: openai/sora-v2/text-to-video
            prompt: 清晨的市集
            duration: 5
            resolution: 720p
        """;

    private static readonly (string Path, string Cost)[] Expected =
    [
        ("images/bergsee_bei_föhn.png", "0.0400"),
        ("videos/雨夜的茶馆_ii.mp4", "0.1100"),
        ("images/겨울_바다_풍경.png", "0.0600"),
        ("videos/s_avonds_aan_de_ijssel__één_brug.mp4", "0.2400"),
        ("videos/晨間市集繁體.mp4", "0.7500"),
    ];

    public static ResultFolder Results(string workingDirectory) => new(workingDirectory, "pipeline_output/woche 47");

    /// <summary>Holds a folder against the tutorial: paths, fields, values, and nothing else beside the files.</summary>
    public static void AssertManifestOf(ResultFolder results)
    {
        var text = results.ManifestText;
        Assert.Contains("\"total_cost\": 1.2000,", text, StringComparison.Ordinal);
        foreach (var (_, cost) in Expected)
            Assert.Contains($"\"cost\": {cost},", text, StringComparison.Ordinal);
        var manifest = results.Manifest;
        Assert.Equal((5, 5, 0), (manifest.TotalJobs, manifest.Successful, manifest.Failed));
        Assert.Equal(Expected.Length, manifest.Results.Count);
        foreach (var (entry, (path, cost)) in manifest.Results.Zip(Expected))
        {
            Assert.Equal(Path.Combine(results.FullPath, path), results.PlaceOf(entry));
            Assert.Equal(("success", null, 1), (entry.Status, entry.Error, entry.Submissions));
            Assert.Equal(cost, entry.Cost.ToString("0.0000", System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal(path.StartsWith("images", StringComparison.Ordinal) ? "image" : "video", entry.Type);
            Assert.StartsWith("http://", entry.OutputUrl, StringComparison.Ordinal);
        }
        Assert.Equal(
            Expected.Select(file => file.Path).Order(StringComparer.Ordinal),
            new[] { "images", "videos" }
                .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(results.FullPath, folder)))
                .Select(file => Path.GetRelativePath(results.FullPath, file)).Order(StringComparer.Ordinal));
        Assert.Empty(results.Leftovers);
    }
}
