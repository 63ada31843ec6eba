using System.Diagnostics.CodeAnalysis;

namespace Akka.Actor;

/// <summary>What a cell does once the children it stops are gone.</summary>
internal abstract class WhenChildrenAreGone
{
    /// <summary>Nothing: the children were stopped one by one.</summary>
    public sealed class GoOn : WhenChildrenAreGone;

    public sealed class FinishCreation : WhenChildrenAreGone;

    public sealed class FinishRestart(Exception cause) : WhenChildrenAreGone
    {
        public Exception Cause { get; } = cause;
    }

    public sealed class FinishTermination : WhenChildrenAreGone;
}

/// <summary>
/// The children of a cell by name. Only the cell stops and removes; other threads may add to a guardian, and look
/// children up, so that each call holds the lock.
/// </summary>
internal sealed class ChildrenContainer
{
    /// <summary>What a cell has that ended without ever having had a child.</summary>
    public static readonly ChildrenContainer OfTerminated = new() { _refusesNew = true };

    private readonly Dictionary<string, ChildRestartStats> _children = new(StringComparer.Ordinal);
    private readonly HashSet<IActorRef> _dying = [];
    private WhenChildrenAreGone? _next;
    private bool _refusesNew;

    /// <summary>True while a restart or a creation waits for children to go.</summary>
    public bool IsWaitedFor
    {
        get
        {
            lock (_children)
                return _next is WhenChildrenAreGone.FinishRestart or WhenChildrenAreGone.FinishCreation;
        }
    }

    public bool IsTerminating
    {
        get
        {
            lock (_children)
                return _refusesNew;
        }
    }

    /// <summary>True unless the cell itself restarts, is created again or ends.</summary>
    public bool IsNormal
    {
        get
        {
            lock (_children)
                return !_refusesNew && _next is null or WhenChildrenAreGone.GoOn;
        }
    }

    public void Add(IInternalActorRef child)
    {
        var name = child.Path.Name;
        lock (_children)
        {
            if (_refusesNew)
                throw new InvalidOperationException($"Cannot create child '{name}' while terminating or terminated");
            if (!_children.TryAdd(name, new ChildRestartStats(child)))
                throw new InvalidActorNameException($"Actor name \"{name}\" is not unique!");
        }
    }

    public bool TryGet(string name, [NotNullWhen(true)] out ChildRestartStats? stats)
    {
        lock (_children)
            return _children.TryGetValue(name, out stats);
    }

    public bool TryGet(IActorRef child, [NotNullWhen(true)] out ChildRestartStats? stats) =>
        TryGet(child.Path.Name, out stats) && stats.Child.Equals(child);

    public List<IInternalActorRef> Refs()
    {
        lock (_children)
            return _children.Values.Select(stats => stats.Child).ToList();
    }

    public List<ChildRestartStats> Stats()
    {
        lock (_children)
            return [.. _children.Values];
    }

    /// <summary>Notes that a child is being stopped.</summary>
    public void ShallDie(IActorRef child)
    {
        lock (_children)
        {
            if (!TryGet(child, out _))
                return;
            _dying.Add(child);
            _next ??= new WhenChildrenAreGone.GoOn();
        }
    }

    /// <summary>
    /// Says what to do once the dying are gone; false where none is dying, and it can be done at once.
    /// </summary>
    public bool TryWait(WhenChildrenAreGone next)
    {
        lock (_children)
        {
            if (_dying.Count == 0)
                return false;
            _next = next;
            return true;
        }
    }

    /// <summary>Takes a child out that has ended, and gives what that allows to go on.</summary>
    public WhenChildrenAreGone? Remove(IActorRef child)
    {
        lock (_children)
        {
            if (TryGet(child, out _))
                _children.Remove(child.Path.Name);
            if (!_dying.Remove(child) || _dying.Count > 0)
                return null;
            var next = _next;
            _next = null;
            return next;
        }
    }

    /// <summary>From now on no child can be added: the cell ends.</summary>
    public void RefuseNew()
    {
        lock (_children)
            _refusesNew = true;
    }
}
