using AtlasActors.Batches;
using AtlasActors.BatchFiles;
using AtlasActors.Jobs;
using Xunit;

namespace AtlasActors.Tests.BatchFiles;

/// <summary>Reads small files and shows what came of them as lines.</summary>
internal static class Faults
{
    /// <summary>The faults, each as the user sees it in a file of that name.</summary>
    public static string[] Of(string text, string fileName = "a.yaml")
    {
        var reading = BatchFileReader.Read(text, fileName);
        Assert.Equal(reading.Faults.Count > 0, reading.Definition is null);
        return [.. reading.Faults.Select(fault => fault.In(fileName))];
    }

    /// <summary>The batch of a file that must be in order.</summary>
    public static BatchDefinition None(string text, string fileName = "a.yaml")
    {
        var reading = BatchFileReader.Read(text, fileName);
        Assert.Equal([], reading.Faults.Select(fault => fault.In(fileName)));
        return reading.Definition!;
    }

    /// <summary>
    /// The job of a file with one job, which has these lines beside the four that every job must have.
    /// </summary>
    public static JobDefinition NoneInJob(string type, params string[] lines) =>
        Assert.Single(None(Job(type, lines)).Jobs);

    /// <summary>A file with one job: lines 1 to 5, and from line 6 on these lines.</summary>
    public static string Job(string type, params string[] lines) => string.Join("\n", [
        "jobs:", "  - name: one", "    type: " + type, "    model: a/b", "    prompt: p",
        .. lines.Select(line => "    " + line)]);

    /// <summary>A file with one image job, under these lines.</summary>
    public static string Top(params string[] lines) => string.Join("\n", [
        .. lines, "jobs:", "  - {name: one, type: image, model: a/b, prompt: p}"]);
}
