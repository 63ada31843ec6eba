namespace AtlasActors.BatchFiles;

/// <summary>
/// Reads a job's <c>foreach</c>: a CSV or JSON file, or a list, and for each of its rows a job. The rows are read one
/// by one, as the jobs are asked for, and none is kept.
/// </summary>
internal sealed class ForeachSection(FilePlace place, Findings findings)
{
    public const string Key = "foreach";

    /// <summary>As many rows a file may have, in all its jobs: what one process holds.</summary>
    public const int MostRows = 100_000;

    // Long texts times many rows: as much as the largest file may hold.
    private const long MostCharacters = FileText.MaxBytes;

    private const string Wanted = "wants a .csv or .json file, or a list";

    private int _rows;
    private long _characters;

    /// <summary>The job as it is where it has no <c>foreach</c>, otherwise one for each row.</summary>
    public IEnumerable<FileNode> JobsOf(FileNode job, string path) =>
        job is MapNode map && map.Find(Key) is { } source ? JobsOf(map, source.Value, path) : [job];

    private IEnumerable<MapNode> JobsOf(MapNode job, FileNode source, string path)
    {
        var (opened, message, hint) = Open(source);
        using var rows = opened;
        if (rows is null)
        {
            findings.Fault(source, NodePath.Key(path, Key), message, hint);
            yield break;
        }

        var template = new JobTemplate(job, path, rows, findings);
        var told = new RowFindings(template.Texts.Append((source.Line, source.Column)).ToHashSet(), template.Broken);
        findings.Rows = told;
        try
        {
            while (NextJob(rows, template, told, source, path, out var filled))
            {
                if (filled is not null)
                    yield return filled;
            }
        }
        finally
        {
            findings.Rows = null;
        }

        TellTheRest(rows, told, source, NodePath.Key(path, Key));
    }

    // False after the last row, and where there are too many; no job comes of a bad one.
    private bool NextJob(
        IRows rows, JobTemplate template, RowFindings told, FileNode source, string path, out MapNode? job)
    {
        job = null;
        if (rows.Next() is not { } read)
            return false;
        told.Begin(read);
        path = NodePath.Key(path, Key);
        if (++_rows > MostRows)
        {
            findings.Fault(
                source, path, $"there are more than {MostRows} rows, and one process holds no more",
                "split the file into several batches");
            return false;
        }

        if (read is BadRow bad)
            findings.Fault(source, path, bad.Message, bad.Hint);
        job = read is Row row ? template.Fill(row) : null;
        _characters += job?.Size ?? 0;
        if (_characters <= MostCharacters)
            return true;
        job = null;
        findings.Fault(
            source, path, $"the jobs of all rows come to more than {MostCharacters >> 20} million characters",
            "shorten the texts, or split the file into several batches");
        return false;
    }

    private void TellTheRest(IRows rows, RowFindings told, FileNode source, string path)
    {
        if (told.IsEmpty)
            findings.Fault(source, path, $"{rows.Name} has no rows");
        var unlisted = $"the rows of {rows.Name} are not listed";
        if (told.FaultsUntold > 0)
            findings.Fault(source, path, $"{told.FaultsUntold} more mistakes in {unlisted}");
        if (told.WarningsUntold > 0)
            findings.Warn(source, path, $"{told.WarningsUntold} more warnings about {unlisted}");
    }

    private RowsOpening Open(FileNode source)
    {
        if (source is ListNode list)
            return ListRows.Open(list);
        var name = source is ScalarNode scalar ? scalar.Text : "";
        var ending = Path.GetExtension(name).ToLowerInvariant();
        if (ending is not (".csv" or ".tsv" or ".json") || name.Any(char.IsControl))
            return new RowsOpening(null, $"{Wanted}; {Shown.Found(source)}");
        var (path, none) = place.Find(name);
        if (path is null)
            return new RowsOpening(null, $"{Shown.Short(name)}: {none}", place.Folder is null ? "write the list itself" : null);
        if (!Path.Exists(path))
            return new RowsOpening(null, $"{name}: there is no such file", place.Hint(path));
        return ending == ".json" ? ListRows.OpenJson(path, name) : CsvRows.Open(path, name);
    }
}
