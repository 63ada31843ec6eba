namespace AtlasActors.BatchFiles;

/// <summary>
/// What is found while a file is read. A place is blamed once for the same thing, to however many jobs an alias
/// brings it.
/// </summary>
internal sealed class Findings
{
    private readonly HashSet<(int Line, int Column, string Message)> _said = [];
    private readonly List<FileFault> _faults = [];
    private readonly List<FileFault> _warnings = [];

    /// <summary>While rows of a <c>foreach</c> are read: how what is found in them is told.</summary>
    public RowFindings? Rows { get; set; }

    public bool HasFaults => _faults.Count > 0;

    public IReadOnlyList<FileFault> Faults => InOrder(_faults);

    public IReadOnlyList<FileFault> Warnings => InOrder(_warnings);

    public void Fault(FileNode node, string path, string message, string? hint = null) =>
        Add(_faults, new FileFault(node.Line, node.Column, path, message, hint));

    public void Fault(MapEntry entry, string path, string message, string? hint = null) =>
        Add(_faults, new FileFault(entry.Line, entry.Column, path, message, hint));

    public void Fault(FileFault fault) => Add(_faults, fault);

    public void Warn(FileNode node, string path, string message, string? hint = null) =>
        Add(_warnings, new FileFault(node.Line, node.Column, path, message, hint));

    /// <summary>The faults so far, which are no longer held after that.</summary>
    public IReadOnlyList<FileFault> TakeFaults()
    {
        if (_faults.Count == 0)
            return [];
        var taken = _faults.ToArray();
        _faults.Clear();
        return taken;
    }

    private void Add(List<FileFault> list, FileFault found)
    {
        var told = Rows is null ? found : Rows.Tell(found, isWarning: list == _warnings);
        if (told is not null && _said.Add((told.Line, told.Column, told.Message)))
            list.Add(told);
    }

    // The sort is stable: faults of one place stay in the order in which they were found.
    private static FileFault[] InOrder(List<FileFault> found) =>
        [.. found.OrderBy(fault => fault.File is not null).ThenBy(fault => fault.Line).ThenBy(fault => fault.Column)];
}
