using System.Runtime.CompilerServices;
using Akka.Actor;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>The next message, or null where none came in time.</summary>
    public object? ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        Blocking(ReceiveOneAsync(max, cancellationToken));

    /// <inheritdoc cref="ReceiveOne"/>
    public async ValueTask<object?> ReceiveOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        var (success, envelope) = await TryReceiveOneAsync(max, cancellationToken).ConfigureAwait(false);
        return success ? envelope.Message : null;
    }

    public bool TryReceiveOne(
        out MessageEnvelope envelope, TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        (var success, envelope) = Blocking(TryReceiveOneAsync(max, cancellationToken));
        return success;
    }

    /// <summary>A negative time is no limit, zero does not wait.</summary>
    public async ValueTask<(bool success, MessageEnvelope envelope)> TryReceiveOneAsync(
        TimeSpan? max, CancellationToken cancellationToken = default)
    {
        var found = await WaitForMessageAsync(max, cancellationToken).ConfigureAwait(false);
        _lastWasNoMsg = false;
        if (found && _queue.Reader.TryRead(out var envelope))
        {
            _last = envelope;
            return (true, envelope);
        }

        _last = NullMessageEnvelope.Instance;
        return (false, NullMessageEnvelope.Instance);
    }

    /// <summary>The next message, which stays to be received.</summary>
    public object? PeekOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        Blocking(PeekOneAsync(max, cancellationToken));

    /// <inheritdoc cref="PeekOne"/>
    public async ValueTask<object?> PeekOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        var found = await WaitForMessageAsync(max, cancellationToken).ConfigureAwait(false);
        return found && _queue.Reader.TryPeek(out var envelope) ? envelope.Message : null;
    }

    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, CancellationToken cancellationToken = default) =>
        Blocking(ReceiveListAsync(numberOfMessages, RemainingOrDefault, cancellationToken));

    public IReadOnlyCollection<object> ReceiveN(
        int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default) =>
        Blocking(ReceiveListAsync(numberOfMessages, Dilated(max), cancellationToken));

    public IAsyncEnumerable<object> ReceiveNAsync(
        int numberOfMessages, CancellationToken cancellationToken = default) =>
        ReceiveNAsync(numberOfMessages, RemainingOrDefault, cancellationToken);

    public async IAsyncEnumerable<object> ReceiveNAsync(
        int numberOfMessages, TimeSpan max, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var stop = Now + Dilated(max);
        for (var i = 0; i < numberOfMessages; i++)
        {
            var message = await ReceiveOneAsync(NotNegative(stop - Now), cancellationToken).ConfigureAwait(false);
            _assertions.AssertTrue(
                message is not null, "Timeout ({0}) while expecting {1} messages. Only got {2}.", max,
                numberOfMessages, i);
            yield return message!;
        }
    }

    /// <summary>Messages for as long as the filter gives something for them; the first that it refuses stays.</summary>
    public IReadOnlyList<T> ReceiveWhile<T>(
        TimeSpan? max, Func<object, T?> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default)
        where T : class => ReceiveWhile(filter, max, null, msgs, cancellationToken);

    /// <inheritdoc cref="ReceiveWhile{T}(TimeSpan?, Func{object, T}, int, CancellationToken)"/>
    public IReadOnlyList<T> ReceiveWhile<T>(
        Func<object, T?> filter, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue,
        CancellationToken cancellationToken = default)
        where T : class
    {
        var stop = Now + RemainingOrDilated(max);
        var received = new List<T>();
        while (received.Count < msgs)
        {
            var left = NotNegative(stop - Now);
            var message = PeekOne(idle is { } pause && pause < left ? pause : left, cancellationToken);
            if (message is null || filter(message) is not { } result)
                break;
            TryReceiveOne(out _, TimeSpan.Zero, cancellationToken);
            received.Add(result);
        }

        _lastWasNoMsg = true;
        return received;
    }

    public IReadOnlyList<T> ReceiveWhile<T>(
        Predicate<T> shouldContinue, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue,
        bool shouldIgnoreOtherMessageTypes = true, CancellationToken cancellationToken = default)
    {
        var received = new List<T>();
        ReceiveWhile(
            message =>
            {
                if (message is not T typed)
                    return shouldIgnoreOtherMessageTypes ? message : null;
                if (!shouldContinue(typed))
                    return null;
                received.Add(typed);
                return message;
            },
            max, idle, msgs, cancellationToken);
        return received;
    }

    public object FishForMessage(
        Predicate<object> isMessage, TimeSpan? max = null, string hint = "",
        CancellationToken cancellationToken = default) =>
        FishForMessage<object>(isMessage, max, hint, cancellationToken);

    /// <summary>Drops messages until one of the type fits.</summary>
    public T FishForMessage<T>(
        Predicate<T> isMessage, TimeSpan? max = null, string hint = "",
        CancellationToken cancellationToken = default) =>
        Blocking(FishForMessageAsync(isMessage, max, hint, cancellationToken));

    public ValueTask<object> FishForMessageAsync(
        Predicate<object> isMessage, TimeSpan? max = null, string hint = "",
        CancellationToken cancellationToken = default) =>
        FishForMessageAsync<object>(isMessage, max, hint, cancellationToken);

    public async ValueTask<T> FishForMessageAsync<T>(
        Predicate<T> isMessage, TimeSpan? max = null, string hint = "",
        CancellationToken cancellationToken = default)
    {
        var limit = RemainingOrDilated(max);
        var stop = Now + limit;
        while (true)
        {
            var message = await ReceiveOneAsync(NotNegative(stop - Now), cancellationToken).ConfigureAwait(false);
            _assertions.AssertTrue(
                message is not null, "Timeout ({0}) during FishForMessage{1}", limit,
                string.IsNullOrEmpty(hint) ? "" : $", hint: {hint}");
            if (message is T typed && isMessage(typed))
                return typed;
        }
    }

    /// <summary>Waits in the thread: the continuation of what it waits for never needs this one.</summary>
    private static T Blocking<T>(ValueTask<T> task) =>
        task.IsCompletedSuccessfully ? task.Result : task.AsTask().GetAwaiter().GetResult();

    private async ValueTask<IReadOnlyCollection<object>> ReceiveListAsync(
        int count, TimeSpan max, CancellationToken cancellationToken)
    {
        var stop = Now + max;
        var received = new List<object>(count);
        while (received.Count < count)
        {
            var message = await ReceiveOneAsync(NotNegative(stop - Now), cancellationToken).ConfigureAwait(false);
            _assertions.AssertTrue(
                message is not null, "Timeout ({0}) while expecting {1} messages. Only got {2}.", max, count,
                received.Count);
            received.Add(message!);
        }

        return received;
    }

    private async ValueTask<bool> WaitForMessageAsync(TimeSpan? max, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (HasMessages)
            return true;
        var limit = max ?? RemainingOrDefault;
        if (limit == TimeSpan.Zero)
            return false;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (limit > TimeSpan.Zero)
            timeout.CancelAfter(limit);
        try
        {
            return await _queue.Reader.WaitToReadAsync(timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
