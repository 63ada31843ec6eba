using AtlasActors.Batches;

namespace AtlasActors.Host.Serving.Posting;

/// <summary>
/// The files that were sent along with a batch file, in the batch's own folder: it uploads them from there, for as long
/// as it has jobs to submit.
/// </summary>
internal sealed class BatchInputs(string outputDir, BatchId batch, SentBatch sent)
{
    private bool _isTaken;

    private string BatchFolder => Path.Combine(outputDir, batch.Value);

    private string Place => Path.Combine(BatchFolder, "inputs");

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
