using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Dispatch;

/// <summary>
/// The queues of one actor, and the work item that empties them on the thread pool in batches. Any thread posts;
/// one at a time consumes. An idle mailbox holds no thread and one empty node.
/// </summary>
internal sealed class Mailbox(ActorCell cell, int throughput, bool inCallingThread) : IThreadPoolWorkItem
{
    /// <summary>The dispatcher of test actors: messages are handled in the thread that sends them.</summary>
    public const string CallingThread = "akka.test.calling-thread-dispatcher";

    private const int Closed = 1;
    private const int Scheduled = 2;
    private const int SuspendUnit = 4;

    private readonly UserMessageQueue _messages = new();
    private SystemMessage? _systemMessages;
    private int _status;

    public bool IsClosed => (Volatile.Read(ref _status) & Closed) != 0;

    public int SuspendCount => Volatile.Read(ref _status) / SuspendUnit;

    public bool IsSuspended => SuspendCount > 0;

    public bool HasMessages => _messages.HasMessages;

    private bool TakesMessages => (Volatile.Read(ref _status) & ~Scheduled) == 0;

    public void Post(Envelope envelope)
    {
        if (IsClosed)
        {
            cell.ToDeadLetters(envelope);
            return;
        }

        _messages.Enqueue(envelope);
        // Closing may have emptied the queue between the check and the post: then this thread empties it again.
        if (IsClosed)
            DrainToDeadLetters();
        else
            Schedule(hasMessage: true);
    }

    public void PostSystem(SystemMessage message)
    {
        while (true)
        {
            var head = Volatile.Read(ref _systemMessages);
            if (head is NoMessage)
            {
                cell.ToDeadLetters(message);
                return;
            }

            message.Next = head;
            if (Interlocked.CompareExchange(ref _systemMessages, message, head) != head)
                continue;
            Schedule(hasMessage: false);
            return;
        }
    }

    /// <summary>Puts messages before all others. Only from the actor itself.</summary>
    public void EnqueueFirst(Envelope envelope) => _messages.EnqueueFirst(envelope);

    /// <inheritdoc cref="UserMessageQueue.EnqueueBehindFront"/>
    public void EnqueueBehindFront(IReadOnlyList<Envelope> envelopes) => _messages.EnqueueBehindFront(envelopes);

    /// <summary>Queues the creation before anything else can be; nothing runs until <see cref="Start"/>.</summary>
    public void Prime(SystemMessage first) => _systemMessages = first;

    public void Start() => Schedule(hasMessage: false);

    public void Suspend() => Interlocked.Add(ref _status, SuspendUnit);

    public void Resume()
    {
        var status = Volatile.Read(ref _status);
        while (status >= SuspendUnit)
        {
            var before = Interlocked.CompareExchange(ref _status, status - SuspendUnit, status);
            if (before == status)
                return;
            status = before;
        }
    }

    /// <summary>Takes nothing any more; what is queued becomes dead letters.</summary>
    public void Close()
    {
        Interlocked.Or(ref _status, Closed);
        var rest = Interlocked.Exchange(ref _systemMessages, NoMessage.Instance);
        for (var message = InOrder(rest); message is not null;)
        {
            var next = message.Next;
            cell.ToDeadLetters(message);
            message = next;
        }

        DrainToDeadLetters();
    }

    public void Execute()
    {
        var previous = ActorCell.Enter(cell);
        try
        {
            ProcessSystemMessages();
            for (var left = throughput; left > 0 && TakesMessages && _messages.TryDequeue(out var envelope); left--)
            {
                cell.Invoke(envelope);
                ProcessSystemMessages();
            }
        }
        finally
        {
            ActorCell.Leave(previous);
            Interlocked.And(ref _status, ~Scheduled);
            Schedule(hasMessage: false);
        }
    }

    private void ProcessSystemMessages()
    {
        while (Volatile.Read(ref _systemMessages) is not (null or NoMessage))
        {
            var message = InOrder(Interlocked.Exchange(ref _systemMessages, null));
            while (message is not null)
            {
                var next = message.Next;
                message.Next = null;
                if (IsClosed)
                    cell.ToDeadLetters(message);
                else
                    cell.SystemInvoke(message);
                message = next;
            }
        }
    }

    private void Schedule(bool hasMessage)
    {
        var status = Volatile.Read(ref _status);
        while ((status & (Closed | Scheduled)) == 0)
        {
            var work = Volatile.Read(ref _systemMessages) is not null
                || (status == 0 && (hasMessage || _messages.HasMessages));
            if (!work)
                return;
            var before = Interlocked.CompareExchange(ref _status, status | Scheduled, status);
            if (before == status)
            {
                if (inCallingThread)
                    Execute();
                else
                    // As Akka.NET does: who is told something is likely to run next, where its message still is in the cache.
                    ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
                return;
            }

            status = before;
        }
    }

    private void DrainToDeadLetters()
    {
        lock (_messages)
        {
            while (_messages.TryDequeue(out var envelope))
                cell.ToDeadLetters(envelope);
        }
    }

    private static SystemMessage? InOrder(SystemMessage? newestFirst)
    {
        SystemMessage? oldestFirst = null;
        while (newestFirst is not null and not NoMessage)
        {
            var next = newestFirst.Next;
            newestFirst.Next = oldestFirst;
            oldestFirst = newestFirst;
            newestFirst = next;
        }

        return oldestFirst;
    }
}
