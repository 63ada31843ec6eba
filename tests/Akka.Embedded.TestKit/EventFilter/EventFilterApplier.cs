using System.Diagnostics;
using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Runs something and counts the log events that the filters found meanwhile.</summary>
public interface IEventFilterApplier
{
    /// <summary>Adds a further filter: what any of them finds counts.</summary>
    EventFilterFactory And { get; }

    void ExpectOne(Action action, CancellationToken cancellationToken = default);

    void ExpectOne(TimeSpan timeout, Action action, CancellationToken cancellationToken = default);

    T ExpectOne<T>(Func<T> func, CancellationToken cancellationToken = default);

    void Expect(int expectedCount, Action action, CancellationToken cancellationToken = default);

    void Expect(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default);

    T Expect<T>(int expectedCount, Func<T> func, CancellationToken cancellationToken = default);

    Task ExpectOneAsync(Func<Task> actionAsync, CancellationToken cancellationToken = default);

    Task ExpectOneAsync(TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default);

    Task<T> ExpectOneAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default);

    Task ExpectAsync(int expectedCount, Func<Task> actionAsync, CancellationToken cancellationToken = default);

    Task ExpectAsync(
        int expectedCount, TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default);

    Task<T> ExpectAsync<T>(int expectedCount, Func<Task<T>> func, CancellationToken cancellationToken = default);

    /// <summary>Runs, and keeps what is found out of the log.</summary>
    void Mute(Action action, CancellationToken cancellationToken = default);

    T Mute<T>(Func<T> func, CancellationToken cancellationToken = default);

    Task MuteAsync(Func<Task> action, CancellationToken cancellationToken = default);

    /// <summary>Keeps what is found out of the log until it is disposed.</summary>
    IUnmutableFilter Mute();
}

internal sealed class EventFilterApplier(
    TestKitBase testkit, ActorSystem system, IReadOnlyList<LogEventFilter> filters) : IEventFilterApplier
{
    public EventFilterFactory And => new(testkit, system, filters);

    public void ExpectOne(Action action, CancellationToken cancellationToken = default) =>
        Expect(1, action, cancellationToken);

    public void ExpectOne(TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        Expect(1, timeout, action, cancellationToken);

    public T ExpectOne<T>(Func<T> func, CancellationToken cancellationToken = default) =>
        Expect(1, func, cancellationToken);

    public void Expect(int expectedCount, Action action, CancellationToken cancellationToken = default) =>
        Run(expectedCount, null, Returning(action), cancellationToken);

    public void Expect(
        int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        Run(expectedCount, timeout, Returning(action), cancellationToken);

    public T Expect<T>(int expectedCount, Func<T> func, CancellationToken cancellationToken = default) =>
        Run(expectedCount, null, func, cancellationToken);

    public Task ExpectOneAsync(Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        RunAsync(1, null, Returning(actionAsync), cancellationToken);

    public Task ExpectOneAsync(TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default) =>
        RunAsync(1, timeout, Returning(action), cancellationToken);

    public Task<T> ExpectOneAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        RunAsync(1, null, func, cancellationToken);

    public Task ExpectAsync(
        int expectedCount, Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        RunAsync(expectedCount, null, Returning(actionAsync), cancellationToken);

    public Task ExpectAsync(
        int expectedCount, TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default) =>
        RunAsync(expectedCount, timeout, Returning(action), cancellationToken);

    public Task<T> ExpectAsync<T>(
        int expectedCount, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        RunAsync(expectedCount, null, func, cancellationToken);

    public void Mute(Action action, CancellationToken cancellationToken = default) =>
        Mute(Returning(action), cancellationToken);

    public T Mute<T>(Func<T> func, CancellationToken cancellationToken = default)
    {
        using (Mute())
            return func();
    }

    public async Task MuteAsync(Func<Task> action, CancellationToken cancellationToken = default)
    {
        using (Mute())
            await action();
    }

    public IUnmutableFilter Mute() => new Placed(system, filters);

    private static Func<bool> Returning(Action action) => () =>
    {
        action();
        return true;
    };

    private static Func<Task<bool>> Returning(Func<Task> action) => async () =>
    {
        await action();
        return true;
    };

    private TimeSpan Limit(TimeSpan? timeout) =>
        testkit.Dilated(timeout ?? testkit.TestKitSettings.TestEventFilterLeeway);

    private T Run<T>(int count, TimeSpan? timeout, Func<T> func, CancellationToken cancellationToken)
    {
        var tally = new Tally(testkit, filters);
        using (Mute())
        {
            var result = func();
            tally.Wait(count, Limit(timeout), cancellationToken);
            return result;
        }
    }

    private async Task<T> RunAsync<T>(
        int count, TimeSpan? timeout, Func<Task<T>> func, CancellationToken cancellationToken)
    {
        var tally = new Tally(testkit, filters);
        using (Mute())
        {
            var result = await func();
            tally.Wait(count, Limit(timeout), cancellationToken);
            return result;
        }
    }

    private sealed class Placed : IUnmutableFilter
    {
        private readonly ActorSystem _system;
        private readonly IReadOnlyList<LogEventFilter> _filters;

        public Placed(ActorSystem system, IReadOnlyList<LogEventFilter> filters)
        {
            _system = system;
            _filters = filters;
            system.EventStream.Publish(new FilterChange(filters, Begins: true));
        }

        public void Dispose() => _system.EventStream.Publish(new FilterChange(_filters, Begins: false));
    }

    /// <summary>Counts matches, which come from the thread of the logger.</summary>
    private sealed class Tally
    {
        private readonly object _gate = new();
        private readonly TestKitBase _testkit;
        private readonly string _wanted;
        private int _count;

        public Tally(TestKitBase testkit, IReadOnlyList<LogEventFilter> filters)
        {
            _testkit = testkit;
            _wanted = string.Join(" or ", filters);
            foreach (var filter in filters)
                filter.Matched += Add;
        }

        /// <summary>Waits for as many as are expected; for none it waits the whole time.</summary>
        public void Wait(int expected, TimeSpan limit, CancellationToken cancellationToken)
        {
            var start = Stopwatch.GetTimestamp();
            lock (_gate)
            {
                while (_count < Math.Max(expected, 1) && limit - Stopwatch.GetElapsedTime(start) is var left
                    && left > TimeSpan.Zero)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    Monitor.Wait(_gate, left);
                }

                if (_count == expected)
                    return;
                _testkit.Fail($"Expected {expected} events matching {_wanted}, but found {_count} within {limit}.");
            }
        }

        private void Add()
        {
            lock (_gate)
            {
                _count++;
                Monitor.PulseAll(_gate);
            }
        }
    }
}
