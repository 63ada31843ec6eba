using Akka.Actor;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>The next message, which must be of the type and come in time.</summary>
    public T ExpectMsg<T>(
        TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Blocking(ReceiveAsync<T>(null, duration, hint, cancellationToken));

    public ValueTask<T> ExpectMsgAsync<T>(
        TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ReceiveAsync<T>(null, duration, hint, cancellationToken);

    /// <summary>The next message, which must equal this one.</summary>
    public T ExpectMsg<T>(
        T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Blocking(ReceiveAsync<T>(EqualTo(message), timeout, hint, cancellationToken));

    public ValueTask<T> ExpectMsgAsync<T>(
        T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ReceiveAsync<T>(EqualTo(message), timeout, hint, cancellationToken);

    /// <summary>The next message, which must fit.</summary>
    public T ExpectMsg<T>(
        Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Blocking(ReceiveAsync<T>(Fitting(isMessage), timeout, hint, cancellationToken));

    public ValueTask<T> ExpectMsgAsync<T>(
        Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        ReceiveAsync<T>(Fitting(isMessage), timeout, hint, cancellationToken);

    /// <summary>The next message, which must hold what is asserted.</summary>
    public T ExpectMsg<T>(
        Action<T> assert, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Blocking(ReceiveAsync<T>((message, _) => assert(message), timeout, hint, cancellationToken));

    public ValueTask<T> ExpectMsgAsync<T>(
        Action<T> assert, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        ReceiveAsync<T>((message, _) => assert(message), timeout, hint, cancellationToken);

    public T ExpectMsg<T>(
        Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Blocking(ReceiveAsync<T>(Fitting(isMessageAndSender), timeout, hint, cancellationToken));

    public ValueTask<T> ExpectMsgAsync<T>(
        Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        ReceiveAsync<T>(Fitting(isMessageAndSender), timeout, hint, cancellationToken);

    public T ExpectMsg<T>(
        Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Blocking(ReceiveAsync<T>(assertMessageAndSender, timeout, hint, cancellationToken));

    public ValueTask<T> ExpectMsgAsync<T>(
        Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        ReceiveAsync<T>(assertMessageAndSender, timeout, hint, cancellationToken);

    public T ExpectMsg<T>(
        T expected, Func<T, T, bool> comparer, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Blocking(ReceiveAsync<T>(EqualTo(expected, comparer), timeout, hint, cancellationToken));

    public ValueTask<T> ExpectMsgAsync<T>(
        T expected, Func<T, T, bool> comparer, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        ReceiveAsync<T>(EqualTo(expected, comparer), timeout, hint, cancellationToken);

    /// <summary>Fails when a message comes within <c>single-expect-default</c>.</summary>
    public void ExpectNoMsg(CancellationToken cancellationToken = default) =>
        Blocking(ReceiveNothingAsync(RemainingOrDefault, cancellationToken));

    public void ExpectNoMsg(TimeSpan duration, CancellationToken cancellationToken = default) =>
        Blocking(ReceiveNothingAsync(Dilated(duration), cancellationToken));

    public void ExpectNoMsg(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNoMsg(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    public async ValueTask ExpectNoMsgAsync(CancellationToken cancellationToken = default) =>
        await ReceiveNothingAsync(RemainingOrDefault, cancellationToken).ConfigureAwait(false);

    public async ValueTask ExpectNoMsgAsync(TimeSpan duration, CancellationToken cancellationToken = default) =>
        await ReceiveNothingAsync(Dilated(duration), cancellationToken).ConfigureAwait(false);

    public ValueTask ExpectNoMsgAsync(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNoMsgAsync(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    /// <summary>The end of an actor that the test actor watches.</summary>
    public Terminated ExpectTerminated(
        IActorRef target, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Blocking(ExpectTerminatedAsync(target, timeout, hint, cancellationToken));

    public ValueTask<Terminated> ExpectTerminatedAsync(
        IActorRef target, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        ReceiveAsync<Terminated>(
            (end, _) => _assertions.AssertEqual(target, end.ActorRef, hint ?? ""), timeout, hint, cancellationToken);

    private Action<T, IActorRef> EqualTo<T>(T expected) => (actual, _) => _assertions.AssertEqual(expected, actual);

    private Action<T, IActorRef> EqualTo<T>(T expected, Func<T, T, bool> comparer) =>
        (actual, _) => _assertions.AssertEqual(expected, actual, comparer);

    private Action<T, IActorRef> Fitting<T>(Predicate<T> fits) =>
        (message, _) => _assertions.AssertTrue(fits(message), "Got a message of the expected type <{0}>. Also expected "
            + "the predicate to return true but the message {{{1}}} did not.", typeof(T).FullName, message);

    private Action<T, IActorRef> Fitting<T>(Func<T, IActorRef, bool> fits) =>
        (message, sender) => _assertions.AssertTrue(fits(message, sender), "Got a message of the expected type <{0}>. "
            + "Also expected the predicate to return true but the message {{{1}}} from {2} did not.",
            typeof(T).FullName, message, sender);

    private async ValueTask<T> ReceiveAsync<T>(
        Action<T, IActorRef>? check, TimeSpan? timeout, string? hint, CancellationToken cancellationToken)
    {
        var limit = RemainingOrDilated(timeout);
        var (success, envelope) = await TryReceiveOneAsync(limit, cancellationToken).ConfigureAwait(false);
        var note = string.IsNullOrEmpty(hint) ? "" : $" ({hint})";
        _assertions.AssertTrue(
            success, "Failed: Timeout {0} while waiting for a message of type {1}{2}", limit, typeof(T), note);
        _assertions.AssertTrue(
            envelope.Message is T, "Failed: Expected a message of type {0}, but received {{{1}}} (type {2}) instead{3} "
            + "from {4}", typeof(T), envelope.Message, envelope.Message?.GetType(), note, envelope.Sender);
        var message = (T)envelope.Message!;
        check?.Invoke(message, envelope.Sender);
        return message;
    }

    private async ValueTask<bool> ReceiveNothingAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var (success, envelope) = await TryReceiveOneAsync(duration, cancellationToken).ConfigureAwait(false);
        _assertions.AssertFalse(
            success, "Failed: Expected no messages during {0}, instead we received {1}", duration, envelope);
        _lastWasNoMsg = true;
        return success;
    }
}
