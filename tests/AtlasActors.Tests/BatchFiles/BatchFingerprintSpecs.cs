using AtlasActors.BatchFiles;
using Xunit;

namespace AtlasActors.Tests.BatchFiles;

public class BatchFingerprintSpecs
{
    private const string A = "{name: a, type: image, model: m, prompt: p}";
    private const string B = "{name: b, type: image, model: m, prompt: q}";
    private const string File = $"jobs: [{A}, {B}]";

    [Fact]
    public void It_stays_the_same_from_release_to_release() =>
        Assert.Equal("a430aa8af8472826c15964b99d4cc3764cef7b212cb8f3a72d455a1a96fdbac2", Of(File));

    [Fact]
    public void What_the_catalog_makes_of_the_fields_does_not_change_it() => Assert.Equal(
        // As releases had it that knew no models, and sent width, height, duration and resolution to all.
        "615458fa3c9ddd887220b7580fcfb6dca30c049fac348dc86c4a33cd63f82a31",
        Of("""
            jobs:
              - {name: a, type: image, model: black-forest-labs/flux-2-pro/text-to-image, prompt: p, width: 512}
              - {name: b, type: video, model: google/veo3.1/text-to-video, prompt: q, duration: 8, params: {seed: 1}}
            """));

    [Fact]
    public void A_definition_made_without_a_file_has_that_of_its_bodies() => Assert.Equal(
        Of(File), BatchFingerprint.Of(Faults.None(File) with { Fingerprint = null }));

    [Theory]
    [InlineData("output_dir: elsewhere")]
    [InlineData("max_workers: 9")]
    [InlineData("retries: 0")]
    [InlineData("poll: {initial: 1s}")]
    [InlineData("prices: {m: 7}")]
    public void How_the_jobs_are_done_does_not_change_it(string line) => Assert.Equal(Of(File), Of(line + "\n" + File));

    [Theory]
    [InlineData("name: a", "name: c")]
    [InlineData("prompt: q", "prompt: r")]
    [InlineData("model: m", "model: n")]
    [InlineData("prompt: p", "prompt: p, width: 512")]
    [InlineData("prompt: p", "prompt: p, params: {seed: 1}")]
    [InlineData("prompt: p", "prompt: p, seed: 1")]
    [InlineData("prompt: p", "prompt: p, aspect_ratio: '4:3'")]
    [InlineData("prompt: p", "prompt: p, image: 'https://x/a.png'")]
    [InlineData("name: a", "name: b")]
    [InlineData("type: image", "type: video")]
    public void What_the_jobs_ask_for_changes_it(string before, string after) =>
        Assert.NotEqual(Of(File), Of(File.Replace(before, after, StringComparison.Ordinal)));

    [Fact]
    public void The_order_of_the_jobs_changes_it() =>
        Assert.NotEqual(Of(File), Of($"jobs: [{B}, {A}]"));

    [Fact]
    public void YAML_and_JSON_that_ask_for_the_same_have_the_same() =>
        Assert.Equal(Of(File), BatchFingerprint.Of(Faults.None(
            """
            {"jobs": [{"name": "a", "type": "image", "model": "m", "prompt": "p"},
                      {"type": "image", "name": "b", "model": "m", "prompt": "q", "height": 1024}]}
            """, "b.json")));

    private static string Of(string text) => BatchFingerprint.Of(Faults.None(text));
}
