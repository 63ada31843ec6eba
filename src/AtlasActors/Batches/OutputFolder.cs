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
}
