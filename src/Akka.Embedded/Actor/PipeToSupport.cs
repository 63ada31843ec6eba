namespace Akka.Actor;

/// <summary>
/// Sends what a task comes to, so that an actor need not wait for it. A failure comes as <see cref="Status.Failure"/>
/// unless a mapper makes something else of it.
/// </summary>
public static class PipeToSupport
{
    public static Task PipeTo<T>(
        this Task<T> taskToPipe, ICanTell recipient, IActorRef? sender = null, Func<T, object>? success = null,
        Func<Exception, object>? failure = null) =>
        Pipe(Outcome(taskToPipe, false, success), recipient, sender, failure);

    public static Task PipeTo<T>(
        this Task<T> taskToPipe, ICanTell recipient, bool useConfigureAwait, IActorRef? sender = null,
        Func<T, object>? success = null, Func<Exception, object>? failure = null) =>
        Pipe(Outcome(taskToPipe, useConfigureAwait, success), recipient, sender, failure);

    public static Task PipeTo<T>(
        this ValueTask<T> taskToPipe, ICanTell recipient, IActorRef? sender = null, Func<T, object>? success = null,
        Func<Exception, object>? failure = null) =>
        Pipe(Outcome(taskToPipe.AsTask(), false, success), recipient, sender, failure);

    /// <summary>Without a <paramref name="success"/> mapper success is not told.</summary>
    public static Task PipeTo(
        this Task taskToPipe, ICanTell recipient, IActorRef? sender = null, Func<object>? success = null,
        Func<Exception, object>? failure = null) =>
        Pipe(Outcome(taskToPipe, false, success), recipient, sender, failure);

    /// <inheritdoc cref="PipeTo(Task, ICanTell, IActorRef, Func{object}, Func{Exception, object})"/>
    public static Task PipeTo(
        this Task taskToPipe, ICanTell recipient, bool useConfigureAwait, IActorRef? sender = null,
        Func<object>? success = null, Func<Exception, object>? failure = null) =>
        Pipe(Outcome(taskToPipe, useConfigureAwait, success), recipient, sender, failure);

    /// <inheritdoc cref="PipeTo(Task, ICanTell, IActorRef, Func{object}, Func{Exception, object})"/>
    public static Task PipeTo(
        this ValueTask taskToPipe, ICanTell recipient, IActorRef? sender = null, Func<object>? success = null,
        Func<Exception, object>? failure = null) =>
        Pipe(Outcome(taskToPipe.AsTask(), false, success), recipient, sender, failure);

    private static async Task<object?> Outcome<T>(Task<T> task, bool inContext, Func<T, object>? success)
    {
        var result = await task.ConfigureAwait(inContext);
        return (success is null ? result : success(result)) ?? throw new InvalidMessageException();
    }

    /// <summary>Null where nobody asked to be told of success.</summary>
    private static async Task<object?> Outcome(Task task, bool inContext, Func<object>? success)
    {
        await task.ConfigureAwait(inContext);
        return success is null ? null : success() ?? throw new InvalidMessageException();
    }

    private static async Task Pipe(
        Task<object?> outcome, ICanTell recipient, IActorRef? sender, Func<Exception, object>? failure)
    {
        object? message;
        try
        {
            message = await outcome.ConfigureAwait(false);
            if (message is null)
                return;
        }
        catch (Exception fault)
        {
            message = failure is null ? new Status.Failure(fault) : failure(fault);
        }

        recipient.Tell(message, sender);
    }
}
