using System.Runtime.InteropServices;
using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Running;

/// <summary>
/// Ctrl-C and SIGTERM. Until a command says that it can stop cleanly, the first signal ends the program at once; from
/// then on the first one asks the command to stop, and the second ends the program at once.
/// </summary>
internal sealed class Interrupts : IDisposable
{
    private readonly CancellationTokenSource _requested = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Lock _gate = new();
    private readonly Action _exit;
    private Action _beforeExit = () => { };
    private Action _onHangup = () => { };
    private bool _claimed;
    private bool _isOfThisProcess;

    public Interrupts(Action exit) => _exit = exit;

    /// <summary>Listens to the signals of this process, from now on.</summary>
    public static Interrupts OfThisProcess()
    {
        var interrupts = new Interrupts(() => HardExit.Now((int)ExitCode.Interrupted)) { _isOfThisProcess = true };
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM })
            interrupts._registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                interrupts.Signal();
            }));
        return interrupts;
    }

    /// <summary>Cancelled at the first signal after <see cref="Claim"/>.</summary>
    public CancellationToken Requested => _requested.Token;

    /// <summary>From now on the first signal only asks, by <see cref="Requested"/>.</summary>
    public CancellationToken Claim()
    {
        lock (_gate)
            _claimed = true;
        return Requested;
    }

    /// <summary>
    /// What must be put right, whatever happens, before the program ends at once: the terminal's cursor.
    /// </summary>
    public void BeforeExit(Action restore)
    {
        lock (_gate)
            _beforeExit = restore;
    }

    /// <summary>
    /// From now on SIGHUP, which ends other commands as it ends other programs, asks for something, as often as it comes.
    /// </summary>
    public void OnHangup(Action asked)
    {
        lock (_gate)
            _onHangup = asked;
        if (_isOfThisProcess && !OperatingSystem.IsWindows())
            _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
            {
                context.Cancel = true;
                Hangup();
            }));
    }

    /// <summary>SIGHUP came.</summary>
    public void Hangup()
    {
        Action asked;
        lock (_gate)
            asked = _onHangup;
        asked();
    }

    /// <summary>Ends the program at once, as a second signal does.</summary>
    public void EndNow()
    {
        Action restore;
        lock (_gate)
            restore = _beforeExit;
        restore();
        _exit();
    }

    /// <summary>A signal came.</summary>
    public void Signal()
    {
        Action? restore = null;
        lock (_gate)
        {
            if (!_claimed || _requested.IsCancellationRequested)
                restore = _beforeExit;
        }
        if (restore is null)
        {
            // Not on the signal's own thread: what is cancelled may run for a while, and a second signal must be heard.
            _ = _requested.CancelAsync();
            return;
        }
        restore();
        _exit();
    }

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _requested.Dispose();
    }
}
