using Akka.Actor;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>The next message, which must come from this sender.</summary>
    public T ExpectMsgFrom<T>(
        IActorRef sender, TimeSpan? duration = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Blocking(ReceiveAsync<T>(
            (_, actual) => _assertions.AssertEqual(sender, actual), duration, hint, cancellationToken));

    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender, TimeSpan? duration = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        ReceiveAsync<T>((_, actual) => _assertions.AssertEqual(sender, actual), duration, hint, cancellationToken);

    public T ExpectMsgFrom<T>(
        IActorRef sender, T message, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Blocking(ReceiveAsync<T>(From(sender, EqualTo(message)), timeout, hint, cancellationToken));

    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender, T message, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        ReceiveAsync<T>(From(sender, EqualTo(message)), timeout, hint, cancellationToken);

    public T ExpectMsgFrom<T>(
        IActorRef sender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Blocking(ReceiveAsync<T>(From(sender, Fitting(isMessage)), timeout, hint, cancellationToken));

    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        ReceiveAsync<T>(From(sender, Fitting(isMessage)), timeout, hint, cancellationToken);

    public T ExpectMsgFrom<T>(
        Predicate<IActorRef> isSender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Blocking(ReceiveAsync<T>(
            Fitting<T>((message, sender) => isSender(sender) && isMessage(message)), timeout, hint, cancellationToken));

    public ValueTask<T> ExpectMsgFromAsync<T>(
        Predicate<IActorRef> isSender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        ReceiveAsync<T>(
            Fitting<T>((message, sender) => isSender(sender) && isMessage(message)), timeout, hint, cancellationToken);

    public T ExpectMsgFrom<T>(
        IActorRef sender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Blocking(ReceiveAsync<T>(
            From<T>(sender, (message, _) => assertMessage(message)), timeout, hint, cancellationToken));

    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        ReceiveAsync<T>(From<T>(sender, (message, _) => assertMessage(message)), timeout, hint, cancellationToken);

    public T ExpectMsgFrom<T>(
        Action<IActorRef> assertSender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Blocking(ReceiveAsync<T>(
            Both(assertSender, assertMessage), timeout, hint, cancellationToken));

    public ValueTask<T> ExpectMsgFromAsync<T>(
        Action<IActorRef> assertSender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        ReceiveAsync<T>(
            Both(assertSender, assertMessage), timeout, hint, cancellationToken);

    /// <summary>The next message, which must be one of these.</summary>
    public T ExpectMsgAnyOf<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default) =>
        Blocking(ExpectMsgAnyOfAsync(messages, cancellationToken));

    public ValueTask<T> ExpectMsgAnyOfAsync<T>(
        IEnumerable<T> messages, CancellationToken cancellationToken = default) =>
        ReceiveAsync<T>(
            (actual, _) => _assertions.AssertTrue(
                messages.Contains(actual), "not found {0} among the expected messages", actual),
            null, null, cancellationToken);

    /// <summary>As many next messages as these, in any order.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(params T[] messages) =>
        Blocking(ReceiveAllAsync(messages, RemainingOrDefault, default));

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(
        IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        Blocking(ReceiveAllAsync(messages, RemainingOrDefault, cancellationToken));

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, params T[] messages) =>
        Blocking(ReceiveAllAsync(messages, Dilated(max), default));

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(
        TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        Blocking(ReceiveAllAsync(messages, Dilated(max), cancellationToken));

    private static Action<T, IActorRef> Both<T>(Action<IActorRef> assertSender, Action<T> assertMessage) =>
        (message, sender) =>
        {
            assertSender(sender);
            assertMessage(message);
        };

    private Action<T, IActorRef> From<T>(IActorRef sender, Action<T, IActorRef> check) => (message, actual) =>
    {
        _assertions.AssertEqual(sender, actual);
        check(message, actual);
    };

    private async ValueTask<IReadOnlyCollection<T>> ReceiveAllAsync<T>(
        IReadOnlyCollection<T> messages, TimeSpan max, CancellationToken cancellationToken)
    {
        var received = await ReceiveListAsync(messages.Count, max, cancellationToken).ConfigureAwait(false);
        var left = received.ToList();
        var missing = messages.Where(message => !left.Remove(message!)).ToList();
        _assertions.AssertTrue(
            missing.Count == 0 && left.Count == 0, "not found [{0}], found unexpected [{1}]",
            string.Join(", ", missing), string.Join(", ", left));
        return received.Cast<T>().ToList();
    }
}
