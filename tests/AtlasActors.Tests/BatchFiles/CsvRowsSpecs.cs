using System.Text;
using AtlasActors.BatchFiles;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace AtlasActors.Tests.BatchFiles;

public sealed class CsvRowsSpecs : IDisposable
{
    private readonly RowFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("a,b\n1,2\n", "1|2")]
    [InlineData("a,b\r\n1,2\r\n3,4", "1|2", "3|4")]
    [InlineData("a,b\r1,2\r", "1|2")]
    [InlineData("\uFEFFa,b\n1,2", "1|2")]
    [InlineData("a;b\n1,5;2\n", "1,5|2")]
    [InlineData("a\tb\n1,5\t2;3\n", "1,5|2;3")]
    [InlineData("a,b;c\n1,2\n", "1|2")]
    [InlineData("\"a,1\";b\n1;2\n", "1|2")]
    [InlineData("a\n1\n2\n", "1", "2")]
    [InlineData("a,b\n\n1,2\n\r\n\n3,4\n\n", "1|2", "3|4")]
    [InlineData("a,b\n\"1,\"\"x\"\"\",\"2\r\n3\"\n", "1,\"x\"|2\r\n3")]
    [InlineData("a,b\n,\n", "|")]
    [InlineData("a\n\"\"\n", "")]
    [InlineData("a,b\n 1 , 2\n", " 1 | 2")]
    [InlineData("a,b,\n1,2,\n", "1|2|")]
    [InlineData("größe,語\n雨,🌙\n", "雨|🌙")]
    public void Every_form_of_CSV_is_read(string text, params string[] rows) => Assert.Equal(rows, Cells(text));

    [Fact]
    public void Names_of_columns_are_trimmed_and_may_have_spaces() =>
        Assert.Equal(["x y"], _files.With(" Main Colour ,sku\nx y,1\n").Batch(
            RowFiles.Job.Replace("\"{sku}\"", "\"{Main Colour}\"", StringComparison.Ordinal)
                .Replace("{colour}", "{sku}", StringComparison.Ordinal)).Jobs.Select(job => job.Name));

    [Theory]
    [InlineData("", "rows.csv: the file is empty; its first line names the columns")]
    [InlineData("\n\n", "rows.csv: the file is empty; its first line names the columns")]
    [InlineData(",,\n1,2,3\n", "rows.csv:1: no column has a name; the first line names the columns")]
    [InlineData("\n\nsku, sku\n", "rows.csv:3: two columns are called 'sku'")]
    [InlineData("sku,colour\n", "rows.csv has no rows")]
    public void A_file_of_which_no_row_comes_is_told_in_a_sentence(string text, string fault) =>
        Assert.Equal(["a.yaml:2:14: jobs[1].foreach: " + fault], _files.With(text).Faults());

    [Theory]
    [InlineData("A1", "has 1 cell, and the first line names 2 columns (rows.csv:3)")]
    [InlineData("A1,a,b",
        "has 3 cells, and the first line names 2 columns (rows.csv:3); a cell with the separator in it needs quotes")]
    [InlineData("A1,5\" pipe",
        "a quote inside of the cell '5\" pipe' (rows.csv:3); a cell with a quote in it stands in quotes, "
            + "and the quote is doubled: \"a 5\"\" pipe\"")]
    [InlineData("A1,\"x", "a quote that is never closed (rows.csv:3); a cell with a quote in it stands in quotes, and "
        + "the quote is doubled: \"a 5\"\" pipe\"")]
    public void A_row_that_is_wrong_is_told_with_its_line(string row, string fault) => Assert.Equal(
        ["a.yaml:2:14: jobs[1].foreach: " + fault], _files.With($"sku,colour\nA0,red\n{row}").Faults());

    [Fact]
    public void Lines_count_as_an_editor_counts_them()
    {
        var faults = _files.With("sku,colour\r\n\r\nA1,\"two\r\nlines\"\r\n\r\n,red\r\nA2\r\n").Faults();

        Assert.Equal(
            ["a.yaml:2:14: jobs[1].foreach: has 1 cell, and the first line names 2 columns (rows.csv:7)",
                "a.yaml:3:11: jobs[1].name: 'name' is empty (rows.csv:6)"], faults);
    }

    [Theory]
    [InlineData("iso-8859-1", "rows.csv:2", false)]
    [InlineData("utf-16", "rows.csv:1", true)]
    public void Other_encodings_than_UTF_8_are_told_with_their_line(string name, string line, bool inHeader)
    {
        var text = Encoding.GetEncoding(name);
        _files.With([.. text.GetPreamble(), .. text.GetBytes("sku,colour\nA1,grün\n")]);

        Assert.Equal(
            ["a.yaml:2:14: jobs[1].foreach: " + (inHeader ? $"{line}: is not UTF-8" : $"is not UTF-8 ({line})")
                + "; save the file as UTF-8, in Excel as 'CSV UTF-8'"], _files.Faults());
    }

    [Fact]
    public void A_quote_that_is_never_closed_in_a_large_file_is_told_before_the_file_is_read()
    {
        var path = Path.Combine(_files.Folder, "rows.csv");
        using (var file = new StreamWriter(path))
        {
            file.Write("sku,colour\nA1,red\nA2,\"blue\n");
            for (var i = 0; i < 200_000; i++)
                file.Write("A3,a line of an ordinary length\n");
        }

        using var rows = CsvRows.Open(path, "rows.csv").Rows!;

        Assert.IsType<Row>(rows.Next());
        var bad = Assert.IsType<BadRow>(rows.Next());
        Assert.Equal(
            ("rows.csv:3", "a row of more than 1 million characters; is a quote never closed?"),
            (bad.Place, bad.Message));
        Assert.Null(rows.Next());
    }

    [Fact]
    public void A_row_of_a_million_characters_is_read()
    {
        var cell = new string('x', ShortRowReader.LongestRow - 3);

        Assert.Equal(["1|" + cell, "2|y"], Cells($"a,b\n1,{cell}\n2,y\n"));
    }

    [Fact]
    public void Cells_of_any_text_come_back_as_they_were() => Prop
        .ForAll(Table().ToArbitrary(), cells =>
        {
            var text = string.Concat(cells.Select(row => string.Join(',', row.Select(Quoted)) + "\r\n"));
            return Cells("a,b,c\r\n" + text).SequenceEqual(cells.Select(row => string.Join('|', row)));
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20261121, 5));

    [Fact]
    public void Random_pieces_of_CSV_are_read_or_refused_and_never_thrown_at() => Prop
        .ForAll(
            Gen.Elements(
                    "a", "b", "\"", "\"\"", ",", ";", "\t", "\n", "\r\n", "\r", " ", "\0", "\uFEFF", "語", "{a}", "#")
                .ListOf().Select(string.Concat).ToArbitrary(),
            text =>
            {
                var reading = _files.With(text).Read();
                return (reading.Definition is null) == (reading.Faults.Count > 0);
            })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20261121, 5));

    private static Gen<string[][]> Table() =>
        from rows in Gen.Choose(1, 4)
        from cells in Gen.Elements(
                "", "x", "1", "\"", ",", ";", "\n", "\r\n", "\r", " ", "{a}", "- b: c", "é🌙", "'", "\\")
            .ListOf().Select(string.Concat).ArrayOf(3).ArrayOf(rows)
        select cells;

    private static string Quoted(string cell) => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private string[] Cells(string text)
    {
        _files.With(text);
        var opening = CsvRows.Open(Path.Combine(_files.Folder, "rows.csv"), "rows.csv");
        Assert.Equal("", opening.Message);
        using var rows = opening.Rows!;
        var read = new List<string>();
        while (rows.Next() is { } row)
            read.Add(string.Join('|', Assert.IsType<Row>(row).Cells.Select(cell => ((ScalarNode)cell).Text)));
        return [.. read];
    }
}
