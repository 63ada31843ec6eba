using AtlasActors.BatchFiles;

namespace AtlasActors.Tests.BatchFiles;

/// <summary>The repository's samples.</summary>
internal static class SampleFiles
{
    public static BatchFileReading Read(string name) => BatchFileReader.ReadFile(Path.Combine(Folder(), name));

    public static IEnumerable<string> All() =>
        Directory.EnumerateFiles(Folder()).Select(file => Path.GetFileName(file)!);

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AtlasActors.sln")))
            folder = folder.Parent;
        return Path.Combine(folder!.FullName, "samples");
    }
}
