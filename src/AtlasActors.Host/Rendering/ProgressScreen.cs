using AtlasActors.Batches;
using AtlasActors.Host.Logs;
using AtlasActors.Host.Running;
using Spectre.Console;

namespace AtlasActors.Host.Rendering;

/// <summary>Draws the live picture on a terminal, four times a second, and takes it away at the end.</summary>
internal sealed class ProgressScreen : IRunReporter
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(250);

    private readonly ProgressState _state = new();
    private readonly JobNews _news = new();
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _over = new();
    private readonly IAnsiConsole _console;
    private readonly TimeProvider _clock;
    private readonly LogOutput? _logs;
    private readonly Task _drawing;
    private bool _stopping;

    /// <summary>Begins to draw.</summary>
    /// <param name="console">The terminal.</param>
    /// <param name="clock">For ages and frames.</param>
    /// <param name="logs">Log lines that would tear the picture go above it; null when they go elsewhere.</param>
    public ProgressScreen(IAnsiConsole console, TimeProvider clock, LogOutput? logs)
    {
        _console = console;
        _clock = clock;
        _logs = logs;
        logs?.Divert(WriteAbove);
        _drawing = DrawAsync();
    }

    /// <summary>Whether a terminal can be drawn on: it understands ANSI, and somebody sits before it.</summary>
    public static bool Fits(IAnsiConsole? console) =>
        console is { Profile.Capabilities: { Ansi: true, Interactive: true } };

    public void Known(IReadOnlyList<JobView> jobs)
    {
        lock (_gate)
        {
            _news.Known(jobs);
            foreach (var job in jobs)
                _state.Moved(job);
        }
    }

    public void Begin(BatchView batch)
    {
        lock (_gate)
            _state.Begin(batch);
    }

    public void Moved(JobView job)
    {
        string? line;
        lock (_gate)
        {
            _state.Moved(job);
            line = _news.LineOf(job);
        }
        // What succeeds is in the bar; what does not stays to be read.
        if (line is not null && job.Stage != Jobs.JobStage.Succeeded)
            WriteAbove(line);
    }

    public void Stopping()
    {
        lock (_gate)
            _stopping = true;
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync().ConfigureAwait(false);
        await _drawing.ConfigureAwait(false);
        _logs?.Divert(null);
        _over.Dispose();
    }

    private void WriteAbove(string line) => _console.WriteLine(line);

    private Task DrawAsync() =>
        _console.Live(Picture()).AutoClear(true).Overflow(VerticalOverflow.Crop).StartAsync(async live =>
        {
            while (!_over.IsCancellationRequested)
            {
                live.UpdateTarget(Picture());
                await Task.Delay(Frame, _clock, _over.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        });

    private Spectre.Console.Rendering.IRenderable Picture()
    {
        lock (_gate)
            return ProgressPicture.Of(_state, _clock.GetUtcNow(), _console.Profile.Width, _stopping);
    }
}
