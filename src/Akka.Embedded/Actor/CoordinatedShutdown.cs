using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

/// <summary>Makes the shutdown of a system; it is there from its start.</summary>
public sealed class CoordinatedShutdownExtension : ExtensionIdProvider<CoordinatedShutdown>
{
    public override CoordinatedShutdown CreateExtension(ExtendedActorSystem system) => new(system);
}

/// <summary>
/// Ends a system phase by phase, each after those it depends on: stop taking work, finish work, leave, end the actors.
/// The tasks of a phase run side by side, for as long as its time-out.
/// </summary>
public sealed class CoordinatedShutdown : IExtension
{
    public const string PhaseBeforeServiceUnbind = "before-service-unbind";
    public const string PhaseServiceUnbind = "service-unbind";
    public const string PhaseServiceRequestsDone = "service-requests-done";
    public const string PhaseServiceStop = "service-stop";
    public const string PhaseBeforeClusterShutdown = "before-cluster-shutdown";
    public const string PhaseClusterShardingShutdownRegion = "cluster-sharding-shutdown-region";
    public const string PhaseClusterLeave = "cluster-leave";
    public const string PhaseClusterExiting = "cluster-exiting";
    public const string PhaseClusterExitingDone = "cluster-exiting-done";
    public const string PhaseClusterShutdown = "cluster-shutdown";
    public const string PhaseBeforeActorSystemTerminate = "before-actor-system-terminate";
    public const string PhaseActorSystemTerminate = "actor-system-terminate";

    private readonly ActorSystemImpl _system;
    private readonly ILoggingAdapter _log;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<(string Name, Func<Task<Done>> Run)>> _tasks = [];
    private readonly ShutdownPhases _phases;
    private Task<Done>? _run;
    private Reason? _reason;

    internal CoordinatedShutdown(ExtendedActorSystem system)
    {
        _system = (ActorSystemImpl)system;
        _log = Logging.GetLogger(system, typeof(CoordinatedShutdown));
        var config = system.Settings.Config.GetConfig("akka.coordinated-shutdown");
        _phases = new ShutdownPhases(config);
        if (system.Settings.CoordinatedShutdownTerminateActorSystem)
            AddTask(PhaseActorSystemTerminate, "terminate-system", TerminateSystem);
        if (config.GetBoolean("run-by-clr-shutdown-hook", true))
            RunWhenTheProcessExits();
    }

    public ExtendedActorSystem System => _system;

    /// <summary>Why the shutdown runs; null before it does.</summary>
    public Reason ShutdownReason => _reason!;

    public TimeSpan TotalTimeout => _phases.InOrder.Aggregate(TimeSpan.Zero, (sum, phase) => sum + Timeout(phase));

    public static CoordinatedShutdown Get(ActorSystem sys) =>
        sys.WithExtension<CoordinatedShutdown, CoordinatedShutdownExtension>();

    public TimeSpan Timeout(string phase) => _phases.Get(phase).Timeout;

    /// <summary>Adds work to a phase. What is added to a phase that has begun does not run.</summary>
    public void AddTask(string phase, string taskName, Func<Task<Done>> task)
    {
        ArgumentException.ThrowIfNullOrEmpty(taskName);
        _phases.Get(phase);
        lock (_gate)
        {
            if (!_tasks.TryGetValue(phase, out var tasks))
                _tasks[phase] = tasks = [];
            tasks.Add((taskName, task));
        }
    }

    /// <summary>Runs the phases, once: later calls get the task of the first.</summary>
    public Task<Done> Run(Reason reason, string? fromPhase = null)
    {
        lock (_gate)
        {
            _reason ??= reason;
            return _run ??= Task.Run(() => RunPhases(fromPhase));
        }
    }

    private async Task<Done> RunPhases(string? fromPhase)
    {
        foreach (var name in _phases.InOrder.SkipWhile(phase => fromPhase is not null && phase != fromPhase))
        {
            (string Name, Func<Task<Done>> Run)[] tasks;
            lock (_gate)
                tasks = _tasks.TryGetValue(name, out var added) ? [.. added] : [];
            var phase = _phases.Get(name);
            if (tasks.Length == 0)
                continue;
            _log.Debug("Performing phase [{0}] with [{1}] tasks", name, tasks.Length);
            await RunPhase(phase, name, tasks).ConfigureAwait(false);
        }

        return Done.Instance;
    }

    private async Task RunPhase(ShutdownPhase phase, string name, (string Name, Func<Task<Done>> Run)[] tasks)
    {
        var work = Task.WhenAll(tasks.Select(task => RunTask(phase, name, task.Name, task.Run)));
        try
        {
            await work.WaitAsync(phase.Timeout).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!work.IsCompleted)
        {
            // The end of the system has its own way to be waited for, and goes on after the time-out.
            if (name == PhaseActorSystemTerminate)
                return;
            var text = $"Coordinated shutdown phase [{name}] timed out after {phase.Timeout}";
            if (!phase.Recover)
                throw new TimeoutException(text);
            _log.Warning(text);
        }
    }

    private async Task RunTask(ShutdownPhase phase, string phaseName, string taskName, Func<Task<Done>> task)
    {
        try
        {
            await task().ConfigureAwait(false);
        }
        catch (Exception fault) when (phase.Recover)
        {
            _log.Warning("Task [{0}] failed in phase [{1}]: {2}", taskName, phaseName, fault.Message);
        }
    }

    private async Task<Done> TerminateSystem()
    {
        _system.FinalTerminate();
        await _system.WhenTerminated.ConfigureAwait(false);
        return Done.Instance;
    }

    private void RunWhenTheProcessExits()
    {
        EventHandler hook = (_, _) => Run(ClrExitReason.Instance).Wait(TotalTimeout);
        AppDomain.CurrentDomain.ProcessExit += hook;
        _system.RegisterOnTermination(() => AppDomain.CurrentDomain.ProcessExit -= hook);
    }

    /// <summary>Why a system shuts down. Applications derive their own.</summary>
    public class Reason
    {
        protected Reason()
        {
        }
    }

    public class UnknownReason : Reason
    {
        public static readonly Reason Instance = new UnknownReason();

        private UnknownReason()
        {
        }
    }

    public class ActorSystemTerminateReason : Reason
    {
        public static readonly Reason Instance = new ActorSystemTerminateReason();

        private ActorSystemTerminateReason()
        {
        }
    }

    public class ClrExitReason : Reason
    {
        public static readonly Reason Instance = new ClrExitReason();

        private ClrExitReason()
        {
        }
    }
}
