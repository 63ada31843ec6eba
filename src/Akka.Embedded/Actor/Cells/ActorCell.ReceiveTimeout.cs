namespace Akka.Actor;

internal sealed partial class ActorCell
{
    private TimeSpan? _receiveTimeout;
    private ICancelable? _pendingReceiveTimeout;

    public TimeSpan? ReceiveTimeout => _receiveTimeout;

    public void SetReceiveTimeout(TimeSpan? timeout)
    {
        if (timeout is { } given && given <= TimeSpan.Zero && given != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(nameof(timeout), given, "The timeout must be positive.");
        _receiveTimeout = timeout == Timeout.InfiniteTimeSpan ? null : timeout;
        if (_receiveTimeout is null)
            CancelReceiveTimeout();
    }

    public void CheckReceiveTimeout(bool reschedule)
    {
        if (_receiveTimeout is not { } timeout || (!reschedule && _pendingReceiveTimeout is not null) || IsTerminating)
            return;
        CancelReceiveTimeout();
        _pendingReceiveTimeout =
            SystemImpl.Scheduler.ScheduleTellOnceCancelable(timeout, Self, Akka.Actor.ReceiveTimeout.Instance, Self);
    }

    private void CancelReceiveTimeout()
    {
        _pendingReceiveTimeout?.Cancel();
        _pendingReceiveTimeout = null;
    }
}
