using AtlasActors.BatchFiles;
using AtlasActors.Jobs;
using Xunit;

namespace AtlasActors.Tests.BatchFiles;

public sealed class ForeachSpecs : IDisposable
{
    private const string Begin = """
        jobs:
          - foreach: [{a: 1, b: x}]
            name: n
            type: image
            model: m
            prompt:
        """;

    private readonly RowFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Each_row_of_a_CSV_file_is_a_job_in_its_order()
    {
        var jobs = _files.With("sku,colour\nA1,red\nA2,blue\n").Batch().Jobs;

        Assert.Equal([(1, "A1"), (2, "A2")], jobs.Select(job => (job.Number, job.Name)));
        Assert.Equal("""{"model":"a/b","prompt":"A blue chair","width":1024,"height":1024}""", jobs[1].Body);
    }

    [Fact]
    public void A_JSON_file_and_a_list_in_the_batch_file_make_the_same_jobs_as_CSV()
    {
        var csv = _files.With("sku,colour\nA1,red\nA2,blue\n").Batch();
        var json = _files.With("""[{"sku": "A1", "colour": "red"}, {"colour": "blue", "sku": "A2"}]""", "rows.json")
            .Batch(RowFiles.Job.Replace("rows.csv", "rows.json", StringComparison.Ordinal));
        var list = _files.Batch(RowFiles.Job.Replace(
            "rows.csv", "[{sku: A1, colour: red}, {sku: A2, colour: blue}]", StringComparison.Ordinal));

        Assert.Equal(BatchFingerprint.Of(csv), BatchFingerprint.Of(json));
        Assert.Equal(BatchFingerprint.Of(csv), BatchFingerprint.Of(list));
    }

    [Fact]
    public void A_batch_file_in_JSON_has_foreach_too() => Assert.Equal(["A1", "A2"], Names("""
        {"jobs": [{"foreach": [{"sku": "A1"}, {"sku": "A2"}], "name": "{sku}", "type": "image", "model": "m",
                   "prompt": "p"}]}
        """, "a.json"));

    [Fact]
    public void A_list_of_plain_values_is_the_column_item() => Assert.Equal(
        ["a oak", "a ash", "a 7"],
        Names("jobs:\n  - {foreach: [oak, ash, 7], name: 'a {item}', type: image, model: m, prompt: p}"));

    [Fact]
    public void Jobs_with_foreach_stand_among_others_and_all_are_numbered_through()
    {
        var jobs = _files.Batch("""
            jobs:
              - {name: first, type: image, model: m, prompt: p}
              - {foreach: [a, b], name: "{item}", type: image, model: m, prompt: p}
              - {name: last, type: video, model: m, prompt: p}
            """).Jobs;

        Assert.Equal([(1, "first"), (2, "a"), (3, "b"), (4, "last")], jobs.Select(job => (job.Number, job.Name)));
    }

    [Fact]
    public void Every_text_of_a_job_may_have_columns_and_rows_their_number()
    {
        var job = Assert.Single(_files.Batch("""
            jobs:
              - foreach: [{kind: video, model: x/y, s: 8, res: 720, tag: t, n: 3}]
                name: "{row}. {tag}"
                type: "{kind}"
                model: "{model}"
                prompt: "{tag} {tag}"
                duration: "{s}"
                resolution: "{res}p"
                retries: "{n}"
                poll: {initial: "{n}s"}
                params: {list: ["{tag}", {deep: "<{tag}>"}], "{tag}": 1}
            """).Jobs);

        Assert.Equal(("1. t", MediaKind.Video, "x/y", 3), (job.Name, job.Kind, job.Model, job.Policy.Retries));
        Assert.Equal(TimeSpan.FromSeconds(3), job.Policy.Poll.Initial);
        Assert.Equal(
            """{"model":"x/y","prompt":"t t","duration":8,"resolution":"720p","list":["t",{"deep":"<t>"}],"{tag}":1}""",
            job.Body);
    }

    [Theory]
    [InlineData("{{a}} {a} }}{{", "{a} 1 }{")]
    [InlineData("{{{a}}}", "{1}")]
    [InlineData("{ a }{b}", "1x")]
    [InlineData("{{}}", "{}")]
    public void A_doubled_brace_is_a_brace(string prompt, string sent)
    {
        var body = _files.Batch($"{Begin} \"{prompt}\"").Jobs[0].Body;

        Assert.Contains($"\"prompt\":\"{sent}\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_foreach_braces_are_what_they_are() => Assert.Equal(
        "{sku} }} {{", Faults.None("jobs: [{name: '{sku} }} {{', type: image, model: m, prompt: p}]").Jobs[0].Name);

    [Fact]
    public void A_column_called_row_comes_before_the_rows_number() =>
        Assert.Equal(["r9"], Names("jobs: [{foreach: [{row: r9}], name: '{row}', type: image, model: m, prompt: p}]"));

    [Fact]
    public void What_is_sent_as_it_stands_has_the_cells_type()
    {
        _files.With("n,zero,yes,word,big,quoted\n42,007,true,True,1e3,\"5\"\n");
        var job = _files.Batch("""
            jobs:
              - foreach: rows.csv
                name: n
                type: image
                model: m
                prompt: p
                params: {n: "{n}", zero: "{zero}", yes: "{yes}", word: "{word}", big: "{big}", quoted: "{quoted}",
                         mixed: "{n}{n}", row: "{row}"}
            """).Jobs[0];

        Assert.EndsWith(
            """n":42,"zero":"007","yes":true,"word":"True","big":1e3,"quoted":5,"mixed":"4242","row":1}""",
            job.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void In_JSON_the_value_says_itself_whether_it_is_text()
    {
        _files.With("""[{"text": "42", "number": 42, "flag": true}]""", "rows.json");

        Assert.EndsWith(
            """a":"42","b":42,"c":true}""",
            _files.Batch("""
                jobs: [{foreach: rows.json, name: n, type: image, model: m, prompt: p,
                        params: {a: "{text}", b: "{number}", c: "{flag}"}}]
                """).Jobs[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_cell_is_nothing_inside_of_a_text_and_leaves_away_what_it_stands_for_alone()
    {
        _files.With("w,style\n,\n512,soft\n");
        var jobs = _files.Batch("""
            jobs:
              - foreach: rows.csv
                name: "n {style}"
                type: image
                model: m
                prompt: "a {style} b"
                width: "{w}"
                params: {style: "{style}", list: ["{style}", "-{style}-"]}
            """).Jobs;

        Assert.Equal(
            """{"model":"m","prompt":"a  b","width":1024,"height":1024,"list":["--"]}""", jobs[0].Body);
        Assert.Equal(
            """{"model":"m","prompt":"a soft b","width":512,"height":1024,"style":"soft","list":["soft","-soft-"]}""",
            jobs[1].Body);
    }

    [Fact]
    public void A_key_that_a_later_row_of_a_list_leaves_away_is_an_empty_cell() => Assert.Equal(
        ["n1", "n"],
        Names("jobs: [{foreach: [{a: 1}, {}], name: 'n{a}', type: image, model: m, prompt: p}]"));

    [Fact]
    public void A_warning_that_is_the_same_for_all_rows_is_told_once()
    {
        var reading = _files.With("t\nimage\njingle\njingle\n").Read(
            "jobs: [{foreach: rows.csv, name: n, type: '{t}', model: m, prompt: p}]");

        Assert.Equal(2, reading.Definition!.Skipped.Count);
        Assert.Single(reading.Warnings);
    }

    [Fact]
    public void A_job_of_a_type_that_is_unknown_is_skipped_with_its_row()
    {
        var reading = _files.With("t\nimage\njingle\n").Read(
            "jobs: [{foreach: rows.csv, name: 'n {row}', type: '{t}', model: m, prompt: p}]");

        Assert.Single(reading.Definition!.Jobs);
        Assert.Equal(("n 2", "jingle"), (reading.Definition.Skipped[0].Name, reading.Definition.Skipped[0].Type));
        Assert.Equal(
            "a.yaml:1:51: jobs[1].type: 'jingle' is not a known type; the job 'n 2' is skipped (rows.csv:3); "
            + "the types are 'image', 'video', 'audio' and '3d'", Assert.Single(reading.Warnings).In("a.yaml"));
    }

    [Fact]
    public void Another_content_of_the_CSV_file_is_another_batch()
    {
        var before = BatchFingerprint.Of(_files.With("sku,colour,note\nA1,red,x\n").Batch());

        Assert.Equal(before, BatchFingerprint.Of(_files.With("sku,colour,note\nA1,red,unused\n").Batch()));
        Assert.NotEqual(before, BatchFingerprint.Of(_files.With("sku,colour,note\nA1,blue,x\n").Batch()));
        Assert.NotEqual(before, BatchFingerprint.Of(_files.With("sku,colour,note\nA1,red,x\nA2,red,x\n").Batch()));
    }

    private IEnumerable<string> Names(string batch, string name = "a.yaml") =>
        _files.Batch(batch, name).Jobs.Select(job => job.Name);
}
