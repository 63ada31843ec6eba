using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>
/// An actor whose handlers are declared by type, in the constructor or inside <c>Become</c>; the first that fits gets
/// the message.
/// </summary>
public abstract class ReceiveActor : UntypedActor, IInitializableActor
{
    private readonly ReceiveHandlers _initial = new();
    private ReceiveHandlers? _declaring;

    protected ReceiveActor() => _declaring = _initial;

    void IInitializableActor.Init() => _declaring = null;

    protected sealed override bool Receive(object message) => _initial.TryHandle(message);

    protected sealed override void OnReceive(object message)
    {
    }

    protected void Become(Action configure) => base.Become(Configured(configure));

    protected void BecomeStacked(Action configure) => base.BecomeStacked(Configured(configure));

    protected void Receive<T>(Action<T> handler, Predicate<T>? shouldHandle = null) =>
        Declare(typeof(T), shouldHandle is null ? Always(handler) : When(shouldHandle, handler), shouldHandle is null);

    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) => Receive(handler, shouldHandle);

    /// <summary>With a handler that says itself whether it took the message.</summary>
    protected void Receive<T>(Func<T, bool> handler) => Declare(typeof(T), m =>
        m is T it && handler(it), catchesAll: false);

    protected void Receive(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) =>
        Declare(messageType, m => Fits(messageType, shouldHandle, m) && Done(() => handler(m)), shouldHandle is null);

    protected void Receive(Type messageType, Predicate<object> shouldHandle, Action<object> handler) =>
        Receive(messageType, handler, shouldHandle);

    protected void Receive(Type messageType, Func<object, bool> handler) =>
        Declare(messageType, m => messageType.IsInstanceOfType(m) && handler(m), catchesAll: false);

    protected void ReceiveAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null) =>
        Receive(Awaited(handler), shouldHandle);

    protected void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) =>
        Receive(Awaited(handler), shouldHandle);

    protected void ReceiveAsync(Type messageType, Func<object, Task> handler, Predicate<object>? shouldHandle = null) =>
        Receive(messageType, Awaited(handler), shouldHandle);

    protected void ReceiveAsync(Type messageType, Predicate<object> shouldHandle, Func<object, Task> handler) =>
        Receive(messageType, Awaited(handler), shouldHandle);

    /// <summary>Takes every message that no handler before it took. None can be declared after it.</summary>
    protected void ReceiveAny(Action<object> handler) => Declare(typeof(object), Always(handler), catchesAll: true);

    protected void ReceiveAnyAsync(Func<object, Task> handler) => ReceiveAny(Awaited(handler));

    private static Action<T> Awaited<T>(Func<T, Task> handler) =>
        message => ActorTaskScheduler.RunTask(() => handler(message));

    private static Func<object, bool> Always<T>(Action<T> handler) => message =>
    {
        if (message is not T typed)
            return false;
        handler(typed);
        return true;
    };

    private static Func<object, bool> When<T>(Predicate<T> shouldHandle, Action<T> handler) => message =>
    {
        if (message is not T typed || !shouldHandle(typed))
            return false;
        handler(typed);
        return true;
    };

    private static bool Fits(Type type, Predicate<object>? shouldHandle, object message) =>
        type.IsInstanceOfType(message) && shouldHandle?.Invoke(message) != false;

    private static bool Done(Action action)
    {
        action();
        return true;
    }

    private Receive Configured(Action configure)
    {
        var handlers = new ReceiveHandlers();
        var outer = _declaring;
        _declaring = handlers;
        try
        {
            configure();
        }
        finally
        {
            _declaring = outer;
        }

        return handlers.TryHandle;
    }

    private void Declare(Type type, Func<object, bool> handler, bool catchesAll)
    {
        var handlers = _declaring ?? throw new InvalidOperationException(
            "You may only call Receive-methods when constructing the actor and inside Become().");
        handlers.Add(handler, catchesAll && type == typeof(object));
    }
}

/// <summary>The handlers of one behaviour, in the order of their declaration.</summary>
internal sealed class ReceiveHandlers
{
    private readonly List<Func<object, bool>> _handlers = new(4);
    private bool _catchesAll;

    public void Add(Func<object, bool> handler, bool catchesAll)
    {
        if (_catchesAll)
        {
            throw new InvalidOperationException(
                "A handler that catches all messages has been added. No handler can be added after that.");
        }

        _handlers.Add(handler);
        _catchesAll = catchesAll;
    }

    public bool TryHandle(object message)
    {
        foreach (var handler in _handlers)
        {
            if (handler(message))
                return true;
        }

        return false;
    }
}
