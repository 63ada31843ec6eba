using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

public static class GracefulStopSupport
{
    /// <summary>Stops the actor after the messages it has; true when it ended in time.</summary>
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout) =>
        target.GracefulStop(timeout, PoisonPill.Instance);

    /// <inheritdoc cref="GracefulStop(IActorRef, TimeSpan)"/>
    public static async Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout, object stopMessage)
    {
        var watchee = (IInternalActorRef)target;
        var ended = watchee.ListenForEnd(timeout, CancellationToken.None);
        target.Tell(stopMessage, ActorRefs.NoSender);
        try
        {
            await ended.ConfigureAwait(false);
            return true;
        }
        catch (AskTimeoutException)
        {
            return false;
        }
    }

    internal static Task<Terminated> ListenForEnd(
        this IInternalActorRef watchee, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var future = new FutureActorRef<Terminated>(watchee.SystemImpl
            ?? throw new InvalidOperationException($"{watchee} does not run in an actor system."));
        future.ExpireAfter(timeout, cancellationToken);
        watchee.SendSystemMessage(new Watch(watchee, future));
        _ = future.Result.ContinueWith(
            _ => watchee.SendSystemMessage(new Unwatch(watchee, future)), CancellationToken.None,
            TaskContinuationOptions.NotOnRanToCompletion, global::System.Threading.Tasks.TaskScheduler.Default);
        return future.Result;
    }
}

public static class WatchAsyncSupport
{
    /// <summary>True once the actor has ended; false when the token was cancelled before.</summary>
    public static async Task<bool> WatchAsync(this IActorRef target, CancellationToken token = default)
    {
        try
        {
            await ((IInternalActorRef)target).ListenForEnd(Timeout.InfiniteTimeSpan, token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
