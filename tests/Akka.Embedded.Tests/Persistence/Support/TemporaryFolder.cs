namespace Akka.Embedded.Tests.Persistence.Support;

/// <summary>A folder of one test's own, to be deleted after it.</summary>
public sealed class TemporaryFolder
{
    public TemporaryFolder() => Directory.CreateDirectory(FullPath);

    public string FullPath { get; } = Path.Combine(Path.GetTempPath(), "akka-" + Guid.NewGuid().ToString("N"));

    public string File(string name) => Path.Combine(FullPath, name);

    public void Delete() => Directory.Delete(FullPath, recursive: true);
}
