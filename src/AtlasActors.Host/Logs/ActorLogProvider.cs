using Akka.Event;
using AtlasActors.Telemetry;
using Microsoft.Extensions.Logging;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Parsing;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace AtlasActors.Host.Logs;

/// <summary>
/// Lets Serilog have the lines: those of actors without the actor system's own heading, and with what they are about in
/// fields of their own (Source, Batch, Job, Model, Attempt, Prediction).
/// </summary>
internal sealed class ActorLogProvider(Serilog.ILogger logger, bool dispose = false) : ILoggerProvider
{
    private readonly SerilogLoggerProvider _others = new(logger, dispose);

    public Microsoft.Extensions.Logging.ILogger CreateLogger(string categoryName) =>
        new ActorLogger(logger, _others.CreateLogger(categoryName));

    public void Dispose() => _others.Dispose();

    private sealed class ActorLogger(Serilog.ILogger logger, Microsoft.Extensions.Logging.ILogger others)
        : Microsoft.Extensions.Logging.ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => others.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => others.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (state is not Akka.Event.LogEvent told)
                others.Log(logLevel, eventId, state, exception, formatter);
            else if (IsEnabled(logLevel))
                Write(told, LevelConvert.ToSerilogLevel(logLevel), exception);
        }

        private void Write(Akka.Event.LogEvent told, LogEventLevel level, Exception? exception)
        {
            var text = told.Message?.ToString() ?? "";
            logger.Write(new Serilog.Events.LogEvent(
                new DateTimeOffset(DateTime.SpecifyKind(told.Timestamp, DateTimeKind.Utc)), level, exception,
                new MessageTemplate(text, [new TextToken(text)]), PropertiesOf(told.LogSource)));
        }

        private static IEnumerable<LogEventProperty> PropertiesOf(string source)
        {
            var about = JobLogSource.Parse(source);
            // What says all of it is no actor's path.
            if (about?.Model is null) yield return Property("Source", source);
            if (about is null) yield break;
            yield return Property("Batch", about.Batch);
            if (about.Job is { } job) yield return Property("Job", job);
            if (about.Model is { } model) yield return Property("Model", model);
            if (about.Attempt is { } attempt) yield return Property("Attempt", attempt);
            if (about.Prediction is { } prediction) yield return Property("Prediction", prediction);
        }

        private static LogEventProperty Property(string name, object value) => new(name, new ScalarValue(value));
    }
}
