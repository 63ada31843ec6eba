using Akka.Actor;
using Akka.Dispatch;

namespace Akka.Event;

/// <summary>A logger that is no actor, for the time before actors run and after.</summary>
public abstract class MinimalLogger : MinimalActorRef
{
    public sealed override ActorPath Path { get; } =
        new RootActorPath(new Address("akka", "all-systems")) / "StandardOutLogger";

    protected abstract void Log(object message);

    protected sealed override void TellInternal(object message, IActorRef? sender) =>
        Log(message ?? throw new ArgumentNullException(nameof(message), "The message to log must not be null."));
}

/// <summary>Writes log events to standard output.</summary>
public class StandardOutLogger : MinimalLogger
{
    protected override void Log(object message) => Console.Out.WriteLine(message.ToString());
}

/// <summary>The logger of a system that names none: standard output.</summary>
public class DefaultLogger : ActorBase, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger:
                Sender.Tell(new LoggerInitialized());
                return true;
            case LogEvent logEvent:
                Print(logEvent);
                return true;
            default:
                return false;
        }
    }

    protected virtual void Print(LogEvent logEvent) => Context.System.Settings.StdoutLogger.Tell(logEvent, Self);
}

/// <summary>Logs dead letters: so many, then none for a while.</summary>
internal sealed class DeadLetterListener : ActorBase
{
    private readonly int _most = Context.System.Settings.LogDeadLetters;
    private int _count;
    private int _untold;
    private TimeSpan? _silentUntil;

    protected override void PreStart()
    {
        var stream = Context.System.EventStream;
        stream.Subscribe(Self, typeof(DeadLetter));
        stream.Subscribe(Self, typeof(Dropped));
        stream.Subscribe(Self, typeof(UnhandledMessage));
    }

    protected override bool Receive(object message)
    {
        if (message is not AllDeadLetters letter)
            return false;
        if (letter.Message is IDeadLetterSuppression)
            return true;

        var now = Context.System.Scheduler.MonotonicClock;
        if (_silentUntil is { } until && now < until)
        {
            _untold++;
            return true;
        }

        if (_silentUntil is not null)
        {
            Log(letter, $", of which {_untold} were not logged. The counter will be reset now");
            _count = _untold = 0;
            _silentUntil = null;
            return true;
        }

        if (++_count < _most)
        {
            Log(letter, "");
            return true;
        }

        var pause = Context.System.Settings.LogDeadLettersSuspendDuration;
        Log(letter, pause == Timeout.InfiniteTimeSpan
            ? ", no more dead letters will be logged"
            : $", no more dead letters will be logged in next [{pause}]");
        _silentUntil = pause == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : now + pause;
        return true;
    }

    private static void Log(AllDeadLetters letter, string remark)
    {
        var what = WrappedMessage.Unwrap(letter.Message);
        var how = letter switch
        {
            Dropped dropped => $"was dropped. {dropped.Reason}",
            UnhandledMessage => "was unhandled",
            _ => "was not delivered"
        };
        var text = $"Message [{what.GetType().Name}] from {letter.Sender?.ToString() ?? "NoSender"} to "
            + $"{letter.Recipient} {how}. [dead letters are logged by 'akka.log-dead-letters'{remark}] {what}";
        var source = letter.Recipient.Path.ToString();
        Context.System.EventStream.Publish(new Info(source, letter.Recipient.GetType(), text));
    }
}
