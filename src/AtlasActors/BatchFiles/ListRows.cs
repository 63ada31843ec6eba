namespace AtlasActors.BatchFiles;

/// <summary>
/// Rows of a list, which stands in the batch file or in a JSON file: maps, of which the first one's keys are the
/// columns, or plain values, which are the column <c>item</c>.
/// </summary>
internal sealed class ListRows : IRows
{
    private const string Item = "item";

    private static readonly ScalarNode Empty = new(0, 0, "", IsPlain: true);

    private readonly IEnumerator<FileNode> _items;
    private readonly Findings _findings;
    private readonly Func<FileNode, int, string> _place;
    private readonly Queue<BadRow> _bad = new();
    private FileNode? _first;
    private int _count;

    private ListRows(
        string name, IEnumerable<FileNode> items, Findings findings, Func<FileNode, int, string> place)
    {
        Name = name;
        _items = items.GetEnumerator();
        _findings = findings;
        _place = place;
    }

    public string Name { get; }

    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>The rows of a list in the batch file itself.</summary>
    public static RowsOpening Open(ListNode list) => Open(new ListRows(
        "the list", list.Items, new Findings(), (item, number) => $"row {number}, line {item.Line}"));

    /// <summary>The rows of a JSON file.</summary>
    public static RowsOpening OpenJson(string path, string name)
    {
        var (text, fault) = FileText.Read(path, "a file");
        if (text is null)
            return new RowsOpening(null, (fault! with { Hint = null }).In(name), fault.Hint);
        if (string.IsNullOrWhiteSpace(text))
            return new RowsOpening(null, $"{name}: the file is empty");
        var findings = new Findings();
        return Open(new ListRows(
            name, JsonTree.Items(text, findings), findings, (item, _) => $"{name}:{item.Line}:{item.Column}"));
    }

    public RowRead? Next()
    {
        if (_bad.TryDequeue(out var bad))
            return bad;
        var item = Take();
        if (_bad.TryDequeue(out bad))
            return bad;
        return item is null ? null : RowOf(item, _place(item, ++_count));
    }

    public void Dispose() => _items.Dispose();

    private static RowsOpening Open(ListRows rows)
    {
        var first = rows.Take();
        rows._first = first;
        switch (first)
        {
            case MapNode map:
                rows.Columns = [.. map.Entries.Select(entry => entry.Key)];
                return new RowsOpening(rows);
            case ScalarNode:
                rows.Columns = [Item];
                return new RowsOpening(rows);
            case null when rows._bad.TryPeek(out var bad):
                return new RowsOpening(null, $"{bad.Place}: {bad.Message}", bad.Hint);
            case null:
                return new RowsOpening(null, $"{rows.Name} has no rows");
            default:
                return new RowsOpening(
                    null, $"{rows._place(first, 1)}: wants a map of columns, or one value; {Shown.Found(first)}");
        }
    }

    // What is wrong with the text of a JSON file shows as it is read on.
    private FileNode? Take()
    {
        var item = _first;
        _first = null;
        if (item is not null)
            return item;
        item = _items.MoveNext() ? _items.Current : null;
        foreach (var fault in _findings.TakeFaults())
            _bad.Enqueue(new BadRow($"{Name}:{fault.Line}:{fault.Column}", fault.Message, fault.Hint));
        return item;
    }

    private RowRead RowOf(FileNode item, string place)
    {
        if (item is ScalarNode && Columns is [Item])
            return new Row(place, _count, [item]);
        if (item is not MapNode map)
            return new BadRow(place, $"wants {(Columns is [Item] ? "one value" : "a map")}, {Shown.Found(item)}");
        if (map.Entries.FirstOrDefault(entry => !Columns.Contains(entry.Key)) is { } unknown)
        {
            return new BadRow(
                place, $"the first row has no '{Shown.Short(unknown.Key)}'", DidYouMean.Hint(unknown.Key, Columns));
        }

        return new Row(place, _count, [.. Columns.Select(column => map.Find(column)?.Value ?? Empty)]);
    }
}
