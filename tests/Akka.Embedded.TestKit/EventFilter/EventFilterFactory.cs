using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>Log events that a test expects: by level, text, source, cause.</summary>
public class EventFilterFactory
{
    private readonly TestKitBase _testkit;
    private readonly ActorSystem _system;
    private readonly IReadOnlyList<LogEventFilter> _filters;

    public EventFilterFactory(TestKitBase testkit, ActorSystem system)
        : this(testkit, system, [])
    {
    }

    internal EventFilterFactory(TestKitBase testkit, ActorSystem system, IReadOnlyList<LogEventFilter> filters)
    {
        _testkit = testkit;
        _system = system;
        _filters = filters;
    }

    public IEventFilterApplier Exception<TException>(
        string? message = null, string? start = null, string? contains = null, string? source = null)
        where TException : Exception => Exception(typeof(TException), message, start, contains, source);

    public IEventFilterApplier Exception<TException>(Regex pattern, string? source = null)
        where TException : Exception => Exception(typeof(TException), pattern, source);

    /// <summary>An error with a cause of that type; its text, or the cause's, must fit.</summary>
    public IEventFilterApplier Exception(
        Type exceptionType, string? message = null, string? start = null, string? contains = null,
        string? source = null, bool checkInnerExceptions = false) =>
        ByCause(exceptionType, TextMatch.Of(message, start, contains), source, checkInnerExceptions);

    public IEventFilterApplier Exception(
        Type exceptionType, Regex pattern, string? source = null, bool checkInnerExceptions = false) =>
        ByCause(exceptionType, TextMatch.Of(pattern), source, checkInnerExceptions);

    public IEventFilterApplier Error(
        string? message = null, string? start = null, string? contains = null, string? source = null) =>
        ForLogLevel(LogLevel.ErrorLevel, message, start, contains, source);

    public IEventFilterApplier Error(Regex pattern, string? source = null) =>
        ForLogLevel(LogLevel.ErrorLevel, pattern, source);

    public IEventFilterApplier Warning(
        string? message = null, string? start = null, string? contains = null, string? source = null) =>
        ForLogLevel(LogLevel.WarningLevel, message, start, contains, source);

    public IEventFilterApplier Warning(Regex pattern, string? source = null) =>
        ForLogLevel(LogLevel.WarningLevel, pattern, source);

    public IEventFilterApplier Info(
        string? message = null, string? start = null, string? contains = null, string? source = null) =>
        ForLogLevel(LogLevel.InfoLevel, message, start, contains, source);

    public IEventFilterApplier Info(Regex pattern, string? source = null) =>
        ForLogLevel(LogLevel.InfoLevel, pattern, source);

    public IEventFilterApplier Debug(
        string? message = null, string? start = null, string? contains = null, string? source = null) =>
        ForLogLevel(LogLevel.DebugLevel, message, start, contains, source);

    public IEventFilterApplier Debug(Regex pattern, string? source = null) =>
        ForLogLevel(LogLevel.DebugLevel, pattern, source);

    public IEventFilterApplier ForLogLevel(
        LogLevel logLevel, string? message = null, string? start = null, string? contains = null,
        string? source = null) =>
        ByText(logLevel, TextMatch.Of(message, start, contains), source);

    public IEventFilterApplier ForLogLevel(LogLevel logLevel, Regex pattern, string? source = null) =>
        ByText(logLevel, TextMatch.Of(pattern), source);

    public IEventFilterApplier Custom(Predicate<LogEvent> predicate) => Apply(predicate, "Custom");

    public IEventFilterApplier Custom<TLogEvent>(Predicate<TLogEvent> predicate)
        where TLogEvent : LogEvent => Custom(logEvent => logEvent is TLogEvent typed && predicate(typed));

    public IEventFilterApplier DeadLetter() => DeadLetter<object>((string?)null);

    public IEventFilterApplier DeadLetter<TMessage>(string? source = null) => DeadLetter(typeof(TMessage), source);

    public IEventFilterApplier DeadLetter<TMessage>(Func<TMessage, bool> isMatch, string? source = null) =>
        DeadLetter(typeof(TMessage), message => isMatch((TMessage)message), source);

    public IEventFilterApplier DeadLetter(Type type, string? source = null) => DeadLetter(type, _ => true, source);

    public IEventFilterApplier DeadLetter(Type type, Func<object, bool> isMatch, string? source = null) => Apply(
        logEvent => logEvent is Warning { Message: DeadLetter letter } && type.IsInstanceOfType(letter.Message)
            && isMatch(letter.Message) && TextMatch.IsSource(logEvent, source),
        $"DeadLetter of {type.Name}");

    private EventFilterApplier ByText(LogLevel level, TextMatch text, string? source) => Apply(
        logEvent => logEvent.LogLevel() == level && TextMatch.IsSource(logEvent, source)
            && (text.Fits(logEvent.Message?.ToString())
                || (level == LogLevel.ErrorLevel && text.Fits(logEvent.Cause?.Message))),
        $"{level.StringFor()} {text}");

    private EventFilterApplier ByCause(Type type, TextMatch text, string? source, bool inner) => Apply(
        logEvent => logEvent is Error { Cause: not null } && TextMatch.IsSource(logEvent, source)
            && Causes(logEvent.Cause, inner).Any(cause => type.IsInstanceOfType(cause)
                && (text.Fits(logEvent.Message?.ToString()) || text.Fits(cause.Message))),
        $"{type.Name} {text}");

    private static IEnumerable<Exception> Causes(Exception cause, bool inner)
    {
        for (Exception? one = cause; one is not null; one = inner ? one.InnerException : null)
            yield return one;
    }

    private EventFilterApplier Apply(Predicate<LogEvent> matches, string description) =>
        new(_testkit, _system, [.. _filters, new LogEventFilter(matches, description)]);
}

/// <summary>How a text must be: exactly so, begin or hold so, or follow a pattern.</summary>
internal sealed record TextMatch(Predicate<string> Test, string Description)
{
    public static TextMatch Of(Regex pattern) => new(pattern.IsMatch, $"like {pattern}");

    public static TextMatch Of(string? message, string? start, string? contains)
    {
        if (message is not null)
            return new TextMatch(text => text == message, $"\"{message}\"");
        if (start is not null)
            return new TextMatch(text => text.StartsWith(start, StringComparison.Ordinal), $"begins \"{start}\"");
        return contains is not null
            ? new TextMatch(text => text.Contains(contains, StringComparison.Ordinal), $"holds \"{contains}\"")
            : new TextMatch(_ => true, "with any text");
    }

    /// <summary>The source is a name, or an actor's path with or without the address.</summary>
    public static bool IsSource(LogEvent logEvent, string? source) => source is null || logEvent.LogSource == source
        || (source.StartsWith('/') && logEvent.LogSource.EndsWith(source, StringComparison.Ordinal));

    public bool Fits(string? text) => text is not null && Test(text);

    public override string ToString() => Description;
}
