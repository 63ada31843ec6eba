using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

// The source of the time-out is disposed with the answer: a reference has no owner that could.
#pragma warning disable CA1001
/// <summary>The address of one answer: the first message completes a task, the others become dead letters.</summary>
internal sealed class FutureActorRef<T>(ActorSystemImpl system) : MinimalActorRef
{
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private CancellationTokenSource? _timeout;
    private CancellationTokenRegistration _onTimeout;
    private CancellationTokenRegistration _onCancel;

    public override ActorPath Path { get; } = system.TempPath();

    public override IInternalActorRef Parent => system.TempContainer;

    public Task<T> Result => _result.Task;

    internal override ActorSystemImpl SystemImpl => system;

    /// <summary>Gives the task its two other ends. Nothing of them outlives the answer.</summary>
    public void ExpireAfter(TimeSpan timeout, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (cancellationToken.CanBeCanceled)
                _onCancel = cancellationToken.UnsafeRegister(_ => _result.TrySetCanceled(cancellationToken), null);
            if (timeout > TimeSpan.Zero)
            {
                _timeout = new CancellationTokenSource(timeout);
                _onTimeout = _timeout.Token.UnsafeRegister(_ => Expire(timeout), null);
            }
        }

        if (_timeout is not null || cancellationToken.CanBeCanceled)
        {
            _ = _result.Task.ContinueWith(
                _ => LetGo(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
                global::System.Threading.Tasks.TaskScheduler.Default);
        }
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
        if (!taken && !_result.Task.IsCanceled)
            system.DeadLetters.Tell(new DeadLetter(message!, sender!, this), sender);
    }

    private void Expire(TimeSpan timeout) => _result.TrySetException(
        new AskTimeoutException($"Timeout after {timeout.TotalSeconds:F2} seconds"));

    private void LetGo()
    {
        lock (_gate)
        {
            _onTimeout.Dispose();
            _onCancel.Dispose();
            _timeout?.Dispose();
        }
    }
}
