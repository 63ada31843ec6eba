using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AtlasActors.Benchmarks.Whole;

/// <summary>Programs in processes of their own.</summary>
internal static class Child
{
    private const int Children = -1;

    /// <summary>Runs one to its end: how long that took by the clock, and of the processor; its exit code must be 0.</summary>
    public static async Task<(TimeSpan Clock, TimeSpan Processor)> RunAsync(
        string folder, IReadOnlyDictionary<string, string> variables, string program, params string[] args)
    {
        var spent = Spent();
        var clock = Stopwatch.StartNew();
        using var process = Start(folder, variables, program, args);
        // Both are read, or a full pipe would hold it up.
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        var elapsed = clock.Elapsed;
        await output;
        return process.ExitCode == 0
            ? (elapsed, Spent() - spent)
            : throw new InvalidOperationException($"{program} {string.Join(' ', args)} ended with {process.ExitCode}: {await error}");
    }

    public static Process Start(
        string folder, IReadOnlyDictionary<string, string> variables, string program, params string[] args)
    {
        var isAssembly = program.EndsWith(".dll", StringComparison.Ordinal);
        var start = new ProcessStartInfo(isAssembly ? "dotnet" : program, isAssembly ? [program, .. args] : args)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (variable, value) in variables) start.Environment[variable] = value;
        return Process.Start(start)!;
    }

    /// <summary>What all children that have ended took of the processor.</summary>
    private static TimeSpan Spent()
    {
        var usage = new long[18];
        return Usage(Children, usage) == 0
            ? TimeSpan.FromSeconds(usage[0] + usage[2]) + TimeSpan.FromMicroseconds(usage[1] + usage[3])
            : TimeSpan.Zero;
    }

    // The first four of its longs are the seconds and microseconds of user and of system.
    [DllImport("libc", EntryPoint = "getrusage")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Usage(int who, [Out] long[] usage);
}
