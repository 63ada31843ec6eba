using AtlasActors.Batches;

namespace AtlasActors.Host.Serving.Posting;

/// <summary>
/// The files that were sent along with a batch file, in the batch's own folder: it uploads them from there, for as long
/// as it has jobs to submit.
/// </summary>
internal sealed class BatchInputs(string outputDir, BatchId batch, SentBatch sent)
{
    private const string FolderName = "inputs";

    private bool _isTaken;

    private string BatchFolder => Path.Combine(outputDir, batch.Value);

    /// <summary>
    /// Removes what was sent along with a batch: the files that lay there before it was taken on. What came there later
    /// is somebody's own.
    /// </summary>
    public static (int Files, long Bytes) Remove(string outputDir, BatchId batch, DateTimeOffset created)
    {
        var (files, bytes) = (0, 0L);
        var place = new DirectoryInfo(Path.Combine(outputDir, batch.Value, FolderName));
        if (!place.Exists || place.LinkTarget is not null) return default;
        foreach (var file in place.GetFiles().Where(file => file.LastWriteTimeUtc <= created.UtcDateTime))
        {
            (files, bytes) = (files + 1, bytes + file.Length);
            file.Delete();
        }
        if (!place.EnumerateFileSystemInfos().Any()) place.Delete();
        return (files, bytes);
    }

    private string Place => Path.Combine(BatchFolder, FolderName);

    /// <summary>
    /// Brings them to their place, all at once, and says where that is; null where there are none. Where a crash cut
    /// the request off before, they are there already, and the same.
    /// </summary>
    public string? Take()
    {
        if (sent.Folder is not { } folder)
            return null;
        if (Directory.Exists(Place))
            return Place;
        Directory.CreateDirectory(BatchFolder);
        Directory.Move(folder, Place);
        _isTaken = true;
        return Place;
    }

    /// <summary>There will be no such batch.</summary>
    public void GiveBack()
    {
        if (!_isTaken)
            return;
        Directory.Delete(Place, recursive: true);
        if (!Directory.EnumerateFileSystemEntries(BatchFolder).Any())
            Directory.Delete(BatchFolder);
    }
}
