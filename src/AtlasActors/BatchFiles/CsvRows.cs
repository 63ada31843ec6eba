using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace AtlasActors.BatchFiles;

/// <summary>
/// Rows of a CSV file: RFC 4180, in UTF-8, with commas, semicolons or tabs between the cells. The first row names the
/// columns. One row at a time is held.
/// </summary>
internal sealed class CsvRows : IRows
{
    // Stands where bytes are not UTF-8: Unicode has no such character, so that it is found again in the row.
    private const char NotText = '\uFFFF';
    private const string SaveAs = "save the file as UTF-8, in Excel as 'CSV UTF-8'";
    private const string Quotes =
        "a cell with a quote in it stands in quotes, and the quote is doubled: \"a 5\"\" pipe\"";

    /// <summary>More blank lines in a row than this are no file of rows.</summary>
    private const int MostBlankLines = 100_000;

    private static readonly char[] Separators = [',', ';', '\t'];

    private readonly ShortRowReader _reader;
    private readonly CsvParser _parser;
    private int _rows;
    private string? _badCell;
    private bool _isOver;

    private CsvRows(string name, Stream stream)
    {
        Name = name;
        var utf8 = Encoding.GetEncoding(
            "utf-8", EncoderFallback.ReplacementFallback, new DecoderReplacementFallback(NotText.ToString()));
        _reader = new ShortRowReader(new StreamReader(stream, utf8, detectEncodingFromByteOrderMarks: false));
        _parser = new CsvParser(_reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Mode = CsvMode.RFC4180,
            DetectDelimiter = true,
            GetDelimiter = start => Separator(start.Text),
            // Blank lines are left out here, where they still count as lines.
            IgnoreBlankLines = false,
            BadDataFound = bad => _badCell ??= bad.Field,
        });
    }

    public string Name { get; }

    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>Opens a file and reads the names of its columns.</summary>
    public static RowsOpening Open(string path, string name)
    {
        CsvRows? rows = null;
        try
        {
            if (Directory.Exists(path))
                return new RowsOpening(null, $"{name}: is a folder, not a file");
            rows = new CsvRows(name, new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            if (rows.ReadHeader() is not { } fault)
                return new RowsOpening(rows);
            rows.Dispose();
            return new RowsOpening(null, $"{fault.Place}: {fault.Message}", fault.Hint);
        }
        catch (Exception e) when (FileText.Explain(e) is { } why)
        {
            rows?.Dispose();
            return new RowsOpening(null, $"{name}: {why.Message}", why.Hint);
        }
    }

    public RowRead? Next()
    {
        var read = _isOver ? null : ReadLine();
        if (read is not Row row || row.Cells.Count == Columns.Count)
            return read;
        var (has, names) = (Count(row.Cells.Count, "cell"), Count(Columns.Count, "column"));
        return new BadRow(
            row.Place, $"has {has}, and the first line names {names}",
            row.Cells.Count > Columns.Count ? "a cell with the separator in it needs quotes" : null);
    }

    public void Dispose()
    {
        _parser.Dispose();
        _reader.Dispose();
    }

    private BadRow? ReadHeader()
    {
        var read = ReadLine();
        if (read is not Row header)
            return read as BadRow ?? new BadRow(Name, "the file is empty", "its first line names the columns");
        Columns = [.. header.Cells.Select(cell => ((ScalarNode)cell).Text.Trim())];
        _rows = 0;
        var named = Columns.Where(column => column.Length > 0).ToArray();
        if (named.Length == 0)
            return new BadRow(header.Place, "no column has a name", "the first line names the columns");
        return named.GroupBy(column => column).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? new BadRow(header.Place, $"two columns are called '{Shown.Short(twice.Key)}'")
            : null;
    }

    // The next line that is not blank, with as many cells as it has.
    private RowRead? ReadLine()
    {
        var line = _parser.RawRow + 1;
        try
        {
            for (var blank = 0; blank <= MostBlankLines; blank++, line = _parser.RawRow + 1)
            {
                _reader.BeginRow();
                if (!_parser.Read())
                    return null;
                if (_parser.Count > 1 || _parser[0].Length > 0 || _parser.RawRecord.AsSpan().Trim("\r\n").Length > 0)
                    return RowAt($"{Name}:{line}");
            }
            _isOver = true;
            return new BadRow($"{Name}:{line}", $"more than {MostBlankLines} blank lines in a row");
        }
        catch (Exception e) when (e is IOException or InvalidDataException or CsvHelperException)
        {
            _isOver = true;
            return new BadRow(
                $"{Name}:{line}", FileText.Explain(e)?.Message ?? e.Message, e is InvalidDataException ? Quotes : null);
        }
    }

    private RowRead RowAt(string place)
    {
        _badCell = null;
        var cells = new FileNode[_parser.Count];
        for (var i = 0; i < cells.Length; i++)
            cells[i] = Cell(_parser[i]);
        // Zeros are what UTF-16 and files of other kinds have.
        if (cells.Any(cell => ((ScalarNode)cell).Text.AsSpan().ContainsAny('\0', NotText)))
            return new BadRow(place, "is not UTF-8", SaveAs);
        if (_badCell is null)
            return new Row(place, ++_rows, cells);
        return _badCell.StartsWith('"') && _badCell.Count(c => c == '"') % 2 == 1
            ? new BadRow(place, "a quote that is never closed", Quotes)
            : new BadRow(place, $"a quote inside of the cell '{Shown.Short(_badCell)}'", Quotes);
    }

    // CSV has no types. What is a number, true or false just as JSON writes it may be sent as one; 007 is text.
    private static ScalarNode Cell(string text)
    {
        var plain = new ScalarNode(0, 0, text, IsPlain: true);
        var isValue = CoreSchema.KindOf(plain) switch
        {
            ScalarKind.WholeNumber or ScalarKind.Number => CoreSchema.JsonNumber(text) == text,
            ScalarKind.Boolean => text is "true" or "false",
            _ => false,
        };
        return isValue ? plain : plain with { IsPlain = false };
    }

    // A comma in the first line decides; where it has none, a semicolon, then a tab.
    private static string Separator(string start)
    {
        var (inQuotes, found) = (false, new HashSet<char>());
        foreach (var c in start)
        {
            if (c == '"')
                inQuotes = !inQuotes;
            else if (!inQuotes && c is '\n' or '\r')
                break;
            else if (!inQuotes)
                found.Add(c);
        }

        return Separators.FirstOrDefault(found.Contains, ',').ToString();
    }

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
