using AtlasActors.Atlas;
using AtlasActors.BatchFiles;
using AtlasActors.Models;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.BatchFiles;

public sealed class LiveChecksSpecs : IDisposable
{
    private readonly RowFiles _files = new();

    private readonly ScriptedModels _atlas = new ScriptedModels()
        .With("a/b", """
            {"required":["prompt","image"],"properties":{"prompt":{"type":"string"},"image":{"type":"string"},
             "width":{"maximum":512},"height":{},"loras":{"items":{"properties":{"scale":{"maximum":1}}}}}}
            """)
        .With("google/veo3.1/text-to-video", """
            {"properties":{"prompt":{},"duration":{"enum":[4,6]},"resolution":{"enum":["720p"]},"aspect_ratio":{}}}
            """)
        .With("bare/model", null);

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Whatever_does_not_fit_is_told_at_its_key_all_at_once()
    {
        var live = await CheckAsync("""
            jobs:
              - name: one
                type: image
                model: a/b
                prompt: p
                height: 3
                params:
                  loras: [{scale: 1}, {scale: 2}]
                  styel: x
              - name: two
                type: video
                model: google/veo3.1/text-to-video
                prompt: p
                duration: 8
            """);

        Assert.Equal(
            [
                "a.yaml:2:5: jobs[1].image: Atlas says of a/b: 'image' is missing",
                "a.yaml:2:5: jobs[1].width: Atlas says of a/b: 'width' takes at most 512, found 1024",
                "a.yaml:8:14: jobs[1].params.loras[2].scale: Atlas says of a/b: 'loras[2].scale' takes at most 1, found 2",
                "a.yaml:10:5: jobs[2].resolution: Atlas says of google/veo3.1/text-to-video: 'resolution' takes 720p, "
                    + "found '1080p'",
                "a.yaml:14:15: jobs[2].duration: Atlas says of google/veo3.1/text-to-video: 'duration' takes 4 or 6, "
                    + "found 8; did you mean 6?",
            ],
            live.Faults.Select(fault => fault.In("a.yaml")).Order(StringComparer.Ordinal).OrderBy(Line));
        Assert.Equal(
            ["a.yaml:9:14: jobs[1].params.styel: Atlas says of a/b: it has no 'styel'; it has prompt, image, width, height, loras"],
            live.Warnings.Select(warning => warning.In("a.yaml")));
        Assert.Equal([("a/b", null), ("google/veo3.1/text-to-video", null)], live.Models.Select(m => (m.Model, m.Why)));
        Assert.Null(live.NoAnswer);
    }

    [Fact]
    public async Task A_model_that_Atlas_does_not_list_is_a_fault_and_one_without_a_schema_a_warning()
    {
        var live = await CheckAsync("""
            jobs:
              - {name: a, type: image, model: a/bb, prompt: p}
              - {name: b, type: image, model: bare/model, prompt: p}
            """);

        Assert.Equal(
            ["a.yaml:2:35: jobs[1].model: Atlas lists no model 'a/bb'; did you mean 'a/b'?"],
            live.Faults.Select(fault => fault.In("a.yaml")));
        Assert.Equal(
            ["a.yaml:3:35: jobs[2].model: bare/model is not checked: Atlas publishes no schema of it"],
            live.Warnings.Select(warning => warning.In("a.yaml")));
    }

    [Fact]
    public async Task What_rows_have_in_common_is_told_once_and_of_what_differs_the_first_twenty()
    {
        _files.With("w,s\n" + string.Concat(Enumerable.Range(600, 30).Select(w => $"{w},x\n")));
        var live = await LiveChecks.CheckAsync(_files.Read("""
            jobs:
              - {foreach: rows.csv, name: 'n {row}', type: image, model: a/b, prompt: p, image: 'https://i', width: '{w}', params: {style: '{s}'}}
            """), new LiveSchemas(_atlas));

        Assert.Equal(21, live.Faults.Count);
        Assert.EndsWith("'width' takes at most 512, found 600 (rows.csv:2)", live.Faults[0].Message);
        Assert.Equal("10 more of other values are not listed", live.Faults[20].Message);
        Assert.Equal("Atlas says of a/b: it has no 'style' (rows.csv:2 and 29 more)", Assert.Single(live.Warnings).Message);
    }

    [Fact]
    public async Task The_list_and_each_schema_are_asked_for_once()
    {
        await CheckAsync("""
            jobs:
              - {name: a, type: image, model: a/b, prompt: p}
              - {name: b, type: image, model: a/b, prompt: p}
              - {name: c, type: image, model: bare/model, prompt: p}
              - {name: d, type: video, model: veo3.1/text-to-video, prompt: p}
            """);

        Assert.Equal((1, 2), (_atlas.Lists, _atlas.Schemas));
    }

    [Fact]
    public async Task Where_nobody_answers_what_could_be_checked_is_told_all_the_same()
    {
        _atlas.Schema = new FreeAnswer<string>.Unanswered(new AtlasFailure("static is down."), null);
        var live = await CheckAsync("""
            jobs:
              - {name: a, type: image, model: a/b, prompt: p}
              - {name: b, type: image, model: who/knows, prompt: p}
            """);

        Assert.Equal("static is down.", live.NoAnswer!.Message);
        Assert.Single(live.Faults);
        Assert.Equal(["static is down.", "Atlas lists no such model"], live.Models.Select(model => model.Why));
    }

    [Fact]
    public async Task A_refused_key_is_told_from_a_network_that_is_down()
    {
        _atlas.List = new FreeAnswer<IReadOnlyList<ListedModel>>.KeyRefused(new AtlasFailure("no"));

        Assert.True((await CheckAsync("jobs: [{name: a, type: image, model: a/b, prompt: p}]")).IsKeyRefused);
        _atlas.List = new FreeAnswer<IReadOnlyList<ListedModel>>.Unanswered(new AtlasFailure("no"), null);
        Assert.False((await CheckAsync("jobs: [{name: a, type: image, model: a/b, prompt: p}]")).IsKeyRefused);
    }

    [Fact]
    public async Task An_answer_that_did_not_come_is_asked_for_again()
    {
        var schemas = new LiveSchemas(_atlas);
        _atlas.List = new FreeAnswer<IReadOnlyList<ListedModel>>.Unanswered(new AtlasFailure("no"), null);
        Assert.IsType<PublishedModel.Unanswered>(await schemas.FindAsync("a/b"));

        _atlas.List = null;
        Assert.IsType<PublishedModel.Described>(await schemas.FindAsync("a/b"));
    }

    [Theory]
    [InlineData("{]", "its schema is none that can be read")]
    [InlineData("{}", "its schema is none that can be read")]
    public async Task A_schema_that_cannot_be_read_is_none(string document, string why)
    {
        _atlas.Schema = new FreeAnswer<string>.Told(document);

        Assert.Equal(why, Assert.IsType<PublishedModel.Undescribed>(await new LiveSchemas(_atlas).FindAsync("a/b")).Why);
    }

    private Task<LiveReading> CheckAsync(string text) =>
        LiveChecks.CheckAsync(BatchFileReader.Read(text, "a.yaml"), new LiveSchemas(_atlas));

    private static int Line(string fault) =>
        int.Parse(fault.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
}
