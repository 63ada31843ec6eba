namespace AtlasActors.Manifests;

/// <summary>A file that is at every moment either as it was or as it is to be.</summary>
internal static class AtomicFile
{
    /// <summary>Two batches of one process may share a folder, and write one file one after the other; different files seldom wait.</summary>
    private static readonly Lock[] Turns = [.. Enumerable.Range(0, 64).Select(_ => new Lock())];

    /// <summary>
    /// Makes the folder, writes beside <paramref name="path"/>, flushes to disk and renames over it. Throws <see cref="IOException"/> or
    /// <see cref="UnauthorizedAccessException"/> when the disk refuses; the old file is then untouched.
    /// </summary>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.tmp");
        // A batch's folder of its own is not there before its first file is.
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        lock (Turns[(uint)string.GetHashCode(temporary, StringComparison.Ordinal) % Turns.Length])
            Replace(path, temporary, write);
    }

    private static void Replace(string path, string temporary, Action<Stream> write)
    {
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
