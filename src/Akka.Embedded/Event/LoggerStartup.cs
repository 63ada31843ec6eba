using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Event;

/// <summary>Starts the loggers that the configuration names, and lets standard output go once they listen.</summary>
internal static class LoggerStartup
{
    public static void Run(ActorSystemImpl system)
    {
        var settings = system.Settings;
        var stream = system.EventStream;
        stream.SetLogLevel(Logging.LogLevelFor(settings.LogLevel));
        var keepsStandardOut = false;
        foreach (var name in settings.Loggers)
        {
            var type = TypeResolver.Find(name) ?? throw new ConfigurationException(
                $"Logger specified in config cannot be found: \"{name}\"");
            if (typeof(MinimalLogger).IsAssignableFrom(type))
                keepsStandardOut = true;
            else
                StartLogger(system, type);
        }

        if (settings.DebugUnhandledMessage)
            stream.Subscribe(system.SystemActorOf<UnhandledMessageForwarder>(), typeof(UnhandledMessage));
        if (keepsStandardOut)
            stream.Loggers.Add(settings.StdoutLogger);
        else
            stream.Unsubscribe(settings.StdoutLogger);
    }

    private static void StartLogger(ActorSystemImpl system, Type type)
    {
        var stream = system.EventStream;
        var name = $"log{stream.Loggers.Count + 1}-{type.Name}";
        var logger = system.SystemActorOf(Props.Create(type), name);
        // Once it listens, however late, it hears.
        var started = logger
            .Ask<LoggerInitialized>(new InitializeLogger(stream), Timeout.InfiniteTimeSpan)
            .ContinueWith(
                _ => stream.SubscribeFrom(logger, stream.LogLevel), CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        stream.Loggers.Add(logger);
        if (started.Wait(system.Settings.LoggerStartTimeout))
            return;
        stream.Publish(new Warning(
            "EventStream", typeof(EventStream),
            $"Logger {name} [{type.FullName}] did not respond within {system.Settings.LoggerStartTimeout} to "
            + "InitializeLogger(bus). It may miss what is logged until it does."));
    }

    private sealed class UnhandledMessageForwarder : ActorBase
    {
        protected override bool Receive(object message)
        {
            if (message is not UnhandledMessage unhandled)
                return false;
            var sender = unhandled.Sender?.Path.ToString() ?? "NoSender";
            var text = $"Unhandled message from {sender} : {unhandled.Message}";
            Context.System.EventStream.Publish(
                new Debug(unhandled.Recipient.Path.ToString(), unhandled.Recipient.GetType(), text));
            return true;
        }
    }
}
