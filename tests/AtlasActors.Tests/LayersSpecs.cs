using System.Runtime.CompilerServices;
using Xunit;

namespace AtlasActors.Tests;

/// <summary>What a newcomer may rely on when opening a file.</summary>
public class LayersSpecs
{
    private static readonly string[] Actors =
    [
        "BatchCoordinator.cs", "BatchCoordinator.Work.cs", "BatchCoordinator.Closing.cs",
        "BatchCoordinator.Inputs.cs", "BatchIndex.cs", "CostLedger.cs", "BatchCoordinator.Charges.cs", "ChargeCollector.cs",
        "JobActor.cs", "JobActor.Downloads.cs", "JobActor.Inputs.cs", "JobActor.Polls.cs",
        "InputDesk.cs", "InputOrder.cs", "ManifestWriter.cs", "SubmissionGate.cs",
        "BatchCoordinator.Refetch.cs", "BatchCoordinator.Webhooks.cs", "BatchCoordinator.Budgets.cs",
        "BatchCoordinator.Notices.cs", "BatchCoordinator.Quiet.cs", "BatchCoordinator.Control.cs",
        "BatchCoordinator.Compacting.cs", "BatchCoordinator.Removing.cs",
        "Latency.cs",
    ];

    /// <summary>What actors are built from: it names other actors.</summary>
    private static readonly string[] Wiring = ["JobTools.cs"];

    [Fact]
    public void Only_actors_and_hosting_know_Akka()
    {
        var strangers = Directory.EnumerateFiles(Sources(), "*.cs", SearchOption.AllDirectories)
            .Where(file => !IsBuilt(file) && !IsHosting(file))
            .Where(file => File.ReadLines(file).Any(line => line.StartsWith("using Akka", StringComparison.Ordinal)))
            .Select(Path.GetFileName)
            .Except(Actors).Except(Wiring);

        Assert.Empty(strangers);
    }

    [Fact]
    public void No_source_of_the_library_tells_the_two_runtimes_apart() => Assert.DoesNotContain(
        Directory.EnumerateFiles(Sources(), "*.cs", SearchOption.AllDirectories).Where(file => !IsBuilt(file)),
        file => File.ReadLines(file).Any(line => line.TrimStart().StartsWith("#if", StringComparison.Ordinal)));

    private static bool IsBuilt(string file) => file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    private static bool IsHosting(string file) => Path.GetFileName(Path.GetDirectoryName(file)) == "Hosting";

    private static string Sources([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "src", "AtlasActors"));
}
