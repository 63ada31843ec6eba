using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using AtlasActors.Host.Commands;

namespace AtlasActors.Host.Tests.Support;

/// <summary>The real program in a process of its own; killed when the test is over.</summary>
internal sealed class ProgramProcess : IDisposable
{
    /// <summary>Longer than anything here takes on the slowest machine; only a hanging program reaches it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _out = new();
    private readonly ConcurrentQueue<string> _error = new();
    private readonly List<(ConcurrentQueue<string> Stream, string Text, TaskCompletionSource Seen)> _awaited = [];
    private readonly Lock _gate = new();

    private ProgramProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    public string Out => string.Join('\n', _out);

    public string Error => string.Join('\n', _error);

    /// <summary>Starts it in a folder, with these variables and none of Atlas's from outside.</summary>
    /// <param name="folder">Where it works.</param>
    /// <param name="variables">Its environment.</param>
    /// <param name="room">How many kilobytes any of its files may have; a write beyond fails as on a disk that is full. Null for no limit.</param>
    /// <param name="args">The command line.</param>
    public static ProgramProcess Start(
        string folder, IReadOnlyDictionary<string, string> variables, int? room, params string[] args)
    {
        var (name, words) = Line(room, [typeof(AtlasActorsProgram).Assembly.Location, .. args]);
        var start = new ProcessStartInfo(name, words)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var variable in start.Environment.Keys.ToList())
            if (variable.StartsWith("ATLAS", StringComparison.Ordinal))
                start.Environment.Remove(variable);
        foreach (var (variable, value) in variables)
            start.Environment[variable] = value;
        // The runtime would map its code by way of a file that is larger than any limit.
        if (room is not null)
            start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        var program = new ProgramProcess(new Process { StartInfo = start });
        program.Begin();
        return program;
    }

    /// <summary>Completes when a line of standard output contains the text.</summary>
    public Task SeesAsync(string text) => SeesAsync(_out, text);

    /// <summary>Completes when a line of standard error contains the text.</summary>
    public Task ComplainsAsync(string text) => SeesAsync(_error, text);

    /// <summary>The exit code, once it has ended and all that it wrote was read.</summary>
    public async Task<int> EndsAsync(TimeSpan? patience = null)
    {
        using var limit = new CancellationTokenSource(patience ?? Patience);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    /// <summary>Ctrl-C, as the terminal sends it.</summary>
    public void Interrupt()
    {
        const int sigInt = 2;
        if (Send(_process.Id, sigInt) != 0)
            throw new InvalidOperationException($"No signal reached process {_process.Id}.");
    }

    /// <summary><c>kill -9</c>: nothing more happens in it.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    /// <summary>The limit is the shell's own, in halves of a kilobyte; the signal that tells of it is ignored, so that the write fails.</summary>
    private static (string Program, IReadOnlyList<string> Words) Line(int? room, IReadOnlyList<string> args) => room is { } kilobytes
        ? ("sh", ["-c", "trap '' XFSZ; ulimit -f \"$0\"; exec dotnet \"$@\"", (kilobytes * 2).ToString(CultureInfo.InvariantCulture), .. args])
        : ("dotnet", args);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Send(int process, int signal);

    private void Begin()
    {
        _process.OutputDataReceived += (_, line) => Read(_out, line.Data);
        _process.ErrorDataReceived += (_, line) => Read(_error, line.Data);
        _process.Start();
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private async Task SeesAsync(ConcurrentQueue<string> stream, string text)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (stream.Any(line => line.Contains(text, StringComparison.Ordinal)))
                return;
            _awaited.Add((stream, text, seen));
        }
        await seen.Task.WaitAsync(Patience);
    }

    private void Read(ConcurrentQueue<string> stream, string? line)
    {
        if (line is null)
            return;
        lock (_gate)
        {
            stream.Enqueue(line);
            foreach (var (_, _, seen) in _awaited.Where(
                awaited => awaited.Stream == stream && line.Contains(awaited.Text, StringComparison.Ordinal)))
                seen.TrySetResult();
        }
    }
}
