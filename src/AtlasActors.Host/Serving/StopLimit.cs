using AtlasActors.Host.Running;

namespace AtlasActors.Host.Serving;

/// <summary>
/// The end of a stop's patience: a service that has not ended in its time, whatever holds it up, ends as by a second signal.
/// Its journal is made for that.
/// </summary>
internal sealed class StopLimit : IDisposable
{
    private readonly Shell _shell;
    private readonly Lock _gate = new();
    private readonly CancellationTokenRegistration _registration;
    private ITimer? _timer;
    private bool _hasEnded;

    public StopLimit(Shell shell, SettingsInForce inForce, CancellationToken interrupted)
    {
        _shell = shell;
        _registration = interrupted.Register(() => Begin(inForce.Current.StopWithin));
    }

    public void Dispose()
    {
        _registration.Dispose();
        lock (_gate)
        {
            _hasEnded = true;
            _timer?.Dispose();
        }
    }

    private void Begin(TimeSpan within)
    {
        lock (_gate)
        {
            if (!_hasEnded)
                _timer = _shell.Clock.CreateTimer(_ => End(within), null, within, Timeout.InfiniteTimeSpan);
        }
    }

    private void End(TimeSpan within)
    {
        lock (_gate)
            if (_hasEnded) return;
        _shell.Error.WriteLine(FormattableString.Invariant(
            $"The stop has taken {within.TotalSeconds:0.#} s and is ended; the next start reads from the journal where all is."));
        _shell.Error.Flush();
        _shell.Interrupts.EndNow();
    }
}
