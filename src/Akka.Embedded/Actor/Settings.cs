using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor;

/// <summary>What a system reads from its configuration when it starts.</summary>
public class Settings
{
    private const int DefaultThroughput = 30;

    public Settings(ActorSystem system, Config config)
        : this(system, config, ActorSystemSetup.Empty)
    {
    }

    public Settings(ActorSystem system, Config config, ActorSystemSetup setup)
    {
        System = system;
        Setup = setup;
        Config = config.SafeWithFallback(ConfigurationFactory.Default());
        ReadActors();
        ReadLogging();
    }

    public ActorSystem System { get; }

    public ActorSystemSetup Setup { get; }

    public Config Config { get; private set; }

    public TimeSpan AskTimeout { get; private set; }

    public bool SerializeAllMessages { get; private set; }

    public string SupervisorStrategyClass { get; private set; } = "";

    public string SchedulerClass { get; private set; } = "";

    public string LogLevel { get; private set; } = "";

    public string StdoutLogLevel { get; private set; } = "";

    public IList<string> Loggers { get; private set; } = [];

    public TimeSpan LoggerStartTimeout { get; private set; }

    public ILogMessageFormatter LogFormatter { get; private set; } = DefaultLogMessageFormatter.Instance;

    public MinimalLogger StdoutLogger { get; } = new StandardOutLogger();

    public int LogDeadLetters { get; private set; }

    public bool LogDeadLettersDuringShutdown { get; private set; }

    public TimeSpan LogDeadLettersSuspendDuration { get; private set; }

    public bool DebugEventStream { get; private set; }

    public bool DebugUnhandledMessage { get; private set; }

    public bool CoordinatedShutdownTerminateActorSystem { get; private set; }

    public bool CoordinatedShutdownRunByActorSystemTerminate { get; private set; }

    internal int Throughput { get; private set; }

    /// <summary>Adds defaults, for an extension that brings its own. What is set stays.</summary>
    public void InjectTopLevelFallback(Config config) => Config = Config.SafeWithFallback(config);

    public override string ToString() => Config.ToString(includeFallback: true);

    private void ReadActors()
    {
        AskTimeout = Config.GetTimeSpan("akka.actor.ask-timeout", Timeout.InfiniteTimeSpan);
        SerializeAllMessages = Config.GetBoolean("akka.actor.serialize-messages");
        SupervisorStrategyClass = Config.GetString("akka.actor.guardian-supervisor-strategy");
        SchedulerClass =
            Config.GetString("akka.scheduler.implementation", "Akka.Actor.HashedWheelTimerScheduler");
        Throughput = Math.Max(1, Config.GetInt("akka.actor.default-dispatcher.throughput", DefaultThroughput));
        CoordinatedShutdownTerminateActorSystem =
            Config.GetBoolean("akka.coordinated-shutdown.terminate-actor-system", true);
        CoordinatedShutdownRunByActorSystemTerminate =
            Config.GetBoolean("akka.coordinated-shutdown.run-by-actor-system-terminate", true);
    }

    private void ReadLogging()
    {
        LogLevel = Config.GetString("akka.loglevel");
        StdoutLogLevel = Config.GetString("akka.stdout-loglevel");
        Loggers = Config.GetStringList("akka.loggers");
        LoggerStartTimeout = Config.GetTimeSpan("akka.logger-startup-timeout", TimeSpan.FromSeconds(5));
        LogDeadLetters = Config.GetString("akka.log-dead-letters", "10") switch
        {
            "on" or "true" => int.MaxValue,
            "off" or "false" => 0,
            _ => Config.GetInt("akka.log-dead-letters")
        };
        LogDeadLettersDuringShutdown = Config.GetBoolean("akka.log-dead-letters-during-shutdown");
        LogDeadLettersSuspendDuration =
            Config.GetTimeSpan("akka.log-dead-letters-suspend-duration", TimeSpan.FromMinutes(5));
        DebugEventStream = Config.GetBoolean("akka.actor.debug.event-stream");
        DebugUnhandledMessage = Config.GetBoolean("akka.actor.debug.unhandled");
        if (Config.GetString("akka.logger-formatter", "") is { Length: > 0 } formatter
            && TypeResolver.Find(formatter) is { } type && type != typeof(DefaultLogMessageFormatter))
            LogFormatter = (ILogMessageFormatter)Activator.CreateInstance(type)!;
    }
}
