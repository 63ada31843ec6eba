using AtlasActors.BatchFiles;
using Xunit;

namespace AtlasActors.Tests.BatchFiles;

public sealed class ForeachFaultSpecs : IDisposable
{
    private readonly RowFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("none.csv", "none.csv: there is no such file; it is looked for in <folder>")]
    [InlineData("none.json", "none.json: there is no such file; it is looked for in <folder>")]
    [InlineData("rows.xlsx", "wants a .csv or .json file, or a list; found the text 'rows.xlsx'")]
    [InlineData("rows", "wants a .csv or .json file, or a list; found the text 'rows'")]
    [InlineData("\"a\\nb.csv\"", "wants a .csv or .json file, or a list; found the text 'a b.csv'")]
    [InlineData("7", "wants a .csv or .json file, or a list; found the number 7")]
    [InlineData("''", "wants a .csv or .json file, or a list; found the text ''")]
    [InlineData("", "wants a .csv or .json file, or a list; found nothing")]
    [InlineData("{a: 1}", "wants a .csv or .json file, or a list; found a map")]
    [InlineData("[]", "the list has no rows")]
    [InlineData("[[1]]", "row 1, line 2: wants a map of columns, or one value; found a list")]
    public void A_source_that_is_none_is_told_where_it_is_named(string source, string fault)
    {
        var faults = _files.Faults(RowFiles.Job.Replace("rows.csv", source, StringComparison.Ordinal));

        Assert.Matches("^a.yaml:2:1[34]: ", Assert.Single(faults));
        Assert.EndsWith(": jobs[1].foreach: " + fault, faults[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("folder.csv")]
    [InlineData("folder.json")]
    public void A_folder_is_no_file(string name)
    {
        Directory.CreateDirectory(Path.Combine(_files.Folder, name));

        Assert.Equal(
            [$"a.yaml:2:14: jobs[1].foreach: {name}: is a folder, not a file"],
            _files.Faults(RowFiles.Job.Replace("rows.csv", name, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("", "rows.json: the file is empty")]
    [InlineData("{}", "rows.json:1:1: wants a list, found a map")]
    [InlineData("[]", "rows.json has no rows")]
    [InlineData("[{\"sku\": }]",
        "rows.json:1:10: a value is wanted here; text needs double quotes, and JSON has no comments")]
    public void A_JSON_file_of_which_no_row_comes_is_told_in_a_sentence(string text, string fault) =>
        Assert.Equal(["a.yaml:2:14: jobs[1].foreach: " + fault], FaultsOfJson(text));

    [Theory]
    [InlineData("[1]", "wants a map, found a list (rows.json:2:2)")]
    [InlineData("7", "wants a map, found the number 7 (rows.json:2:2)")]
    [InlineData("{\"sku\": \"b\", \"color\": \"red\"}",
        "the first row has no 'color' (rows.json:2:2); did you mean 'colour'?")]
    [InlineData("{\"sku\": \"b\", \"sku\": \"c\"}", "'sku' is given twice, first in line 2 (rows.json:2:15)")]
    [InlineData("{\"sku\": 'b'}",
        "a value is wanted here (rows.json:2:10); text needs double quotes, and JSON has no comments")]
    public void A_row_of_JSON_that_is_wrong_is_told_with_its_place(string row, string fault) => Assert.Equal(
        ["a.yaml:2:14: jobs[1].foreach: " + fault],
        FaultsOfJson($"[{{\"sku\": \"a\", \"colour\": \"red\"}},\n {row}]"));

    [Fact]
    public void Text_after_the_end_of_a_JSON_list_is_told() => Assert.Equal(
        ["a.yaml:2:14: jobs[1].foreach: there is more text after the end of the JSON (rows.json:2:1)"],
        FaultsOfJson("[{\"sku\": \"a\", \"colour\": \"red\"}]\nx"));

    [Fact]
    public void A_column_that_is_not_there_is_told_once_for_each_text() => Assert.Equal(
        ["a.yaml:5:13: jobs[1].prompt: there is no column 'color'; did you mean 'colour'? rows.csv has sku, colour",
            "a.yaml:5:13: jobs[1].prompt: there is no column 'x'; rows.csv has sku, colour",
            "a.yaml:7:18: jobs[1].params.a[1]: there is no column ''; rows.csv has sku, colour"],
        _files.With("sku,colour\n1,a\n2,b\n3,c\n").Faults("""
            jobs:
              - foreach: rows.csv
                name: "{sku}"
                type: image
                prompt: A {color} {x} chair
                model: m
                params: {a: ["{}"]}
            """));

    [Theory]
    [InlineData("a } b", "a '}' that belongs to no column; under 'foreach' a brace itself is written }}")]
    [InlineData("a { b", "a '{' that belongs to no column; under 'foreach' a brace itself is written {{")]
    [InlineData("a {sku {colour}", "a '{' that belongs to no column; under 'foreach' a brace itself is written {{")]
    public void A_brace_by_itself_is_told(string prompt, string fault) => Assert.Equal(
        ["a.yaml:6:13: jobs[1].prompt: " + fault],
        _files.With("sku,colour\n1,a\n2,b\n").Faults(
            RowFiles.Job.Replace("A {colour} chair", prompt, StringComparison.Ordinal)));

    [Fact]
    public void A_column_without_quotes_is_told_for_what_it_is() => Assert.Equal(
        ["a.yaml:7:12: jobs[1].width: {sku} stands without quotes; write \"{sku}\""],
        _files.With("sku,colour\n1,a\n2,b\n").Faults(RowFiles.Job + "\n    width: {sku}"));

    [Theory]
    [InlineData("{sku} chair", 17)]
    [InlineData("{sku}, {colour}", 16)]
    public void A_text_that_begins_with_a_column_and_has_no_quotes_is_told_for_what_it_is(string name, int column) =>
        Assert.Equal(
            [$"a.yaml:3:{column}: text after a closing brace; text that begins with {{ needs quotes"],
            _files.Faults(RowFiles.Job.Replace("\"{sku}\"", name, StringComparison.Ordinal)));

    [Fact]
    public void What_a_cell_is_wrong_for_is_told_with_the_row_and_what_the_job_is_wrong_in_once() => Assert.Equal(
        ["a.yaml:3:11: jobs[1].name: 'name' is empty (rows.csv:3)",
            "a.yaml:7:5: jobs[1].colour: unknown key 'colour'; what only this model takes goes under 'params'",
            "a.yaml:8:12: jobs[1].width: wants a whole number from 1 to 16384, found the text 'wide' (rows.csv:4)",
            "a.yaml:9:13: jobs[1].height: wants a whole number from 1 to 16384, found the number 0"],
        _files.With("sku,colour,w\n1,a,5\n,b,5\n3,c,wide\n").Faults(
            RowFiles.Job + "\n    colour: red\n    width: '{w}'\n    height: 0"));

    [Fact]
    public void A_fault_of_the_job_that_only_some_rows_have_is_told_with_the_first_of_them() => Assert.Equal(
        ["a.yaml:1:76: jobs[1].width: 'width' is for images, and this is a video (row 2, line 1); "
            + "a video has 'resolution'"],
        _files.Faults(
            "jobs: [{foreach: [image, video, video], name: n, type: '{item}', model: m, width: 9, prompt: p}]"));

    [Fact]
    public void A_list_in_a_cell_is_told_only_where_the_column_is_used()
    {
        const string job = "jobs: [{foreach: [{a: 1, b: [2]}], name: n, type: image, model: m, prompt: '{a}'}]";

        Assert.Empty(_files.Faults(job));
        Assert.Equal(
            ["a.yaml:1:76: jobs[1].prompt: 'b' wants one value, found a list (row 1, line 1)"],
            _files.Faults(job.Replace("{a}'", "{a} {b}'", StringComparison.Ordinal)));
    }

    [Fact]
    public void Of_many_rows_that_are_wrong_the_first_twenty_are_listed_and_the_rest_counted()
    {
        var faults = _files.With("sku,colour\n" + string.Concat(Enumerable.Repeat(",red\n", 500))).Faults();

        Assert.Equal(21, faults.Length);
        Assert.Equal("a.yaml:2:14: jobs[1].foreach: 480 more mistakes in the rows of rows.csv are not listed", faults[0]);
        Assert.Equal("a.yaml:3:11: jobs[1].name: 'name' is empty (rows.csv:2)", faults[1]);
        Assert.Equal("a.yaml:3:11: jobs[1].name: 'name' is empty (rows.csv:21)", faults[20]);
    }

    [Fact]
    public void Of_many_warnings_about_rows_the_first_twenty_are_listed_and_the_rest_counted()
    {
        var reading = _files.With("t\nimage\n" + string.Concat(Enumerable.Repeat("jingle\n", 30))).Read(
            "jobs: [{foreach: rows.csv, name: 'n {row}', type: '{t}', model: m, prompt: p}]");

        Assert.Equal(21, reading.Warnings.Count);
        Assert.Equal("10 more warnings about the rows of rows.csv are not listed", reading.Warnings[0].Message);
    }

    [Fact]
    public void More_rows_than_one_process_holds_are_refused()
    {
        _files.With("sku,colour\n" + string.Concat(Enumerable.Repeat("a,b\n", ForeachSection.MostRows + 1)));

        Assert.Equal(
            (100_000, "there are more than 100000 rows, and one process holds no more (rows.csv:100002)"),
            JobsOf("A {colour} chair"));
    }

    [Fact]
    public void Long_texts_times_many_rows_are_refused_before_the_memory_is_full()
    {
        _files.With("sku,colour\n" + string.Concat(Enumerable.Repeat("a,b\n", 1000)));

        Assert.Equal(
            (63, "the jobs of all rows come to more than 64 million characters (rows.csv:65)"),
            JobsOf(new string('x', 1 << 20) + " {colour}"));
    }

    [Fact]
    public void A_text_that_is_no_file_on_disk_reads_none_of_this_machines() => Assert.Equal(
        ["a.yaml:2:14: jobs[1].foreach: rows.csv: a batch that is no file on disk can name none; "
            + "write the list itself"],
        Faults.Of(RowFiles.Job));

    [Fact]
    public void At_the_top_of_the_file_foreach_is_out_of_place() => Assert.Equal(
        ["a.yaml:1:1: foreach: unknown key 'foreach'; it belongs in a job"],
        Faults.Of(Faults.Top("foreach: rows.csv")));

    [Fact]
    public void A_slip_in_the_word_foreach_is_recognised() => Assert.Equal(
        ["a.yaml:6:5: jobs[1].for_each: unknown key 'for_each'; did you mean 'foreach'?"],
        Faults.Of(Faults.Job("image", "for_each: a.csv")));

    [Fact]
    public void When_every_row_is_of_an_unknown_type_none_is_left() => Assert.Equal(
        ["a.yaml:1:7: jobs: every job is of an unknown type, so none is left; the types are 'image', 'video', 'audio' and '3d'"],
        _files.Faults("jobs: [{foreach: [a, b], name: n, type: song, model: m, prompt: p}]"));

    // How many jobs come before the one fault. That they are read as jobs is no matter here, and takes long.
    private (int Count, string Fault) JobsOf(string prompt)
    {
        var findings = new Findings();
        var job = JsonTree.Read($$"""{"foreach": "rows.csv", "name": "{sku}", "prompt": "{{prompt}}"}""", findings)!;
        var count = new ForeachSection(new FilePlace(_files.Folder), findings).JobsOf(job, "jobs[1]").Count();
        return (count, Assert.Single(findings.Faults).Message);
    }

    private string[] FaultsOfJson(string text) => _files.With(text, "rows.json").Faults(
        RowFiles.Job.Replace("rows.csv", "rows.json", StringComparison.Ordinal));
}
