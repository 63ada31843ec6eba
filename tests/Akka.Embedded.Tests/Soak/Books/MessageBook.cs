using System.Collections.Concurrent;

namespace Akka.Embedded.Tests.Soak.Books;

/// <summary>How a message can end. Each must end in exactly one of these ways.</summary>
internal enum End
{
    /// <summary>A handler took it and returned.</summary>
    Handled,

    /// <summary>Its handler threw.</summary>
    Failed,

    /// <summary>Its handler was waiting when the actor was stopped.</summary>
    CutShort,

    DeadLetter,
    Unhandled,

    /// <summary>It completed the task of an Ask.</summary>
    Answered,

    /// <summary>Its schedule was cancelled before it was sent.</summary>
    Withdrawn
}

/// <summary>
/// Every message that was sent and has not ended. Accounts are settled as they go, so that its size is that of what is
/// on the way, however many messages there have been.
/// </summary>
internal sealed class MessageBook(Findings findings)
{
    private readonly ConcurrentDictionary<long, int> _open = new();
    private readonly ConcurrentDictionary<long, bool> _withdrawn = new();
    private readonly long[] _ends = new long[Enum.GetValues<End>().Length];
    private long _sent;
    private long _settled;
    private long _mayNotCome;

    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>How many must still end.</summary>
    public long Open => Sent - Interlocked.Read(ref _settled) - Interlocked.Read(ref _mayNotCome);

    /// <summary>A new number, open from now on.</summary>
    /// <param name="receiver">The cell that is to get the message, or 0 where it is none.</param>
    public long Send(int receiver)
    {
        var id = Interlocked.Increment(ref _sent);
        _open[id] = receiver;
        return id;
    }

    public void Settle(long id, End end)
    {
        if (!_open.TryRemove(id, out _))
        {
            findings.Report(id < 1 || id > Sent
                ? $"message {id} ended ({end}) and was never sent"
                : $"message {id} ended a second time ({end})");
            return;
        }

        if (_withdrawn.TryRemove(id, out _))
            Interlocked.Decrement(ref _mayNotCome);
        Interlocked.Increment(ref _settled);
        Interlocked.Increment(ref _ends[(int)end]);
    }

    /// <summary>Its schedule will be cancelled: it may come, or not.</summary>
    public void Withdraw(long id)
    {
        _withdrawn[id] = true;
        Interlocked.Increment(ref _mayNotCome);
    }

    public long Count(End end) => Interlocked.Read(ref _ends[(int)end]);

    /// <summary>What is open and must still end, with its receiver.</summary>
    public IEnumerable<(long Id, int Receiver)> Outstanding() => _open
        .Where(entry => !_withdrawn.ContainsKey(entry.Key))
        .Select(entry => (entry.Key, entry.Value));

    /// <summary>When nothing can come any more: ends what was withdrawn, and gives what is lost.</summary>
    public IReadOnlyList<(long Id, int Receiver)> Close()
    {
        foreach (var id in _withdrawn.Keys)
            Settle(id, End.Withdrawn);
        var lost = Outstanding().ToList();
        // They are reported once, not again at the close of each later epoch.
        foreach (var (id, _) in lost)
        {
            if (_open.TryRemove(id, out _))
                Interlocked.Increment(ref _settled);
        }

        return lost;
    }
}
