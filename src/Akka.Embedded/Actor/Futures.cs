namespace Akka.Actor;

/// <summary>Asking from outside of actors: a message out, a task for the answer back.</summary>
public static class Futures
{
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<object>(message, timeout, CancellationToken.None);

    public static Task<object> Ask(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<object>(message, null, cancellationToken);

    public static Task<object> Ask(
        this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<object>(message, timeout, cancellationToken);

    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<T>(message, timeout, CancellationToken.None);

    public static Task<T> Ask<T>(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<T>(message, null, cancellationToken);

    /// <summary>
    /// The answer of type <typeparamref name="T"/>. A <see cref="Status.Failure"/> faults the task with its cause, an
    /// answer of another type with an <see cref="ArgumentException"/>, the time-out with an <see
    /// cref="AskTimeoutException"/>.
    /// </summary>
    public static Task<T> Ask<T>(
        this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<T>(_ => message, timeout, cancellationToken);

    /// <summary>As the others, for a message that holds the address for the answer itself.</summary>
    public static Task<T> Ask<T>(
        this ICanTell self, Func<IActorRef, object> messageFactory, TimeSpan? timeout,
        CancellationToken cancellationToken)
    {
        var system = SystemOf(self)
            ?? throw new ArgumentException("Unable to resolve the target Provider", nameof(self));
        var future = new FutureActorRef<T>(system);
        future.ExpireAfter(timeout ?? system.Settings.AskTimeout, cancellationToken);
        self.Tell(messageFactory(future), future);
        return future.Result;
    }

    private static ActorSystemImpl? SystemOf(ICanTell target) => target switch
    {
        ActorSelection selection => SystemOf(selection.Anchor),
        IInternalActorRef { SystemImpl: { } system } => system,
        _ => ActorCell.Current?.SystemImpl
    };
}
