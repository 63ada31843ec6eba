using AtlasActors.BatchFiles;

namespace AtlasActors.Tests.BatchFiles;

/// <summary>The repository's sample batch files; the rows that one of them reads are none.</summary>
internal static class SampleFiles
{
    public static BatchFileReading Read(string name) => BatchFileReader.ReadFile(Path.Combine(Folder(), name));

    public static IEnumerable<string> All() =>
        Directory.EnumerateFiles(Folder()).Select(file => Path.GetFileName(file)!)
            .Where(name => Path.GetExtension(name) != ".csv");

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AtlasActors.sln")))
            folder = folder.Parent;
        return Path.Combine(folder!.FullName, "samples");
    }
}
