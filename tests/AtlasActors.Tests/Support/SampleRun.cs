using System.Diagnostics;
using System.Reflection;

namespace AtlasActors.Tests.Support;

/// <summary>One of the example programs, run to its end as a process of its own.</summary>
internal sealed record SampleRun(int Code, IReadOnlyList<string> Out, string Error)
{
    /// <summary>Runs it in the surroundings' folder with their Atlas, and with nothing of Atlas's from outside.</summary>
    public static async Task<SampleRun> RunAsync(string name, Surroundings surroundings, params string[] args)
    {
        var program = typeof(SampleRun).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(sample => sample.Key == name).Value!;
        var start = new ProcessStartInfo("dotnet", [program, .. args])
        {
            WorkingDirectory = surroundings.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var variable in start.Environment.Keys.Where(key => key.StartsWith("ATLAS", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(variable);
        start.Environment["ATLASCLOUD_BASE_URL"] = surroundings.BaseUrl.ToString();
        start.Environment["ATLASCLOUD_API_KEY"] = "key-of-a-sample";
        using var process = Process.Start(start)!;
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync().WaitAsync(Surroundings.Patience);
            return new SampleRun(process.ExitCode, (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), await error);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }
}
