using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

// The source of the time-out is disposed with the answer: a reference has no owner that could.
#pragma warning disable CA1001
/// <summary>The address of one answer: the first message completes a task, the others become dead letters.</summary>
internal sealed class FutureActorRef<T>(ActorSystemImpl system) : MinimalActorRef
{
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _number = system.NextTempNumber();
    private ActorPath? _path;
    private TimeSpan _patience;
    private CancellationTokenSource? _timeout;
    private CancellationTokenRegistration _onTimeout;
    private CancellationTokenRegistration _onCancel;

    /// <summary>Made when somebody looks, which hardly anybody does.</summary>
    public override ActorPath Path => _path ??= system.TempPath(_number);

    public override IInternalActorRef Parent => system.TempContainer;

    public Task<T> Result => _result.Task;

    internal override ActorSystemImpl SystemImpl => system;

    /// <summary>
    /// Gives the task its two other ends, before anybody can answer. Nothing of them outlives the answer.
    /// </summary>
    public void ExpireAfter(TimeSpan timeout, CancellationToken cancellationToken)
    {
        lock (_result)
        {
            if (cancellationToken.CanBeCanceled)
                _onCancel = cancellationToken.UnsafeRegister(static (it, token) => Of(it).Cancel(token), this);
            if (timeout > TimeSpan.Zero)
            {
                _patience = timeout;
                _timeout = new CancellationTokenSource(timeout);
                _onTimeout = _timeout.Token.UnsafeRegister(static it => Of(it).Expire(), this);
            }
        }

        // One of them may have come at once, when there was not yet everything to let go of.
        if (_result.Task.IsCompleted)
            LetGo();
    }

    internal override void SendSystemMessage(SystemMessage message)
    {
        if (message is DeathWatchNotification end)
            Tell(new Terminated(end.Actor, end.ExistenceConfirmed, addressTerminated: false), end.Actor);
    }

    protected override void TellInternal(object message, IActorRef? sender)
    {
        var taken = message switch
        {
            T answer => _result.TrySetResult(answer),
            null => _result.TrySetResult(default!),
            Status.Failure failure => _result.TrySetException(
                failure.Cause ?? new TaskCanceledException("Task cancelled by actor via Failure message.")),
            _ => _result.TrySetException(new ArgumentException(
                $"Received message of type [{message.GetType()}] - Ask expected message of type [{typeof(T)}]"))
        };
        if (taken)
            LetGo();
        else if (!_result.Task.IsCanceled)
            system.DeadLetters.Tell(new DeadLetter(message!, sender!, this), sender);
    }

    private static FutureActorRef<T> Of(object? state) => (FutureActorRef<T>)state!;

    private void Expire()
    {
        if (_result.TrySetException(new AskTimeoutException($"Timeout after {_patience.TotalSeconds:F2} seconds")))
            LetGo();
    }

    private void Cancel(CancellationToken token)
    {
        if (_result.TrySetCanceled(token))
            LetGo();
    }

    private void LetGo()
    {
        lock (_result)
        {
            // Dispose would wait for the other end, which may be waiting here.
            _onTimeout.Unregister();
            _onCancel.Unregister();
            _timeout?.Dispose();
        }
    }
}
