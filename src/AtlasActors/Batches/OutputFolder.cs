using System.Security.Cryptography;
using AtlasActors.Jobs;

namespace AtlasActors.Batches;

/// <summary>What lies in an output folder.</summary>
internal static class OutputFolder
{
    /// <summary>The files in the folders of results, relative to the folder, without extension.</summary>
    public static IReadOnlyList<string> PlacesInUse(string outputDir) =>
    [
        .. from folder in MediaKinds.Folders
           let path = Path.Combine(outputDir, folder)
           where Directory.Exists(path)
           from file in Directory.EnumerateFiles(path)
           select $"{folder}/{Path.GetFileNameWithoutExtension(file)}",
    ];

    /// <summary>
    /// The jobs of which a file is not there, or has another length, or where <paramref name="verify"/> another content.
    /// </summary>
    public static Task<IReadOnlyList<int>> MissingAsync(
        string outputDir, IReadOnlyList<(int Job, IReadOnlyList<OutputFile> Files)> made, bool verify) => Task.Run<IReadOnlyList<int>>(
        () => [.. made.Where(job => !job.Files.All(file => IsInPlace(outputDir, file, verify))).Select(job => job.Job)]);

    /// <summary>
    /// Removes the files of jobs: those that are in their places and as long as the jobs made them. What is another by
    /// now, or lies elsewhere, is not theirs.
    /// </summary>
    public static Task<(int Files, long Bytes)> RemoveAsync(
        string outputDir, IReadOnlyList<(int Job, IReadOnlyList<OutputFile> Files)> made) => Task.Run(() =>
    {
        var (files, bytes) = (0, 0L);
        foreach (var file in made.SelectMany(job => job.Files))
        {
            if (!IsWithin(outputDir, file) || !IsInPlace(outputDir, file, verify: false)) continue;
            File.Delete(PlaceOf(outputDir, file));
            (files, bytes) = (files + 1, bytes + file.Bytes);
        }
        return (files, bytes);
    });

    private static bool IsWithin(string outputDir, OutputFile file) => PlaceOf(outputDir, file).StartsWith(
        Path.GetFullPath(outputDir) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string PlaceOf(string outputDir, OutputFile file) =>
        Path.GetFullPath(Path.Combine(outputDir, file.Path.Replace('/', Path.DirectorySeparatorChar)));

    private static bool IsInPlace(string outputDir, OutputFile file, bool verify)
    {
        var place = new FileInfo(PlaceOf(outputDir, file));
        if (!place.Exists || place.Length != file.Bytes) return false;
        if (!verify) return true;
        using var content = place.OpenRead();
        return Convert.ToHexStringLower(SHA256.HashData(content)) == file.Sha256;
    }
}
