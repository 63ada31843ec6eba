using Akka.Actor;

namespace Akka.Persistence;

/// <summary>
/// A persistent actor that names, in its constructor, a handler for each type of command and of event. The first
/// that fits takes the message.
/// </summary>
public abstract class ReceivePersistentActor : UntypedPersistentActor, IInitializableActor
{
    private readonly ReceiveHandlers _initial = new();
    private readonly ReceiveHandlers _events = new();
    private ReceiveHandlers? _commands;
    private bool _initialized;

    protected ReceivePersistentActor() => _commands = _initial;

    void IInitializableActor.Init()
    {
        _commands = null;
        _initialized = true;
    }

    protected sealed override void OnCommand(object message) => Handle(_initial, message);

    protected sealed override void OnRecover(object message) => Handle(_events, message);

    protected void Become(Action configure)
    {
        var handlers = Configured(configure);
        base.Become(message => Handle(handlers, message));
    }

    protected void BecomeStacked(Action configure)
    {
        var handlers = Configured(configure);
        base.BecomeStacked(message => Handle(handlers, message));
    }

    protected void Recover<T>(Action<T> handler, Predicate<T>? shouldHandle = null) =>
        OnEvent(typeof(T), Taking(handler, shouldHandle), takesAll: shouldHandle is null);

    protected void Recover<T>(Predicate<T> shouldHandle, Action<T> handler) => Recover(handler, shouldHandle);

    protected void Recover(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) =>
        OnEvent(messageType, Taking(handler, shouldHandle), takesAll: shouldHandle is null);

    protected void Recover<T>(Func<T, bool> handler) => OnEvent(typeof(T), m => handler((T)m), takesAll: false);

    protected void RecoverAny(Action<object> handler) => Recover(handler);

    protected void Command<T>(Action<T> handler, Predicate<T>? shouldHandle = null) =>
        OnCommand(typeof(T), Taking(handler, shouldHandle), takesAll: shouldHandle is null);

    protected void Command<T>(Predicate<T> shouldHandle, Action<T> handler) => Command(handler, shouldHandle);

    protected void Command(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) =>
        OnCommand(messageType, Taking(handler, shouldHandle), takesAll: shouldHandle is null);

    protected void Command<T>(Func<T, bool> handler) => OnCommand(typeof(T), m => handler((T)m), takesAll: false);

    protected void Command(Action<object> handler) => CommandAny(handler);

    protected void CommandAny(Action<object> handler) => Command(handler, null);

    /// <summary>A handler that may await; no other command is handled before its end.</summary>
    protected void CommandAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null) =>
        Command(Awaiting(handler), shouldHandle);

    /// <inheritdoc cref="CommandAsync{T}(Func{T, Task}, Predicate{T})"/>
    protected void CommandAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) =>
        Command(Awaiting(handler), shouldHandle);

    /// <inheritdoc cref="CommandAsync{T}(Func{T, Task}, Predicate{T})"/>
    protected void CommandAnyAsync(Func<object, Task> handler) => CommandAny(Awaiting(handler));

    private static Func<object, bool> Taking<T>(Action<T> handler, Predicate<T>? shouldHandle) => message =>
    {
        if (shouldHandle is not null && !shouldHandle((T)message))
            return false;
        handler((T)message);
        return true;
    };

    private Action<T> Awaiting<T>(Func<T, Task> handler) => message => RunTask(() => handler(message));

    private void OnCommand(Type type, Func<object, bool> handler, bool takesAll)
    {
        var handlers = _commands ?? throw new InvalidOperationException(
            "You may only call Command-methods when constructing the actor and inside Become().");
        Add(handlers, type, handler, takesAll);
    }

    private void OnEvent(Type type, Func<object, bool> handler, bool takesAll)
    {
        if (_initialized)
        {
            throw new InvalidOperationException(
                "You may only call Recover-methods when constructing the actor and inside Become().");
        }

        Add(_events, type, handler, takesAll);
    }

    private static void Add(ReceiveHandlers handlers, Type type, Func<object, bool> handler, bool takesAll) =>
        handlers.Add(message => type.IsInstanceOfType(message) && handler(message), takesAll && type == typeof(object));

    private ReceiveHandlers Configured(Action configure)
    {
        var outer = _commands;
        var handlers = _commands = new ReceiveHandlers();
        try
        {
            configure();
        }
        finally
        {
            _commands = outer;
        }

        return handlers;
    }

    private void Handle(ReceiveHandlers handlers, object message)
    {
        if (!handlers.TryHandle(message))
            Unhandled(message);
    }
}
