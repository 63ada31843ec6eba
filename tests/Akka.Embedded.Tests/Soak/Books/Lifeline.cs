namespace Akka.Embedded.Tests.Soak.Books;

internal enum Phase
{
    /// <summary>No instance yet.</summary>
    Unborn,

    /// <summary>An instance is made and was not yet told to start.</summary>
    Made,

    /// <summary>PreStart or PostRestart has run; only now are there messages.</summary>
    Started,

    /// <summary>PreRestart has run; the next instance is to come.</summary>
    Restarting,

    /// <summary>The instance failed before it had started.</summary>
    Broken,

    Stopped
}

/// <summary>
/// The instances of one actor and what each may do when: hooks in their order, one message at a time, and none between
/// a failure and the decision on it.
/// </summary>
internal sealed class Lifeline(Action<string> report)
{
    private volatile int _instance;
    private volatile Phase _phase;
    private Exception? _restartCause;
    private Exception? _undecided;
    private (Exception Cause, object Message)? _failure;

    public Phase Phase => _phase;

    /// <summary>Counts them from 1.</summary>
    public int Instance => _instance;

    /// <summary>The message whose handler has not returned.</summary>
    public object? InHand { get; private set; }

    public bool AwaitsDecision => _undecided is not null;

    public int Make()
    {
        if (_phase is not (Phase.Unborn or Phase.Restarting or Phase.Broken))
            report($"an instance was made while the one before was {_phase}");
        _phase = Phase.Made;
        return ++_instance;
    }

    /// <param name="restartedBy">The cause that PostRestart is told, null in PreStart.</param>
    public void Start(int instance, Exception? restartedBy)
    {
        if (_phase != Phase.Made || instance != _instance)
            report($"instance {instance} was started while instance {_instance} was {_phase}");
        if (!ReferenceEquals(_restartCause ?? restartedBy, restartedBy))
            report($"PostRestart was told {restartedBy?.Message} and PreRestart {_restartCause?.Message}");
        _restartCause = null;
        _phase = Phase.Started;
    }

    /// <summary>Its constructor, PreStart or PostRestart is about to throw.</summary>
    public void Break()
    {
        _phase = Phase.Broken;
        _restartCause = null;
        _undecided = null;
    }

    public void Begin(int instance, object message)
    {
        if (_phase != Phase.Started || instance != _instance)
            report($"instance {instance} was shown {message} while instance {_instance} was {_phase}");
        if (InHand is not null)
            report($"was shown {message} while it handled {InHand}");
        if (_undecided is not null)
            report($"was shown {message} before its supervisor had decided on {_undecided.Message}");
        InHand = message;
    }

    public void Finish(object message)
    {
        if (!ReferenceEquals(InHand, message))
            report($"finished {message} while it handled {InHand ?? "nothing"}");
        InHand = null;
    }

    /// <summary>The handler of the message is about to throw.</summary>
    public void Fail(object message, Exception cause)
    {
        Finish(message);
        // Of an instance that was replaced while it waited, and whose successor has failed meanwhile: nobody hears it.
        if (_undecided is not null || _phase == Phase.Broken)
            return;
        _undecided = cause;
        _failure = (cause, message);
    }

    /// <summary>The failure of a child is now this actor's own, unless it is being restarted anyway.</summary>
    public void Escalate(Exception cause)
    {
        if (_phase == Phase.Started)
            _undecided ??= cause;
    }

    public void Decide(Exception cause)
    {
        if (ReferenceEquals(_undecided, cause))
            _undecided = null;
    }

    public void PreRestart(int instance, Exception cause, object? message)
    {
        if (_phase != Phase.Started || instance != _instance)
            report($"PreRestart of instance {instance} while instance {_instance} was {_phase}");
        if (_failure is { } failure && ReferenceEquals(failure.Cause, cause)
            && !ReferenceEquals(failure.Message, message))
            report($"failed on {failure.Message}, and PreRestart was told {message ?? "nothing"}");
        _failure = null;
        _restartCause = cause;
        _phase = Phase.Restarting;
    }

    /// <summary>An instance that is done with, but for this, may or may not be told to stop.</summary>
    public void PostStop(int instance)
    {
        if (_phase == Phase.Stopped || instance > _instance)
            report($"PostStop of instance {instance} while instance {_instance} was {_phase}");
        _phase = Phase.Stopped;
    }

    /// <summary>Others were told that the actor is gone; gives the message that it will not finish.</summary>
    public object? End()
    {
        if (_phase == Phase.Started)
            report("ended, and its last instance was never told to stop");
        var cut = InHand;
        InHand = null;
        return cut;
    }
}
