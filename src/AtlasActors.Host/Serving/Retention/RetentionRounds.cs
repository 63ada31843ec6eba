using AtlasActors.Host.Serving.Outgoing;
using AtlasActors.Host.Serving.Records;
using AtlasActors.Hosting;
using Microsoft.Extensions.Logging;

namespace AtlasActors.Host.Serving.Retention;

/// <summary>
/// Sees to it that what is over takes no more room than it is allowed: goes through the batches in their order, a few
/// at a time, with rests in between, so that it is in nobody's way; and begins anew after an hour.
/// </summary>
internal sealed class RetentionRounds : IAsyncDisposable
{
    private const int MostAtOnce = 20;
    private static readonly TimeSpan BetweenRounds = TimeSpan.FromSeconds(1);

    private readonly ServiceRecords _records;
    private readonly Outbox _outbox;
    private readonly Func<DueBatch, Task<RetentionDone>> _work;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private readonly Task _running;
    private TaskCompletionSource _news = NewNews();
    private RetentionSettings _settings;

    private RetentionRounds(
        ServiceRecords records, Outbox outbox, Func<DueBatch, Task<RetentionDone>> work, RetentionSettings settings,
        TimeProvider clock, ILogger log)
    {
        (_records, _outbox, _work, _settings, _clock, _log) = (records, outbox, work, settings, clock, log);
        _outbox.Kept = settings.Deliveries;
        _running = Task.Run(RunAsync);
    }

    /// <summary>Begins; <paramref name="work"/> does for a batch what is due.</summary>
    public static RetentionRounds Start(
        ServiceRecords records, Outbox outbox, Func<DueBatch, Task<RetentionDone>> work, RetentionSettings settings,
        TimeProvider clock, ILogger log) => new(records, outbox, work, settings, clock, log);

    /// <summary>Goes by these from now on, and looks at all batches anew.</summary>
    public void Use(RetentionSettings settings)
    {
        _outbox.Kept = settings.Deliveries;
        TaskCompletionSource news;
        lock (_gate) (_settings, news, _news) = (settings, _news, NewNews());
        news.SetResult();
    }

    /// <summary>Ends when the batch that is being seen to is done.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _end.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            var (settings, news) = Current();
            await SweepAsync(settings, news).ConfigureAwait(false);
            if (!news.IsCompleted) await RestAsync(settings.Every, news).ConfigureAwait(false);
        }
    }

    /// <summary>Once through all batches, or until there are other settings.</summary>
    private async Task SweepAsync(RetentionSettings settings, Task news)
    {
        if (settings.Events is null && settings.Outputs is null) return;
        var (done, after) = (default(RetentionDone), 0L);
        try
        {
            while (!_end.IsCancellationRequested && !news.IsCompleted)
            {
                var now = _clock.GetUtcNow();
                var due = _records.Due(now - settings.Outputs, now - settings.Events, after, MostAtOnce);
                foreach (var batch in due)
                {
                    if (_end.IsCancellationRequested || news.IsCompleted) break;
                    done += await DoAsync(batch).ConfigureAwait(false);
                    after = batch.Place;
                }
                if (due.Count < MostAtOnce) break;
                await RestAsync(BetweenRounds, news).ConfigureAwait(false);
            }
        }
        catch (Exception fault)
        {
            _log.LogError(fault, "What is due for retention cannot be found; it is looked for again");
        }
        if (done != default)
            _log.LogInformation(
                "Retention: {Emptied} batches are rid of {Files} files with {Bytes} bytes, "
                + "and the journals of {Compacted} are compacted",
                done.Emptied, done.Files, done.Bytes, done.Compacted);
    }

    /// <summary>One of which it cannot be done is in nobody's way: it is looked at again the next time.</summary>
    private async Task<RetentionDone> DoAsync(DueBatch batch)
    {
        try
        {
            return await _work(batch).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is BatchException or IOException or UnauthorizedAccessException)
        {
            _log.LogWarning("Retention: batch {Batch} stays as it is for now: {Reason}", batch.Id, fault.Message);
            return default;
        }
    }

    private async Task RestAsync(TimeSpan time, Task news)
    {
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        await Task.WhenAny(news, Task.Delay(time, _clock, awake.Token)).ConfigureAwait(false);
        await awake.CancelAsync().ConfigureAwait(false);
    }

    private (RetentionSettings Settings, Task News) Current()
    {
        lock (_gate) return (_settings, _news.Task);
    }

    private static TaskCompletionSource NewNews() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
