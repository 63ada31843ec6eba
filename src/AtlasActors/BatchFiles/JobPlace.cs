namespace AtlasActors.BatchFiles;

/// <summary>Where a job stands in its file, for what is found out about it later.</summary>
/// <param name="Job">The job as it is written; of a <c>foreach</c>, before its rows are put in.</param>
/// <param name="Path">The same in words: <c>jobs[3]</c>.</param>
/// <param name="Row">Of a <c>foreach</c>, the row: <c>products.csv:17</c>.</param>
internal sealed record JobPlace(MapNode Job, string Path, string? Row)
{
    /// <summary>
    /// The place of a field: under <c>params</c> by its own name, or at the first of the keys that the job has. Where it
    /// has none, because it is a default or missing, the job itself, called by the first.
    /// </summary>
    public FileFault At(string name, IReadOnlyList<string> keys, string below, string message, string? hint)
    {
        var extra = (Job.Find("params")?.Value as MapNode)?.Find(name);
        if (extra is not null)
            return Told(extra, NodePath.Key(NodePath.Key(Path, "params"), name) + below, message, hint);
        var key = keys.FirstOrDefault(key => Job.Find(key) is not null);
        return key is null
            ? new FileFault(Job.Line, Job.Column, NodePath.Key(Path, keys.Count > 0 ? keys[0] : name), message, hint)
            : Told(Job.Find(key)!, NodePath.Key(Path, key) + below, message, hint);
    }

    private static FileFault Told(MapEntry entry, string path, string message, string? hint) =>
        new(entry.Value.Line, entry.Value.Column, path, message, hint);
}
