using System.Text;
using AtlasActors.Batches;
using AtlasActors.BatchFiles;
using Xunit;

namespace AtlasActors.Tests.BatchFiles;

/// <summary>A folder with a batch file, <c>a.yaml</c> or <c>a.json</c>, and the files of rows beside it.</summary>
internal sealed class RowFiles : IDisposable
{
    /// <summary>A job with the columns sku and colour in its name and prompt.</summary>
    public const string Job = """
        jobs:
          - foreach: rows.csv
            name: "{sku}"
            type: image
            model: a/b
            prompt: A {colour} chair
        """;

    public string Folder { get; } = Directory.CreateTempSubdirectory("atlas-actors-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public RowFiles With(string rows, string name = "rows.csv") => With(Encoding.UTF8.GetBytes(rows), name);

    public RowFiles With(byte[] rows, string name = "rows.csv")
    {
        File.WriteAllBytes(Path.Combine(Folder, name), rows);
        return this;
    }

    public BatchFileReading Read(string batch = Job, string name = "a.yaml")
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, batch);
        return BatchFileReader.ReadFile(path);
    }

    /// <summary>The batch, which must be in order.</summary>
    public BatchDefinition Batch(string batch = Job, string name = "a.yaml")
    {
        var reading = Read(batch, name);
        Assert.Equal([], reading.Faults.Select(fault => fault.In(name)));
        return reading.Definition!;
    }

    /// <summary>The faults, each as the user sees it; the folder's name is not in them.</summary>
    public string[] Faults(string batch = Job, string name = "a.yaml")
    {
        var reading = Read(batch, name);
        Assert.Equal(reading.Faults.Count > 0, reading.Definition is null);
        return [.. reading.Faults.Select(Shown)];

        string Shown(FileFault fault) => fault.In(name).Replace(Folder, "<folder>", StringComparison.Ordinal);
    }
}
