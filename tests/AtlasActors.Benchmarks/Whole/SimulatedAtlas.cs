using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AtlasActors.Benchmarks.Whole;

/// <summary>The simulator, in a process of its own.</summary>
internal sealed class SimulatedAtlas : IDisposable
{
    private readonly Process _process;

    private SimulatedAtlas(Process process, Uri baseUrl) => (_process, BaseUrl) = (process, baseUrl);

    public Uri BaseUrl { get; }

    /// <param name="speed">How many times faster than life it generates; a million is at once.</param>
    public static async Task<SimulatedAtlas> StartAsync(string program, string folder, double speed)
    {
        var process = Child.Start(
            folder, new Dictionary<string, string>(), program,
            "simulate", "--speed", speed.ToString(CultureInfo.InvariantCulture));
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            if (Regex.Match(line, @"http://\S+/api/v1") is { Success: true } url)
            {
                // What it says from now on is read by nobody, and must not fill the pipe.
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
                return new SimulatedAtlas(process, new Uri(url.Value));
            }
        throw new InvalidOperationException($"The simulator did not start: {await process.StandardError.ReadToEndAsync()}");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
