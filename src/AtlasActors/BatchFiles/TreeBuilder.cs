namespace AtlasActors.BatchFiles;

/// <summary>
/// The file cannot be read past this place: its syntax is broken, or it is deeper or bigger than we take.
/// </summary>
internal sealed class UnreadableFileException(int line, int column, string message, string? hint = null)
    : Exception(message)
{
    public FileFault Fault { get; } = new(line, column, "", message, hint);
}

/// <summary>
/// What reading YAML and reading JSON share: where we are in the tree, how deep, and keys given twice.
/// </summary>
internal sealed class TreeBuilder(Findings findings)
{
    /// <summary>How deep lists and maps may lie in each other; more is no batch file.</summary>
    public const int MaxDepth = 64;

    private readonly Stack<string> _path = new();

    public void Enter(string step, int line, int column)
    {
        CheckDepth(1, line, column);
        _path.Push(step);
    }

    public void Leave() => _path.Pop();

    /// <summary>Whether what lies so deep in itself may stand here.</summary>
    public void CheckDepth(int depth, int line, int column)
    {
        if (_path.Count + depth > MaxDepth)
            throw new UnreadableFileException(
                line, column, $"lists and maps lie more than {MaxDepth} deep in each other");
    }

    public void Fault(int line, int column, string? key, string message, string? hint = null) =>
        findings.Fault(new FileFault(line, column, Path(key), message, hint));

    /// <summary>Adds an entry unless the map has one with its key, which is a fault.</summary>
    public void Add(List<MapEntry> entries, Dictionary<string, int> lines, MapEntry entry)
    {
        if (lines.TryAdd(entry.Key, entry.Line))
            entries.Add(entry);
        else
            Fault(
                entry.Line, entry.Column, entry.Key,
                $"'{Shown.Short(entry.Key)}' is given twice, first in line {lines[entry.Key]}");
    }

    private string Path(string? key)
    {
        var path = "";
        foreach (var step in _path.Reverse().Concat(key is null ? [] : [key]))
            path = step.StartsWith('[') ? path + step : NodePath.Key(path, step);
        return path;
    }
}
