using Akka.Actor;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>Finds log events.</summary>
public interface IEventFilter
{
    bool Apply(LogEvent logEvent);
}

/// <summary>A filter that was put in place and can be taken away.</summary>
public interface IUnmutableFilter : IDisposable;

/// <summary>Finds log events, and tells when it did.</summary>
internal sealed class LogEventFilter(Predicate<LogEvent> matches, string description) : IEventFilter
{
    public event Action? Matched;

    public bool Apply(LogEvent logEvent)
    {
        if (!matches(logEvent))
            return false;
        Matched?.Invoke();
        return true;
    }

    public override string ToString() => description;
}

/// <summary>Filters to begin with, or to end with, for the <see cref="TestEventListener"/>.</summary>
internal sealed record FilterChange(IReadOnlyList<LogEventFilter> Filters, bool Begins)
    : INoSerializationVerificationNeeded, IDeadLetterSuppression;

/// <summary>The logger of tests: what a filter finds it does not print.</summary>
public class TestEventListener : DefaultLogger
{
    private readonly List<IEventFilter> _filters = [];

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger init:
                init.LoggingBus.Subscribe(Context.Self, typeof(FilterChange));
                init.LoggingBus.Subscribe(Context.Self, typeof(DeadLetter));
                return base.Receive(message);
            case FilterChange { Begins: true } change:
                _filters.AddRange(change.Filters);
                return true;
            case FilterChange change:
                _filters.RemoveAll(change.Filters.Contains);
                return true;
            case LogEvent logEvent:
                PrintUnlessFiltered(logEvent);
                return true;
            case DeadLetter letter:
                var recipient = letter.Recipient;
                PrintUnlessFiltered(new Warning(recipient.Path.ToString(), recipient.GetType(), letter));
                return true;
            default:
                return false;
        }
    }

    private void PrintUnlessFiltered(LogEvent logEvent)
    {
        if (!_filters.Any(filter => filter.Apply(logEvent)))
            Print(logEvent);
    }
}
