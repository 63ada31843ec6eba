using AtlasActors.BatchFiles;
using AtlasActors.Models;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Models;

/// <summary>The user's own file of models, over the library's.</summary>
public class ModelsFileSpecs
{
    [Fact]
    public void It_adds_a_model_like_one_that_is_known()
    {
        var model = Read("models: {me/v9: {like: google/veo3.1/text-to-video, fields: {seed: noise}}}").Find("me/v9")!;

        Assert.True(model.IsOwn);
        Assert.Equal(["4", "6", "8"], model.Field(CommonField.Duration)!.Values);
        Assert.Equal("noise", model.Field(CommonField.Seed)!.Name);
        Assert.Equal("generate_audio", model.Field(CommonField.Audio)!.Name);
    }

    [Fact]
    public void It_changes_a_model_that_is_known_and_leaves_the_others()
    {
        var catalog = Read("""
            models:
              google/veo3.1/text-to-video:
                like: google/veo3.1/text-to-video
                fields: {duration: [4, 6, 8, 10], seed: false}
                conditions: []
            """);

        var veo = catalog.Find("google/veo3.1/text-to-video")!;
        Assert.Equal(["4", "6", "8", "10"], veo.Field(CommonField.Duration)!.Values);
        Assert.Null(veo.Field(CommonField.Seed));
        Assert.Empty(veo.Conditions);
        Assert.Equal(ModelCatalog.Default.Entries.Count, catalog.Entries.Count);
        Assert.NotNull(catalog.Find("google/imagen4-ultra/text-to-image"));
    }

    [Fact]
    public void Shapes_of_its_own_and_of_the_library_can_be_taken_over_in_a_row()
    {
        var model = Read("""
            shapes:
              mine: {like: flux, fields: {seed: s}, also: [a]}
            models:
              me/one: {like: mine, also: [b], aliases: [me/uno], price: {per_image: 0.5, as_of: today}}
            """).Find("me/uno")!;

        Assert.Equal("me/one", model.Id);
        Assert.Equal("s", model.Field(CommonField.Seed)!.Name);
        Assert.Equal(SizeForm.Asterisk, model.Field(CommonField.Size)!.Form);
        Assert.Equal(["a", "b"], model.Also.TakeLast(2));
        Assert.Equal("0.5000", model.Price!.Price.Rate.ToString());
    }

    [Fact]
    public void A_batch_that_came_from_elsewhere_reads_no_models_of_this_machine()
    {
        var reading = BatchFileReader.Read("""
            models: /etc/hostname
            jobs: [{name: a, type: image, model: some/model, prompt: p}]
            """, "a.yaml");

        Assert.Equal(
            "a.yaml:1:9: models: /etc/hostname: a batch that is no file on disk can name none",
            Assert.Single(reading.Faults).In("a.yaml"));
    }

    [Theory]
    [InlineData("hello", "m.yaml:1:1: a file of models is a map with 'models', found the text 'hello'")]
    [InlineData("", "m.yaml:1:1: the file is empty; a file of models begins with 'models:'")]
    [InlineData("# none", "m.yaml:1:1: the file holds nothing; a file of models begins with 'models:'")]
    [InlineData("shapes: {}", "m.yaml:1:1: models: 'models' is missing; it is a map of ids and what each model takes")]
    [InlineData("model: {}", "m.yaml:1:1: model: unknown key 'model'; did you mean 'models'?")]
    [InlineData("models: {a/b: 3}",
        "m.yaml:1:15: models[\"a/b\"]: wants a map of like, kind, prompt, fields, conditions, also, deprecated, aliases, "
            + "price; found the number 3")]
    [InlineData("models: {a/b: {}}",
        "m.yaml:1:15: models[\"a/b\"].kind: 'kind' is missing; write 'image', 'video', 'audio' or '3d'")]
    [InlineData("models: {a/b: {kind: film}}",
        "m.yaml:1:22: models[\"a/b\"].kind: wants 'image' or 'video' or 'audio' or '3d', found the text 'film'")]
    [InlineData("models: {a/b: {like: fluxx}}",
        "m.yaml:1:15: models[\"a/b\"].like: there is no shape or model 'fluxx'; did you mean 'flux'?")]
    [InlineData("models: {a/b: {like: c/d}, c/d: {like: a/b}}",
        "m.yaml:1:15: models[\"a/b\"].like: 'c/d' is like itself in the end",
        "m.yaml:1:33: models[\"c/d\"].like: 'a/b' is like itself in the end")]
    [InlineData("models: {a/b: {kind: image, fields: {sise: size}}}",
        "m.yaml:1:38: models[\"a/b\"].fields.sise: unknown key 'sise'; did you mean 'size'?")]
    [InlineData("models: {a/b: {kind: image, fields: {size: {form: HxW}}}}",
        "m.yaml:1:51: models[\"a/b\"].fields.size.form: wants 'W*H' or 'WxH' or 'width, height', found the text 'HxW'")]
    [InlineData("models: {a/b: {kind: image, fields: {size: {values: [big]}}}}",
        "m.yaml:1:53: models[\"a/b\"].fields.size.values: 'big' is no size")]
    [InlineData("models: {a/b: {kind: video, fields: {duration: {from: 9, to: 3}}}}",
        "m.yaml:1:55: models[\"a/b\"].fields.duration.from: is more than 'to'")]
    [InlineData("models: {a/b: {kind: video, fields: {duration: {values: [soon]}}}}",
        "m.yaml:1:57: models[\"a/b\"].fields.duration.values: 'soon' is no number")]
    [InlineData("models: {a/b: {kind: video, conditions: [{when: {resolution: [4k]}}]}}",
        "m.yaml:1:42: models[\"a/b\"].conditions[1].then: 'then' is missing")]
    [InlineData("models: {a/b: {kind: video, conditions: [{when: {}, then: {duration: [8]}}]}}",
        "m.yaml:1:49: models[\"a/b\"].conditions[1].when: wants a field and a list of its values")]
    [InlineData("models: {a/b: {kind: image, price: {as_of: now}}}",
        "m.yaml:1:36: models[\"a/b\"].price: wants one of per_image, per_second, per_job")]
    [InlineData("shapes: {x: {kind: image}}\nmodels: {x: {kind: image}}",
        "m.yaml:2:10: models.x: a shape is called 'x' too")]
    public void What_is_wrong_with_it_is_told_by_line(string text, params string[] faults)
    {
        var findings = new Findings();

        Assert.Null(ModelCatalog.Read(text, "m.yaml", ModelCatalog.Default, findings));
        Assert.Equal(faults.Order(), findings.Faults.Select(fault => fault.In("m.yaml")).Order());
    }

    [Fact]
    public void A_batch_file_names_it_and_it_lies_beside_the_batch_file()
    {
        using var folder = new TempFolder();
        var batch = folder["batch.yaml"];
        File.WriteAllText(folder["mine.yaml"], "models: {a/b: {kind: image, fields: {size: {form: WxH}}}}");
        File.WriteAllText(batch, "models: mine.yaml\njobs: [{name: n, type: image, model: a/b, prompt: p}]");

        var reading = BatchFileReader.ReadFile(batch);

        Assert.Equal("""{"model":"a/b","prompt":"p","size":"1024x1024"}""", reading.Definition!.Jobs[0].Body);
    }

    [Fact]
    public void A_fault_in_it_is_told_in_its_own_name()
    {
        using var folder = new TempFolder();
        var batch = folder["batch.yaml"];
        File.WriteAllText(folder["mine.yaml"], "models:\n  a/b: {kind: film}");
        File.WriteAllText(
            batch, "models: mine.yaml\nmax_workers: 0\njobs: [{name: n, type: image, model: a/b, prompt: p}]");

        Assert.Equal(
            [
                "b.yaml:2:14: max_workers: wants a whole number from 1 to 100000, found the number 0",
                "mine.yaml:2:15: models[\"a/b\"].kind: wants 'image' or 'video' or 'audio' or '3d', found the text 'film'",
            ],
            BatchFileReader.ReadFile(batch).Faults.Select(fault => fault.In("b.yaml")));
    }

    [Fact]
    public void One_that_is_not_there_is_a_fault_of_the_batch_file()
    {
        using var folder = new TempFolder();
        var batch = folder["batch.yaml"];
        File.WriteAllText(batch, "models: gone.yaml\njobs: [{name: n, type: image, model: a/b, prompt: p}]");

        Assert.Equal(
            ["b.yaml:1:9: models: 'gone.yaml': there is no such file"],
            BatchFileReader.ReadFile(batch).Faults.Select(fault => fault.In("b.yaml")));
    }

    private static ModelCatalog Read(string text)
    {
        var findings = new Findings();
        var catalog = ModelCatalog.Read(text, "m.yaml", ModelCatalog.Default, findings);
        Assert.Equal([], findings.Faults.Select(fault => fault.In("m.yaml")));
        return catalog!;
    }
}
