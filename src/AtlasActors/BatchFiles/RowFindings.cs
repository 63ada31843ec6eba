namespace AtlasActors.BatchFiles;

/// <summary>
/// How what is found in the rows of a <c>foreach</c> is told: with its row, and the first twenty times only. What has
/// nothing to do with the cells is told once, without a row where the first one has it; so is a warning that is the
/// same for all rows.
/// </summary>
internal sealed class RowFindings(
    IReadOnlySet<(int Line, int Column)> texts, IReadOnlySet<(int Line, int Column)> broken)
{
    /// <summary>As many faults of the rows are told, and as many warnings; the rest are counted.</summary>
    public const int MostTold = 20;

    private readonly HashSet<FileFault> _once = [];
    private int _faults;
    private int _warnings;
    private RowRead? _row;

    public int FaultsUntold => Math.Max(0, _faults - MostTold);

    public int WarningsUntold => Math.Max(0, _warnings - MostTold);

    /// <summary>Whether no row has come.</summary>
    public bool IsEmpty => _row is null;

    /// <summary>The row that is being read.</summary>
    public string? Place => _row?.Place;

    public void Begin(RowRead row) => _row = row;

    /// <summary>The finding as it is to be told; null when it is not.</summary>
    public FileFault? Tell(FileFault found, bool isWarning)
    {
        var place = (found.Line, found.Column);
        if (_row is null || broken.Contains(place))
            return null;
        var isOfCell = texts.Contains(place);
        if ((isWarning || !isOfCell) && !_once.Add(found))
            return null;
        if (!isOfCell && _row is Row { Number: 1 })
            return found;

        var count = isWarning ? ++_warnings : ++_faults;
        return count <= MostTold ? found with { Message = $"{found.Message} ({_row.Place})" } : null;
    }
}
