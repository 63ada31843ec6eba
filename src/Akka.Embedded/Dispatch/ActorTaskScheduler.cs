using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Dispatch;

/// <summary>
/// Runs asynchronous handlers inside their actor: what follows an <c>await</c> comes back as a system message, and
/// no other message is handled until the handler is done.
/// </summary>
public sealed class ActorTaskScheduler : TaskScheduler
{
    /// <summary>
    /// How deep tasks may run inside each other: a handler that yields in a loop must not eat the stack.
    /// </summary>
    private const int DeepestNesting = 32;

    private readonly ActorCell _cell;
    private Envelope _handled;
    private int _nesting;

    internal ActorTaskScheduler(ActorCell cell) => _cell = cell;

    public override int MaximumConcurrencyLevel => 1;

    public static void RunTask(Action action) => RunTask(() =>
    {
        action();
        return Task.CompletedTask;
    });

    /// <summary>Runs the handler to its end before the next message. Only inside an actor.</summary>
    public static void RunTask(Func<Task> asyncAction)
    {
        var cell = ActorCell.Current
            ?? throw new InvalidOperationException("RunTask must be called from an actor context.");
        var scheduler = cell.TaskScheduler;
        scheduler._handled = cell.CurrentEnvelope;
        cell.Mailbox.Suspend();
        Task.Factory
            .StartNew(asyncAction, CancellationToken.None, TaskCreationOptions.None, scheduler)
            .Unwrap()
            .ContinueWith(
                scheduler.Complete, CancellationToken.None, TaskContinuationOptions.None, scheduler);
    }

    internal void Execute(Task task)
    {
        _cell.CurrentEnvelope = _handled;
        TryExecuteTask(task);
        // After a failure the restart is told the message.
        if (!_cell.IsFailed)
            _cell.CurrentEnvelope = default;
    }

    protected override void QueueTask(Task task)
    {
        var longRunning = (task.CreationOptions & TaskCreationOptions.LongRunning) != 0;
        if (longRunning || !ReferenceEquals(ActorCell.Current, _cell) || _nesting >= DeepestNesting)
        {
            _cell.Mailbox.PostSystem(new ContinueTask(this, task));
            return;
        }

        _nesting++;
        TryExecuteTask(task);
        _nesting--;
    }

    /// <summary>Never: <see cref="QueueTask"/> runs at once what may run at once.</summary>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task>? GetScheduledTasks() => null;

    private void Complete(Task handler)
    {
        _cell.Mailbox.Resume();
        switch (handler.Status)
        {
            case TaskStatus.Faulted:
                var faults = handler.Exception!;
                _cell.AsyncHandlerFailed(_handled, faults.InnerExceptions.Count == 1 ? faults.InnerException! : faults);
                break;
            case TaskStatus.Canceled:
                _cell.AsyncHandlerFailed(_handled, new TaskCanceledException(handler));
                break;
            default:
                _cell.CheckReceiveTimeout(_handled.Message is not INotInfluenceReceiveTimeout);
                break;
        }

        _handled = default;
    }
}
