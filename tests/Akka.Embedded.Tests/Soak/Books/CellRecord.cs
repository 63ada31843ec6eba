using Akka.Actor;

namespace Akka.Embedded.Tests.Soak.Books;

/// <summary>How an actor supervises, over all its instances.</summary>
internal sealed record Supervision(bool AllForOne, int Retries, int WindowMilliseconds)
{
    /// <summary>Whether the number of restarts of a child can be told from the failures alone.</summary>
    public bool CountsExactly => !AllForOne && Retries >= 0 && WindowMilliseconds < 0;
}

/// <summary>
/// All that is known of one actor, from its first instance to its last. Its other parts: Order (messages, stash),
/// Duties (watches, timers, what it must still do).
/// </summary>
internal sealed partial class CellRecord
{
    private readonly Lock _gate = new();
    private readonly Findings _findings;
    private readonly List<CellRecord> _children = [];
    private readonly History _history = new();
    private readonly Lifeline _life;
    private List<CellRecord> _mustBeGone = [];
    private volatile bool _ended;

    public CellRecord(int id, CellRecord? parent, Supervision supervision, Findings findings)
    {
        (Id, Parent, Supervision, _findings) = (id, parent, supervision, findings);
        _life = new Lifeline(Report);
        _deliveries = new Deliveries(Report);
        _watches = new Watches(Report);
        _timers = new Timers(Report);
        parent?.Adopt(this);
    }

    public int Id { get; }

    public CellRecord? Parent { get; }

    public Supervision Supervision { get; }

    public IActorRef Ref { get; set; } = ActorRefs.Nobody;

    public int Depth => Parent is null ? 0 : Parent.Depth + 1;

    /// <summary>True once another actor was told of its end.</summary>
    public bool Ended => _ended;

    public bool Runs => _life.Phase == Phase.Started;

    public bool IsBroken => _life.Phase == Phase.Broken;

    public int Instance => _life.Instance;

    public IReadOnlyList<CellRecord> LiveChildren
    {
        get
        {
            lock (_gate)
                return [.. _children.Where(child => !child.Ended)];
        }
    }

    public int Make() => Write("made", null, () =>
    {
        foreach (var child in _mustBeGone.Where(child => child.Runs))
            Report($"got a new instance while its stopped child {child.Id} still ran");
        _mustBeGone = [];
        return _life.Make();
    });

    public void Start(int instance, Exception? restartedBy) =>
        Write("starts", restartedBy, () => _life.Start(instance, restartedBy));

    public void Break() => Write("breaks", null, _life.Break);

    /// <param name="keepsChildren">Its PreRestart leaves the children alive: they are restarted instead.</param>
    public void PreRestart(int instance, Exception cause, object? message, bool keepsChildren) =>
        Write("is to restart", message, () =>
        {
            _life.PreRestart(instance, cause, message);
            _timers.CancelAll();
            foreach (var child in _children.Where(child => !child.Ended))
            {
                if (keepsChildren)
                    child.MustOutlive(child.Instance);
                else
                    child.MustEnd();
            }

            if (!keepsChildren)
                _mustBeGone = [.. _children];
        });

    public void PostStop(int instance) => Write("is to stop", null, () =>
    {
        foreach (var child in _children.Where(child => child.Runs))
            Report($"was stopped before its child {child.Id}");
        _timers.CancelAll();
        _life.PostStop(instance);
    });

    /// <summary>Gives the message that will never be finished.</summary>
    public object? End() => Write("has ended", null, () =>
    {
        _ended = true;
        return _life.End();
    });

    /// <summary>The handler of a message is about to throw.</summary>
    public void Fail(object message, SoakFailure failure) => Write("fails", message, () =>
    {
        failure.Failed(this);
        _life.Fail(message, failure);
    });

    public void Escalate(SoakFailure failure) => Write("escalates", failure, () =>
    {
        failure.Failed(this);
        _life.Escalate(failure);
    });

    public void Decided(SoakFailure failure) => Write("is decided on", failure, () => _life.Decide(failure));

    public void Report(string text)
    {
        lock (_gate)
            _findings.Report($"actor {Id} (below {Parent?.Id}) {text}; {_history}");
    }

    private void Adopt(CellRecord child)
    {
        lock (_gate)
            _children.Add(child);
    }

    private void Write(string what, object? about, Action entry)
    {
        lock (_gate)
        {
            _history.Add(what, about);
            entry();
        }
    }

    private T Write<T>(string what, object? about, Func<T> entry)
    {
        lock (_gate)
        {
            _history.Add(what, about);
            return entry();
        }
    }
}
