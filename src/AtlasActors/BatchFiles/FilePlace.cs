namespace AtlasActors.BatchFiles;

/// <summary>Where the files are looked for that a batch file names.</summary>
/// <param name="Folder">The folder beside which relative names stand; null where a batch file may name no files at all.</param>
/// <param name="IsConfined">Only files of just this folder count: the batch file came from elsewhere, and they with it.</param>
internal sealed record FilePlace(string? Folder, bool IsConfined = false)
{
    private readonly Dictionary<string, string> _named = new(StringComparer.Ordinal);

    /// <summary>The files that were found, by their names as written.</summary>
    public IReadOnlyDictionary<string, string> Named => _named;

    /// <summary>The file's path, or a sentence's end on why it has none.</summary>
    public (string? Path, string? Fault) Find(string name)
    {
        if (Folder is null)
            return (null, "a batch that is no file on disk can name none");
        if (!IsConfined)
            return (_named[name] = Path.Combine(Folder, name), null);
        if (name is "" or "." or ".." || name.Any(c => c is '/' or '\\' or ':' || char.IsControl(c)))
            return (null, "name a file that was sent along by its name alone, without a folder");
        var path = Path.Combine(Folder, name);
        return File.Exists(path) ? (_named[name] = path, null) : (null, "no file of this name was sent along");
    }

    /// <summary>Where a file that is not there was looked for; null where that is nobody's business.</summary>
    public string? Hint(string path) => IsConfined ? null : $"it is looked for in {Path.GetDirectoryName(path)}";
}
