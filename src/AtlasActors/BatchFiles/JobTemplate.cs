namespace AtlasActors.BatchFiles;

/// <summary>
/// A job under a <c>foreach</c>: its texts are looked through once, and each row makes a job of it in which only what
/// has columns is new.
/// </summary>
internal sealed class JobTemplate
{
    // Left out when their cell is empty, these would be called missing, and nobody would look into the row.
    private static readonly string[] NeverLeftOut = ["name", "type", "model", "prompt"];

    // Two nodes that look alike are two.
    private static readonly ReferenceEqualityComparer OfNodes = ReferenceEqualityComparer.Instance;

    private readonly MapNode _job;
    private readonly IRows _rows;
    private readonly Findings _findings;
    private readonly Dictionary<FileNode, (ColumnText Text, string Path)> _texts = new(OfNodes);
    private readonly HashSet<FileNode> _around = new(OfNodes);
    private readonly HashSet<(int Line, int Column)> _broken = [];

    /// <summary>Looks through a job; the findings hear of texts that name columns which are not there.</summary>
    public JobTemplate(MapNode job, string path, IRows rows, Findings findings)
    {
        (_rows, _findings) = (rows, findings);
        _job = new MapNode(job.Line, job.Column, [.. job.Entries.Where(entry => entry.Key != ForeachSection.Key)]);
        foreach (var entry in _job.Entries)
            Search(entry.Value, NodePath.Key(path, entry.Key));
    }

    /// <summary>Where texts with columns stand.</summary>
    public IEnumerable<(int Line, int Column)> Texts => _texts.Keys.Select(node => (node.Line, node.Column));

    /// <summary>Where something stands that cannot be filled, of which nothing more is to be said.</summary>
    public IReadOnlySet<(int Line, int Column)> Broken => _broken;

    /// <summary>The job of a row.</summary>
    public MapNode Fill(Row row) => WithEntries(_job, entry =>
        Filled(entry.Value, row, isSent: entry.Key == "params")
        ?? (NeverLeftOut.Contains(entry.Key) ? Empty(entry.Value) : null));

    private static ScalarNode Empty(FileNode at) => new(at.Line, at.Column, "", IsPlain: false);

    private static MapNode WithEntries(MapNode map, Func<MapEntry, FileNode?> valueOf)
    {
        var entries = new List<MapEntry>(map.Entries.Count);
        foreach (var entry in map.Entries)
        {
            var value = valueOf(entry);
            if (value is not null)
                entries.Add(ReferenceEquals(value, entry.Value) ? entry : entry with { Value = value });
        }

        return new MapNode(map.Line, map.Column, entries);
    }

    // A text that is one column, and the cell empty, leaves its key or its place in a list away.
    private FileNode? Filled(FileNode node, Row row, bool isSent)
    {
        if (_texts.TryGetValue(node, out var found))
        {
            if (found.Text.Misfit(row, _rows.Columns) is { } misfit)
                _findings.Fault(node, found.Path, misfit);
            var filled = found.Text.Fill(row, isSent);
            return found.Text.IsColumn && string.IsNullOrWhiteSpace(filled.Text) ? null : filled;
        }

        return !_around.Contains(node)
            ? node
            : node is ListNode list
                ? new ListNode(list.Line, list.Column,
                    [.. list.Items.Select(item => Filled(item, row, isSent)).OfType<FileNode>()])
                : WithEntries((MapNode)node, entry => Filled(entry.Value, row, isSent));
    }

    // Whether there are columns somewhere in this.
    private bool Search(FileNode node, string path)
    {
        switch (node)
        {
            case ScalarNode scalar when scalar.Text.AsSpan().ContainsAny('{', '}'):
                return SearchText(scalar, path);
            case MapNode { Entries: [{ Key: var key, Value: ScalarNode { Text: "", IsPlain: true } }] }
                when IsColumn(key):
                // YAML reads width: {width} as a map with a key and no value.
                _findings.Fault(node, path, $"{{{key}}} stands without quotes", $"write \"{{{key}}}\"");
                _broken.Add((node.Line, node.Column));
                break;
            case MapNode map:
                foreach (var entry in map.Entries)
                    Search(node, entry.Value, NodePath.Key(path, entry.Key));
                break;
            case ListNode list:
                for (var i = 0; i < list.Items.Count; i++)
                    Search(node, list.Items[i], NodePath.Item(path, i));
                break;
        }

        return _around.Contains(node);
    }

    private void Search(FileNode around, FileNode node, string path)
    {
        if (Search(node, path))
            _around.Add(around);
    }

    private bool SearchText(ScalarNode node, string path)
    {
        if (ColumnText.Parse(node, path, _rows, _findings) is { } text)
            _texts[node] = (text, path);
        else
            _broken.Add((node.Line, node.Column));
        return _texts.ContainsKey(node);
    }

    private bool IsColumn(string name) => name == ColumnText.RowNumber || _rows.Columns.Contains(name);
}
