using Akka.Configuration;
using Akka.Pattern;

namespace Akka.Persistence;

/// <summary>
/// Keeps calls from a store that fails: after so many failures in a row, calls fail at once for a while, then one
/// may try. A call that takes too long counts as failed.
/// </summary>
internal sealed class PluginBreaker(Config config)
{
    private readonly int _maxFailures = config.GetInt("circuit-breaker.max-failures", 10);
    private readonly TimeSpan _callTimeout =
        config.GetTimeSpan("circuit-breaker.call-timeout", TimeSpan.FromSeconds(10));
    private readonly TimeSpan _resetTimeout =
        config.GetTimeSpan("circuit-breaker.reset-timeout", TimeSpan.FromSeconds(30));
    private readonly Lock _gate = new();
    private int _failures;
    private long _openedAt;
    private Exception? _cause;

    public async Task<T> Call<T>(Func<Task<T>> call)
    {
        Enter();
        try
        {
            var running = call();
            var timed = running.IsCompleted ? running : running.WaitAsync(_callTimeout);
            var result = await timed.ConfigureAwait(false);
            Volatile.Write(ref _failures, 0);
            return result;
        }
        catch (Exception fault)
        {
            CountFailure(fault);
            throw;
        }
    }

    public Task Call(Func<Task> call) => Call(async () =>
    {
        await call().ConfigureAwait(false);
        return true;
    });

    private void Enter()
    {
        if (Volatile.Read(ref _failures) < _maxFailures)
            return;
        lock (_gate)
        {
            if (System.Diagnostics.Stopwatch.GetElapsedTime(_openedAt) < _resetTimeout)
            {
                throw new OpenCircuitException(
                    $"Circuit Breaker is open; calls are failing fast: {_cause?.Message}", _cause);
            }

            // This call tries; the others wait for what becomes of it, or for another term.
            _openedAt = System.Diagnostics.Stopwatch.GetTimestamp();
        }
    }

    private void CountFailure(Exception fault)
    {
        lock (_gate)
        {
            _failures++;
            _cause = fault;
            _openedAt = System.Diagnostics.Stopwatch.GetTimestamp();
        }
    }
}
