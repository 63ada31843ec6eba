using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using AtlasActors.Benchmarks.Whole;

namespace AtlasActors.Benchmarks.Scale;

/// <summary>The program in a process of its own, looked at ten times a second; disposing it ends it.</summary>
internal sealed class WatchedProgram : IAsyncDisposable
{
    private const int Interrupted = 2;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly StringBuilder _output = new();
    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly Task _read;
    private readonly Task _watched;
    private readonly List<(TimeSpan At, long Resident)> _seen = [];
    private long _most;

    public WatchedProgram(
        string folder, IReadOnlyDictionary<string, string> variables, string program, params string[] args)
    {
        _process = Child.Start(folder, variables, program, args);
        _error = _process.StandardError.ReadToEndAsync();
        _read = ReadAsync();
        _watched = WatchAsync();
    }

    /// <summary>How long ago it was started.</summary>
    public TimeSpan Age => _clock.Elapsed;

    /// <summary>When it was started.</summary>
    public DateTimeOffset Started { get; } = DateTimeOffset.UtcNow;

    public int Id => _process.Id;

    /// <summary>What it took of the processor so far.</summary>
    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The bytes that it has in memory (VmRSS), as last looked at.</summary>
    public long Resident
    {
        get
        {
            lock (_seen) return _seen.Count > 0 ? _seen[^1].Resident : 0;
        }
    }

    /// <summary>The most that it ever had (VmHWM), as last looked at.</summary>
    public long MostResident => Volatile.Read(ref _most);

    /// <summary>When its standard output first had a line.</summary>
    public TimeSpan? Spoke { get; private set; }

    /// <summary>What it has written to its standard output.</summary>
    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>What it had in memory when it was so old.</summary>
    public long ResidentAt(TimeSpan age)
    {
        lock (_seen) return _seen.LastOrDefault(seen => seen.At <= age).Resident;
    }

    /// <summary>Throws if it has ended by itself.</summary>
    public void ThrowIfEnded()
    {
        if (!_process.HasExited) return;
        var said = _error.IsCompletedSuccessfully ? _error.Result : "";
        throw new InvalidOperationException($"The program ended too early, with {_process.ExitCode}: {Output}{said}");
    }

    /// <summary>kill -9, of this process alone.</summary>
    public Task KillAsync(CancellationToken cancellation)
    {
        _process.Kill();
        return EndAsync(cancellation);
    }

    /// <summary>Ctrl-C.</summary>
    public void Interrupt()
    {
        if (Signal(_process.Id, Interrupted) != 0)
            throw new InvalidOperationException($"Process {_process.Id} cannot be sent a signal.");
    }

    /// <summary>Waits until it has ended: its exit code.</summary>
    public async Task<int> EndAsync(CancellationToken cancellation)
    {
        await _process.WaitForExitAsync(cancellation);
        _clock.Stop();
        await Task.WhenAll(_read, _watched, _error);
        return _process.ExitCode;
    }

    /// <summary>What it wrote to its standard error; of one that has ended.</summary>
    public Task<string> ErrorAsync() => _error;

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await EndAsync(CancellationToken.None);
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            Spoke ??= _clock.Elapsed;
            lock (_output) _output.AppendLine(line);
        }
    }

    private async Task WatchAsync()
    {
        for (var ended = _process.WaitForExitAsync(); !ended.IsCompleted; await Task.WhenAny(Task.Delay(Glance), ended))
            Look();
    }

    private void Look()
    {
        try
        {
            long resident = 0;
            foreach (var line in File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/status")))
                if (line.StartsWith("VmRSS:", StringComparison.Ordinal)) resident = Bytes(line);
                else if (line.StartsWith("VmHWM:", StringComparison.Ordinal)) Volatile.Write(ref _most, Bytes(line));
            // One that is ending has no memory any more.
            if (resident == 0) return;
            lock (_seen) _seen.Add((_clock.Elapsed, resident));
        }
        catch (IOException)
        {
            // It ended meanwhile.
        }
    }

    // As in "VmRSS:     93120 kB".
    private static long Bytes(string line) =>
        1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
