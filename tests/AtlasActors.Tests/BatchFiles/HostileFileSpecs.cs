using AtlasActors.BatchFiles;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.BatchFiles;

/// <summary>Files that are made to take all of the memory, or never to end: each is refused with a sentence.</summary>
public sealed class HostileFileSpecs
{
    private const int Megabyte = 1024 * 1024;
    private const int Deep = 200_000;

    [Theory]
    [InlineData("a.json", "[")]
    [InlineData("a.json", "{\"a\":")]
    [InlineData("a.yaml", "[")]
    [InlineData("a.yaml", "{a: ")]
    [InlineData("a.yaml", "- ")]
    [InlineData("a.yaml", "? ")]
    [InlineData("a.yaml", "{? ")]
    [InlineData("a.yaml", "[? ")]
    [InlineData("a.yaml", "&a ")]
    [InlineData("a.yaml", "!!seq [")]
    [InlineData("a.yaml", "jobs: [")]
    public void What_is_nested_without_end_is_refused(string name, string opening)
    {
        var fault = Assert.Single(Faults(string.Concat(Enumerable.Repeat(opening, Deep)), name));

        Assert.NotEmpty(fault);
    }

    [Fact]
    public void Params_may_be_nested_and_not_without_end()
    {
        const string job = """{"name":"a","type":"image","model":"a/b","prompt":"p","params":{"x":""";
        static string Batch(int depth) => $"{{\"jobs\":[{job}{new string('[', depth)}{new string(']', depth)}}}}}]}}";

        Assert.Empty(Faults(Batch(40), "a.json"));
        Assert.Contains("more than 64 deep", Assert.Single(Faults(Batch(70), "a.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_JSON_that_are_nested_without_end_are_refused()
    {
        using var files = new RowFiles();
        files.With("[{\"sku\":" + new string('[', Deep), "rows.json");

        Assert.NotEmpty(files.Faults(RowFiles.Job.Replace("rows.csv", "rows.json", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(9, 9)]
    [InlineData(30, 2)]
    [InlineData(3, 5000)]
    public void Aliases_of_aliases_of_aliases_are_refused(int levels, int times)
    {
        var laughs = "l0: &l0 [lol, lol]\n" + string.Concat(Enumerable.Range(1, levels).Select(level =>
            $"l{level}: &l{level} [{string.Join(", ", Enumerable.Repeat($"*l{level - 1}", times))}]\n"));

        Assert.Contains(Faults(laughs, "a.yaml"), fault => fault.Contains("aliases make the file longer than 64 million characters", StringComparison.Ordinal));
    }

    [Fact]
    public void Aliases_that_lie_in_each_other_without_end_are_refused()
    {
        var steps = "l0: &l0 [lol]\n" + string.Concat(Enumerable.Range(1, 5000).Select(level => $"l{level}: &l{level} [*l{level - 1}]\n"));

        Assert.Contains(Faults(steps + "jobs: []", "a.yaml"), fault => fault.Contains("more than 64 deep", StringComparison.Ordinal));
    }

    [Fact]
    public void Merge_keys_of_merge_keys_are_refused()
    {
        var letters = new string('x', 1000);
        var maps = "m0: &m0 {" + string.Join(", ", Enumerable.Range(0, 100).Select(key => $"k{key}{letters}: v")) + "}\n"
            + string.Concat(Enumerable.Range(1, 1000).Select(level => $"m{level}: &m{level} {{<<: *m{level - 1}, x{level}: 1}}\n"));

        Assert.Contains(Faults(maps, "a.yaml"), fault => fault.Contains("aliases make the file longer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_batch_file_without_end_is_read_to_its_limit()
    {
        if (OperatingSystem.IsWindows()) return;
        using var folder = new TempFolder();
        await using var file = EndlessFile.At(folder["a.yaml"], "jobs:\n", "  - {name: a, type: image, model: a/b, prompt: p}\n");

        var reading = BatchFileReader.ReadFile(folder["a.yaml"]);

        Assert.Equal("a.yaml: is larger than 64 MB; split it into several batches", Assert.Single(reading.Faults).In("a.yaml"));
        Assert.InRange(file.Written, 63 * Megabyte, 66 * Megabyte);
    }

    [Theory]
    [InlineData("sku,colour\n", "A1,red\n", "there are more than 100000 rows, and one process holds no more")]
    [InlineData("sku,colour\n", "x", "a row of more than 1 million characters")]
    [InlineData("sku,colour\n\"", "A1,red\n", "a row of more than 1 million characters")]
    [InlineData("sku,colour\n", "\n", "more than 100000 blank lines in a row")]
    [InlineData("", "\n", "more than 100000 blank lines in a row")]
    [InlineData("", "column,", "a row of more than 1 million characters")]
    public async Task Rows_without_end_are_read_to_their_limit(string beginning, string piece, string sentence)
    {
        if (OperatingSystem.IsWindows()) return;
        using var files = new RowFiles();
        await using var rows = EndlessFile.At(Path.Combine(files.Folder, "rows.csv"), beginning, piece);

        var faults = files.Faults();

        Assert.Contains(faults, fault => fault.Contains(sentence, StringComparison.Ordinal));
        // A hundred thousand of these rows have less than a megabyte.
        Assert.InRange(rows.Written, 1, 4 * Megabyte);
    }

    private static IReadOnlyList<string> Faults(string text, string name) =>
        [.. BatchFileReader.Read(text, name).Faults.Select(fault => fault.In(name))];
}
