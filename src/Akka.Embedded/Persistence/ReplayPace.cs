namespace Akka.Persistence;

/// <summary>
/// How far a journal reads ahead of the actor that it replays to. Without it the whole past of an actor that handles
/// more slowly than the disk reads would lie in its mailbox.
/// </summary>
internal sealed class ReplayPace
{
    /// <summary>So many events the journal is ahead when it stops; at half of that it goes on.</summary>
    public const int FurthestAhead = 1024;

    /// <summary>The actor says this seldom how far it is, so that saying so costs nothing.</summary>
    private const int Step = 64;

    private readonly Lock _gate = new();
    private TaskCompletionSource? _waiting;
    private long _told;
    private long _handled;
    private long _handledAsSaid;
    private bool _abandoned;

    /// <summary>True when the actor is gone that the replay was for.</summary>
    public bool IsAbandoned
    {
        get
        {
            lock (_gate)
                return _abandoned;
        }
    }

    /// <summary>Whether the journal is to wait before it reads on. Only the journal asks.</summary>
    public bool IsTooFarAhead => _told - Volatile.Read(ref _handledAsSaid) >= FurthestAhead;

    /// <summary>By the journal: an event is in the mailbox.</summary>
    public void Told() => _told++;

    /// <summary>By the actor: an event is handled.</summary>
    public void Handled()
    {
        if (++_handled % Step != 0)
            return;
        lock (_gate)
        {
            Volatile.Write(ref _handledAsSaid, _handled);
            ResumeIfClose();
        }
    }

    /// <summary>By the actor: nothing more of this replay is wanted.</summary>
    public void Abandon()
    {
        lock (_gate)
        {
            _abandoned = true;
            ResumeIfClose();
        }
    }

    /// <summary>By the journal: ends when the actor has come closer, or is gone.</summary>
    public Task UntilCloser()
    {
        lock (_gate)
        {
            _waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var closer = _waiting.Task;
            ResumeIfClose();
            return closer;
        }
    }

    private void ResumeIfClose()
    {
        if (_waiting is null || (!_abandoned && _told - _handledAsSaid > FurthestAhead / 2))
            return;
        _waiting.SetResult();
        _waiting = null;
    }
}
