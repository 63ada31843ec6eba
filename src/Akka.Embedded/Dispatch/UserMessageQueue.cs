using System.Runtime.InteropServices;
using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>
/// A linked queue that any thread appends to without a lock and one thread empties. Its consumer may also put messages
/// in front, which is how stashes give theirs back.
/// </summary>
[StructLayout(LayoutKind.Explicit)]
internal sealed class UserMessageQueue
{
    // What the consumer writes lies in another cache line than what all others write.
    [FieldOffset(0)] private Node _oldest;
    [FieldOffset(8)] private Stack<Envelope>? _front;
    [FieldOffset(64)] private Node _newest;

    public UserMessageQueue() => _newest = _oldest = new Node();

    /// <summary>
    /// True when something can be taken, or is being appended: whoever appends does so with a fence before it looks
    /// whether somebody consumes, and linking its node comes after that. Looking at links would miss it.
    /// </summary>
    public bool HasMessages
    {
        get
        {
            if (_front is { Count: > 0 })
                return true;
            var oldest = Volatile.Read(ref _oldest);
            return !ReferenceEquals(Volatile.Read(ref _newest), oldest);
        }
    }

    public void Enqueue(Envelope envelope)
    {
        var node = new Node { Envelope = envelope };
        var before = Interlocked.Exchange(ref _newest, node);
        Volatile.Write(ref before.Next, node);
    }

    public void EnqueueFirst(Envelope envelope) => (_front ??= new Stack<Envelope>()).Push(envelope);

    /// <summary>Before what was sent, but behind what was put in front already.</summary>
    public void EnqueueBehindFront(IReadOnlyList<Envelope> envelopes)
    {
        var front = _front ??= new Stack<Envelope>();
        var first = front.ToArray();
        front.Clear();
        for (var i = envelopes.Count - 1; i >= 0; i--)
            front.Push(envelopes[i]);
        for (var i = first.Length - 1; i >= 0; i--)
            front.Push(first[i]);
    }

    public bool TryDequeue(out Envelope envelope)
    {
        if (_front is not null && _front.TryPop(out envelope))
            return true;

        var oldest = _oldest;
        var next = Volatile.Read(ref oldest.Next);
        if (next is null)
        {
            // Only now: those who append keep writing there, in other processors' caches.
            if (ReferenceEquals(Volatile.Read(ref _newest), oldest))
            {
                envelope = default;
                return false;
            }

            next = Linked(oldest);
        }

        envelope = next.Envelope;
        // The node stays as the new oldest: without this it would keep its message alive.
        next.Envelope = default;
        _oldest = next;
        // A spent node that has outlived a collection or two would keep all nodes after it through the next ones.
        oldest.Next = null;
        return true;
    }

    /// <summary>Waits for a thread that is between the two steps of its append.</summary>
    private static Node Linked(Node oldest)
    {
        var wait = new SpinWait();
        Node? next;
        while ((next = Volatile.Read(ref oldest.Next)) is null)
            wait.SpinOnce();
        return next;
    }

    private sealed class Node
    {
        public Node? Next;
        public Envelope Envelope;
    }
}
