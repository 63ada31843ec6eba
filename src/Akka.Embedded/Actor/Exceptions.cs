namespace Akka.Actor;

/// <summary>An actor could not be created or started. The default decider stops such an actor.</summary>
public class ActorInitializationException : AkkaException
{
    public ActorInitializationException()
    {
    }

    public ActorInitializationException(string message)
        : base(message)
    {
    }

    public ActorInitializationException(string message, Exception cause)
        : base(message, cause)
    {
    }

    public ActorInitializationException(IActorRef? actor, string message, Exception? cause = null)
        : base(message, cause) => Actor = actor;

    public IActorRef? Actor { get; set; }

    public override string ToString() => Actor is null ? base.ToString() : $"{Actor}: {base.ToString()}";
}

/// <summary>The hook before a restart failed.</summary>
public class PreRestartException(IActorRef actor, Exception restartException, Exception cause, object? optionalMessage)
    : ActorInitializationException(actor, Describe(cause, optionalMessage), restartException)
{
    /// <summary>What the hook threw.</summary>
    public Exception RestartException { get; } = restartException;

    public object? OptionalMessage { get; } = optionalMessage;

    private static string Describe(Exception? cause, object? message) =>
        $"Exception in PreRestart({cause?.GetType().ToString() ?? "null"}, {message?.GetType().ToString() ?? "null"})";
}

/// <summary>The new instance failed before it could go on.</summary>
public class PostRestartException(IActorRef actor, Exception cause, Exception originalCause)
    : ActorInitializationException(
        actor, $"Exception post restart ({originalCause?.GetType().ToString() ?? "null"})", cause)
{
    /// <summary>Why the actor was restarted.</summary>
    public Exception? OriginalCause { get; } = originalCause;
}

/// <summary>Thrown in an actor that receives <see cref="Kill"/>.</summary>
public class ActorKilledException : AkkaException
{
    public ActorKilledException()
    {
    }

    public ActorKilledException(string message)
        : base(message)
    {
    }
}

/// <summary>A watched actor ended, and the watcher did not handle <see cref="Terminated"/>.</summary>
public class DeathPactException(IActorRef deadActor) : AkkaException($"Monitored actor [{deadActor}] terminated")
{
    public IActorRef DeadActor { get; } = deadActor;
}

/// <summary>The name cannot be an actor's, or is taken.</summary>
public class InvalidActorNameException : AkkaException
{
    public InvalidActorNameException(string message)
        : base(message)
    {
    }

    public InvalidActorNameException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>Null was sent.</summary>
public class InvalidMessageException : AkkaException
{
    public InvalidMessageException()
        : this("Message is null")
    {
    }

    public InvalidMessageException(string message)
        : base(message)
    {
    }
}

/// <summary>The answer to an Ask did not come in time.</summary>
public class AskTimeoutException(string message) : AkkaException(message);

/// <summary>No actor is at the selected path.</summary>
public class ActorNotFoundException : AkkaException
{
    public ActorNotFoundException()
    {
    }

    public ActorNotFoundException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

public class IllegalActorStateException(string message) : AkkaException(message);

/// <summary>A logger named in the configuration could not be started.</summary>
public class LoggerInitializationException : AkkaException
{
    public LoggerInitializationException()
    {
    }

    public LoggerInitializationException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}

/// <summary>The scheduler is disposed, or was asked for something impossible.</summary>
public sealed class SchedulerException(string message) : AkkaException(message);

/// <summary>A bounded stash is full.</summary>
public class StashOverflowException(string message, Exception? cause = null) : AkkaException(message, cause);
