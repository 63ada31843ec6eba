using AtlasActors.Inputs;

namespace AtlasActors.BatchFiles;

/// <summary>The files of this machine that a batch file names: each is looked at once, however many jobs name it.</summary>
internal sealed class LocalInputs(FilePlace place)
{
    private readonly Dictionary<(string Path, InputUse Use), (InputFile? File, string? Fault, string? Hint)> _seen = [];

    /// <summary>A file that may be uploaded; else what is wrong with it and a hint.</summary>
    public (InputFile? File, string? Fault, string? Hint) Look(string written, InputUse use)
    {
        if (place.Folder is null)
            return (null, "is no address, and a batch that is no file on disk can name no files", null);
        if (!_seen.TryGetValue((written, use), out var found))
            _seen[(written, use)] = found = LookAt(written, use);
        return found;
    }

    private (InputFile? File, string? Fault, string? Hint) LookAt(string written, InputUse use)
    {
        var (found, none) = place.Find(written);
        if (found is null)
            return (null, "is not there", none);
        var path = Path.GetFullPath(found);
        var (file, fault) = InputFile.Look(path, use);
        return file is not null
            ? (file, null, null)
            : (null, fault, Path.Exists(path) ? null : place.Hint(path));
    }
}
