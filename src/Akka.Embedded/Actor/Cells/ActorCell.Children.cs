using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

internal sealed partial class ActorCell
{
    private ChildrenContainer? _children;
    private long _nextName = -1;

    public bool IsTerminating => _children is { IsTerminating: true };

    private bool IsNormal => _children is null or { IsNormal: true };

    public IReadOnlyList<ChildRestartStats> ChildStats() => _children is { } children ? children.Stats() : [];

    public IReadOnlyList<IInternalActorRef> ChildRefs() => _children is { } children ? children.Refs() : [];

    public IInternalActorRef? FindChild(string name)
    {
        if (_children is null)
            return null;
        var hash = name.IndexOf('#', StringComparison.Ordinal);
        if (!_children.TryGet(hash < 0 ? name : name[..hash], out var stats))
            return null;
        return hash < 0 || name.EndsWith($"#{stats.Uid}", StringComparison.Ordinal) ? stats.Child : null;
    }

    public IActorRef Child(string name) => FindChild(name) ?? (IActorRef)ActorRefs.Nobody;

    public IEnumerable<IActorRef> GetChildren() => ChildRefs();

    public IActorRef ActorOf(Props props, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(props);
        var uid = Random.Shared.NextInt64(1, int.MaxValue);
        var path = new ChildActorPath(Self.Path, name is null ? NextName() : Valid(name), uid);
        var child = new LocalActorRef(SystemImpl, props, _self, path);
        LazyInitializer.EnsureInitialized(ref _children, () => new ChildrenContainer()).Add(child);
        // A child born to a suspended parent is resumed with the others.
        for (var i = Mailbox.SuspendCount; i > 0; i--)
            child.Suspend();
        child.Start();
        return child;
    }

    public void Stop(IActorRef child)
    {
        _children?.ShallDie(child);
        ((IInternalActorRef)child).Stop();
    }

    private static string Valid(string name)
    {
        if (name.Length == 0)
            throw new InvalidActorNameException("Actor name must not be empty.");
        if (!ActorPath.IsValidPathElement(name))
        {
            throw new InvalidActorNameException(
                $"Illegal actor name [{name}]. Actor paths MUST: not start with `$`, include only ASCII letters and "
                + $"can only contain these special characters: {ActorPath.ValidSymbols}.");
        }

        return name;
    }

    private string NextName()
    {
        const string alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+~";
        var name = "$";
        var number = Interlocked.Increment(ref _nextName);
        do
        {
            name += alphabet[(int)(number & 63)];
            number >>= 6;
        } while (number > 0);

        return name;
    }

    private void HandleFailed(Failed failed)
    {
        CurrentEnvelope = new Envelope(failed, failed.Child);
        if (_children is null || !_children.TryGet(failed.Child, out var stats) || stats.Uid != failed.Uid)
            return;
        if (!Strategy.HandleFailure(this, failed.Child, failed.Cause, stats))
            HandleInvokeFailure(failed.Cause);
        else
            CurrentEnvelope = default;
    }

    private void HandleChildTerminated(IActorRef child)
    {
        switch (_children!.Remove(child))
        {
            case WhenChildrenAreGone.FinishRestart restart: FinishRecreate(restart.Cause); break;
            case WhenChildrenAreGone.FinishCreation: FinishCreate(); break;
            case WhenChildrenAreGone.FinishTermination: FinishTerminate(); break;
        }
    }

    private void StopChildren()
    {
        foreach (var child in ChildRefs())
            Stop(child);
    }

    private void SuspendChildren(IReadOnlyCollection<IActorRef> except)
    {
        foreach (var child in ChildRefs().Where(child => !except.Contains(child)))
            child.Suspend();
    }

    /// <summary>Only the child whose failure brought this about is told the cause; the others just go on.</summary>
    private void ResumeChildren(Exception? cause, IActorRef? perpetrator)
    {
        foreach (var child in ChildRefs())
            child.Resume(child.Equals(perpetrator) ? cause : null);
    }
}
