using AtlasActors.Batches;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AtlasActors.Host.Serving.Scheduling;

/// <summary>
/// The schedules of a running service, until it is disposed: looked at when the next of them is due, when a batch ends that
/// others wait for, and often enough to see that the machine slept or its clock was put.
/// </summary>
internal sealed class Schedules : IAsyncDisposable
{
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BeforeNextTry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    private readonly ScheduleLedger _ledger;
    private readonly ScheduleRounds _rounds;
    private readonly Func<Task> _whenNews;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _end = new();
    private readonly CancellationToken _ended;
    private TaskCompletionSource _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;

    /// <param name="ledger">What they have seen to.</param>
    /// <param name="rounds">Who sees to them.</param>
    /// <param name="whenNews">Completes when something changes in a batch.</param>
    /// <param name="clock">The time.</param>
    /// <param name="log">Where faults go.</param>
    public Schedules(ScheduleLedger ledger, ScheduleRounds rounds, Func<Task> whenNews, TimeProvider clock, ILogger log) =>
        (_ledger, _rounds, _whenNews, _clock, _log, _ended) = (ledger, rounds, whenNews, clock, log, _end.Token);

    /// <summary>Begins to see to these.</summary>
    public async Task BeginAsync(IReadOnlyList<ScheduleSettings> schedules)
    {
        await ReplaceAsync(schedules).ConfigureAwait(false);
        _running = Task.Run(RunAsync);
    }

    /// <summary>
    /// Puts these in the place of those that are in force. What is new fires from now on; what has another expression keeps
    /// what it has seen to; firings that wait of what is gone are left out.
    /// </summary>
    public Task ReplaceAsync(IReadOnlyList<ScheduleSettings> schedules) => InTurnAsync(async () =>
    {
        await _rounds.ReplaceAsync(schedules).ConfigureAwait(false);
        return true;
    });

    /// <summary>All of them, in the configuration's order.</summary>
    public IReadOnlyList<ScheduleDocument> List() => ScheduleDocument.Of(_rounds.Schedules, _ledger, _clock.GetUtcNow());

    /// <summary>One that is in force, or null.</summary>
    public ScheduleSettings? Find(string? name) => _rounds.Schedules.FirstOrDefault(schedule => schedule.Name == name);

    /// <summary>Fires one now, once: a batch of that id.</summary>
    public Task<StartOutcome> FireAsync(ScheduleSettings schedule, BatchId batch) =>
        InTurnAsync(() => _rounds.FireAsync(schedule, batch));

    /// <summary>Pauses one, or resumes it.</summary>
    public Task<ScheduleDocument> PauseAsync(ScheduleSettings schedule, bool isPaused) => InTurnAsync(() =>
    {
        _rounds.Pause(schedule.Name, isPaused);
        return Task.FromResult(ScheduleDocument.Of([schedule], _ledger, _clock.GetUtcNow())[0]);
    });

    /// <summary>Begins nothing more; completes when what is being begun is recorded.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        // Whoever asked for something at the last moment has it done, and nobody gets a turn after that.
        await _turn.WaitAsync().ConfigureAwait(false);
        _end.Dispose();
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> work)
    {
        try
        {
            await _turn.WaitAsync(_ended).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw new ProblemException(StatusCodes.Status503ServiceUnavailable, "The service is being stopped.");
        }
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
            Wake();
        }
    }

    private async Task RunAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            var (woken, news) = (Volatile.Read(ref _woken).Task, _whenNews());
            await RestAsync(await RoundAsync().ConfigureAwait(false), woken, news).ConfigureAwait(false);
        }
    }

    private async Task<ScheduleRest> RoundAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            return await _rounds.RunAsync().ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            // Whatever it is: the next round goes on where this one ended.
            _log.LogError(fault, "The schedules cannot be seen to");
            return new ScheduleRest(null, false, IsUncertain: true);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task RestAsync(ScheduleRest rest, Task woken, Task news)
    {
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(_ended);
        var wait = rest.IsUncertain ? BeforeNextTry : rest.Next - _clock.GetUtcNow() ?? LongestRest;
        if (wait <= TimeSpan.Zero) return;
        // In whole milliseconds, and never less than what is left: a timer has no smaller ones.
        var delay = TimeSpan.FromMilliseconds(Math.Ceiling(Math.Min(wait.TotalMilliseconds, LongestRest.TotalMilliseconds)));
        var due = Task.Delay(delay, _clock, awake.Token);
        await Task.WhenAny(rest.AreQueued ? [due, woken, news] : [due, woken]).ConfigureAwait(false);
        await awake.CancelAsync().ConfigureAwait(false);
        if (rest.AreQueued && news.IsCompleted)
            await Task.Delay(BetweenLooks, _clock, _ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Wake() => Interlocked.Exchange(
        ref _woken, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
