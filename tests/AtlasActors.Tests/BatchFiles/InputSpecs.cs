using AtlasActors.Batches;
using AtlasActors.BatchFiles;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.BatchFiles;

public sealed class InputSpecs : IDisposable
{
    private const string Veo = "model: google/veo3.1/image-to-video, prompt: p";
    private const string Flux = "model: black-forest-labs/flux-2-pro/text-to-image, prompt: p";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_local_file_stands_in_the_body_as_it_is_written_and_its_place_is_known()
    {
        var path = Picture("hero.png");

        var job = Read("jobs: [{name: a, type: video, " + Veo + ", image: hero.png, last_image: 'https://x.example/z.png'}]").Jobs[0];

        Assert.Contains("\"image\":\"hero.png\"", job.Body, StringComparison.Ordinal);
        Assert.Contains("\"last_image\":\"https://x.example/z.png\"", job.Body, StringComparison.Ordinal);
        Assert.Equal([new JobInput("image") { File = path }], job.Inputs);
    }

    [Theory]
    [InlineData("xai/grok-imagine-video/image-to-video", "image: a.png", "image_url", null)]
    [InlineData("kwaivgi/kling-v3.0-pro/image-to-video", "image: https://x.example/y.png, last_image: a.png", "end_image", null)]
    [InlineData("nobody/knows-it", "images: [https://x.example/y.png, a.png]", "images", 1)]
    [InlineData("nobody/knows-it", "audio: a.wav", "audio", null)]
    public void It_is_found_in_whatever_field_the_model_takes_it(string model, string inputs, string field, int? index)
    {
        Picture("a.png");
        File.WriteAllBytes(_folder["a.wav"], [.. "RIFF\0\0\0\0WAVEfmt "u8]);

        var job = Read($"jobs: [{{name: a, type: video, model: {model}, prompt: p, {inputs}}}]").Jobs[0];

        Assert.Equal((field, index), (job.Inputs[0].Field, job.Inputs[0].Index));
        Assert.Single(job.Inputs);
    }

    [Fact]
    public void A_job_names_another_wherever_in_the_file_that_stands()
    {
        var jobs = Read($$"""
            jobs:
              - {name: clip, type: video, {{Veo}}, image_from: hero, last_image_from: end}
              - {name: hero, type: image, {{Flux}}}
              - {name: end, type: image, {{Flux}}}
              - {name: mix, type: image, model: nobody/knows-it, prompt: p, images: ['https://x.example/1.png'], images_from: [end, hero]}
            """).Jobs;

        Assert.Equal([new JobInput("image") { Job = 2 }, new JobInput("last_image") { Job = 3 }], jobs[0].Inputs);
        Assert.Equal([new JobInput("images", 1) { Job = 3 }, new JobInput("images", 2) { Job = 2 }], jobs[3].Inputs);
        Assert.Empty(jobs[1].Inputs);
    }

    [Fact]
    public void Under_a_foreach_each_row_has_its_own_maker_and_its_own_file()
    {
        Picture("1.png");
        Picture("2.png");
        var jobs = Read($$"""
            jobs:
              - {foreach: [{n: 1}, {n: 2}], name: "hero {n}", type: image, model: nobody/knows-it, prompt: p, image: "{n}.png"}
              - {foreach: [{n: 1}, {n: 2}], name: "clip {n}", type: video, {{Veo}}, image_from: "hero {n}"}
            """).Jobs;

        Assert.Equal([_folder["1.png"], _folder["2.png"]], jobs.Take(2).Select(job => job.Inputs[0].File));
        Assert.Equal([1, 2], jobs.Skip(2).Select(job => job.Inputs[0].Job!.Value));
    }

    [Theory]
    [InlineData("image: no.png", "6:12: jobs[1].image: wants a file or an address (https://…, data:… or asset://…): 'no.png' is not there; it is looked for in FOLDER")]
    [InlineData("image: .", "6:12: jobs[1].image: wants a file or an address (https://…, data:… or asset://…): '.' is a folder, and an input is a file")]
    [InlineData("image: empty.png", "6:12: jobs[1].image: wants a file or an address (https://…, data:… or asset://…): 'empty.png' is empty")]
    [InlineData("image: text.png", "6:12: jobs[1].image: wants a file or an address (https://…, data:… or asset://…): 'text.png' is no image: its first bytes are those of no PNG, JPEG, WebP, GIF, BMP, TIFF or AVIF file")]
    [InlineData("image: 'ftp://x.example/a.png'", "6:12: jobs[1].image: wants a file or an address (https://…, data:… or asset://…), found the text 'ftp://x.example/a.png'")]
    [InlineData("image_from: b", "6:17: jobs[1].image_from: no job is named 'b'")]
    [InlineData("image_from: one", "6:17: jobs[1].image_from: 'one' makes no image, and 'one' needs one")]
    [InlineData("image_from: []", "6:17: jobs[1].image_from: wants text, found a list")]
    [InlineData("images_from: []", "6:18: jobs[1].images_from: 'images_from' is empty")]
    [InlineData("image_form: b", "6:5: jobs[1].image_form: unknown key 'image_form'; did you mean 'image_from'?")]
    public void What_cannot_be_an_input_is_told_where_it_stands(string written, string fault)
    {
        File.WriteAllBytes(_folder["empty.png"], []);
        File.WriteAllText(_folder["text.png"], "no picture at all");

        Assert.Equal(
            ["a.yaml:" + fault.Replace("FOLDER", _folder.Path, StringComparison.Ordinal)], FaultsOf(Faults.Job("video", written)));
    }

    [Fact]
    public void What_the_model_is_known_not_to_take_is_a_warning()
    {
        File.WriteAllBytes(_folder["a.webp"], [.. "RIFF\0\0\0\0WEBP"u8]);
        using (var large = File.OpenWrite(Picture("large.png"))) large.SetLength(11_500_000);

        var reading = BatchFileReader.Read("""
            jobs:
              - {name: a, type: video, model: kwaivgi/kling-v3.0-pro/image-to-video, prompt: p, image: a.webp}
              - {name: b, type: video, model: kwaivgi/kling-v3.0-pro/image-to-video, prompt: p, image: large.png}
            """, "a.yaml", _folder.Path);

        Assert.Equal(
            [
                "a.yaml:2:92: jobs[1].image: kwaivgi/kling-v3.0-pro/image-to-video is known to take jpg or png files, and 'a.webp' is a webp",
                "a.yaml:3:92: jobs[2].image: kwaivgi/kling-v3.0-pro/image-to-video is known to take at most 10 MB, and 'large.png' has 11.5 MB",
            ],
            reading.Warnings.Select(warning => warning.In("a.yaml")));
        Assert.NotNull(reading.Definition);
    }

    [Fact]
    public void A_batch_that_is_no_file_on_disk_names_no_files() => Assert.Equal(
        ["a.yaml:6:12: jobs[1].image: wants a file or an address (https://…, data:… or asset://…): '/etc/passwd' is no address, and a batch that is no file on disk can name no files"],
        Faults.Of(Faults.Job("video", "image: /etc/passwd")));

    [Fact]
    public void Names_that_are_no_ones_or_many_ones_are_told_all_at_once() => Assert.Equal(
        [
            "a.yaml:3:72: jobs[2].image_from: no job is named 'hera'; did you mean 'hero'?",
            "a.yaml:4:72: jobs[3].image_from: 2 jobs are named 'twin'; give each a name of its own",
            "a.yaml:5:72: jobs[4].image_from: 'song' is skipped, because its type is unknown",
            "a.yaml:5:79: jobs[4].image: 'image_from' says this already; write one of them",
        ],
        FaultsOf("""
            jobs:
              - {name: hero, type: image, model: a/b, prompt: p}
              - {name: c1, type: video, model: nobody/any, prompt: p, image_from:  hera}
              - {name: c2, type: video, model: nobody/any, prompt: p, image_from:  twin}
              - {name: c3, type: video, model: nobody/any, prompt: p, image_from:  song,  image: 'https://x.example/1'}
              - {name: twin, type: image, model: a/b, prompt: p}
              - {name: twin, type: image, model: a/b, prompt: p}
              - {name: song, type: opera, model: a/b, prompt: p}
            """));

    [Fact]
    public void Jobs_that_wait_for_themselves_are_refused_with_the_whole_way() => Assert.Equal(
        [
            "a.yaml:2:70: jobs[1].image_from: a job cannot wait for itself: 'a' needs 'b' needs 'c' needs 'a'",
            "a.yaml:5:73: jobs[4].image_from: a job cannot wait for itself: 'self' needs 'self'",
        ],
        FaultsOf("""
            jobs:
              - {name: a, type: image, model: nobody/any, prompt: p, image_from: b}
              - {name: b, type: image, model: nobody/any, prompt: p, image_from: c}
              - {name: c, type: image, model: nobody/any, prompt: p, image_from: a}
              - {name: self, type: image, model: nobody/any, prompt: p, image_from: self}
              - {name: late, type: image, model: nobody/any, prompt: p, image_from: c}
            """));

    [Fact]
    public void A_foreach_tells_the_same_trouble_three_times_and_then_how_often_more()
    {
        var faults = FaultsOf("""
            jobs:
              - {foreach: [{n: 1}, {n: 2}, {n: 3}, {n: 4}, {n: 5}], name: "clip {n}", type: video, model: nobody/any, prompt: p, image_from: "hero {n}"}
            """);

        Assert.Equal(4, faults.Length);
        Assert.EndsWith("no job is named 'hero 3'", faults[2], StringComparison.Ordinal);
        Assert.EndsWith("2 more jobs of this foreach have trouble of this kind", faults[3], StringComparison.Ordinal);
    }

    [Fact]
    public void Another_maker_is_another_batch()
    {
        const string File = "jobs: [{name: a, type: image, model: n/a, prompt: p}, {name: b, type: image, model: n/a, prompt: p}, "
            + "{name: c, type: video, model: n/a, prompt: p, image_from: X}]";

        Assert.NotEqual(
            BatchFingerprint.Of(Read(File.Replace("X", "a", StringComparison.Ordinal))),
            BatchFingerprint.Of(Read(File.Replace("X", "b", StringComparison.Ordinal))));
    }

    private string Picture(string name)
    {
        File.WriteAllBytes(_folder[name], [0x89, .. "PNG\r\n\u001a\n"u8, 1, 2, 3]);
        return _folder[name];
    }

    private BatchDefinition Read(string text)
    {
        var reading = BatchFileReader.Read(text, "a.yaml", _folder.Path);
        Assert.Equal([], reading.Faults.Select(fault => fault.In("a.yaml")));
        return reading.Definition!;
    }

    private string[] FaultsOf(string text) =>
        [.. BatchFileReader.Read(text, "a.yaml", _folder.Path).Faults.Select(fault => fault.In("a.yaml"))];
}
