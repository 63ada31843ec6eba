using AtlasActors.Atlas;

namespace AtlasActors.Jobs;

/// <summary>What keeps an output from its place.</summary>
internal enum DownloadTrouble
{
    Interrupted,
    Gone,
    WrongKind,
}

/// <summary>How far the outputs of one job have been brought: which is next, where it goes, and what went wrong so far.</summary>
internal sealed class DownloadProgress(PlannedJob planned, string outputDir)
{
    private readonly List<OutputFile> _files = [];
    private readonly Dictionary<DownloadTrouble, int> _troubles = [];

    /// <summary>Where Atlas says that the outputs are; empty until it was asked in this life of the actor.</summary>
    public IReadOnlyList<string> Addresses { get; set; } = [];

    /// <summary>The files in their places.</summary>
    public IReadOnlyList<OutputFile> Files => [.. _files];

    public bool IsDone => Addresses.Count > 0 && _files.Count >= Addresses.Count;

    /// <summary>
    /// The next output to bring, or null when its address is not known. <paramref name="made"/> is how many there are by
    /// the journal: they are called so in every life, whatever Atlas tells later.
    /// </summary>
    public DownloadOrder? Next(int made)
    {
        if (_files.Count >= Addresses.Count) return null;
        var place = planned.PlaceOf(_files.Count, made);
        var target = Path.Combine(outputDir, place.Replace('/', Path.DirectorySeparatorChar));
        var part = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.part");
        return new DownloadOrder(Addresses[_files.Count], target, part, planned.Definition.Kind, _files.Count > 0);
    }

    public void Saved(DownloadAnswer.Saved saved)
    {
        _files.Add(new OutputFile(Path.GetRelativePath(outputDir, saved.Path).Replace('\\', '/'), saved.Bytes, saved.Sha256));
        _troubles.Clear();
    }

    /// <summary>Counts a trouble; returns how often it came in a row.</summary>
    public int Count(DownloadTrouble trouble) => _troubles[trouble] = _troubles.GetValueOrDefault(trouble) + 1;
}
