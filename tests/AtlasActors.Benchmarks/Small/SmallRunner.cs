using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;

namespace AtlasActors.Benchmarks.Small;

/// <summary>
/// The command <c>small</c>: everything in this folder by BenchmarkDotNet, whose options follow the command. It builds a
/// program of its own for them from this project, with the project's own defaults: on the embedded actors, whichever this one
/// was built with. They hardly touch them.
/// </summary>
internal static class SmallRunner
{
    public static int Run(string[] args)
    {
        // As the program has it. Processes inherit it; a job of ours that set it would put --job out of force.
        Environment.SetEnvironmentVariable("DOTNET_TieredPGO", "0");
        var config = DefaultConfig.Instance
            // Beside the program, and not in whatever folder somebody stands.
            .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "BenchmarkDotNet.Artifacts"));
        // Without a filter it would ask which are meant.
        string[] filtered = args.Any(word => word is "-f" or "--filter") ? args : ["--filter", "*", .. args];
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(SmallRunner).Assembly).Run(filtered, config);
        var isWhole = summaries.All(
            summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success));
        return isWhole ? 0 : 1;
    }
}
