namespace AtlasActors.Batches;

/// <summary>What lies in an output folder.</summary>
internal static class OutputFolder
{
    /// <summary>The files in <c>images/</c> and <c>videos/</c>, relative to the folder, without extension.</summary>
    public static IReadOnlyList<string> PlacesInUse(string outputDir) =>
    [
        .. from folder in new[] { "images", "videos" }
           let path = Path.Combine(outputDir, folder)
           where Directory.Exists(path)
           from file in Directory.EnumerateFiles(path)
           select $"{folder}/{Path.GetFileNameWithoutExtension(file)}",
    ];
}
