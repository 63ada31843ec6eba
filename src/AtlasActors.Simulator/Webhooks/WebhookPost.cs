using System.Collections.Concurrent;
using AtlasActors.Simulator.Http;
using AtlasActors.Simulator.Predictions;

namespace AtlasActors.Simulator.Webhooks;

/// <summary>
/// Calls the addresses that submissions left, once their predictions end, until each has answered well or the attempts
/// are used up.
/// </summary>
internal sealed class WebhookPost(
    SimulatorOptions options, PredictionBook book, Bulletins bulletins, WebhookKeys keys) : IAsyncDisposable
{
    private static readonly TimeSpan UsualLateness = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<string, Task> _underWay = new(StringComparer.Ordinal);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        // A receiver on this machine is not behind a proxy.
        UseProxy = !options.AllowPrivateWebhooks,
        MaxConnectionsPerServer = 32,
    })
    {
        Timeout = TimeSpan.FromSeconds(30),
    };

    /// <summary>Sees to the call of one prediction; of one that left no address, nothing.</summary>
    /// <param name="tracked">The prediction.</param>
    /// <param name="origin">Where this simulator is reached, for the addresses of outputs.</param>
    public void Schedule(TrackedPrediction tracked, string origin)
    {
        if (tracked.Prediction.Terms?.WebhookUrl is null) return;
        var id = tracked.Prediction.Id;
        var call = SeeToAsync(tracked, origin);
        _underWay[id] = call;
        call.ContinueWith(
            _ => _underWay.TryRemove(id, out var _), CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_underWay.Values);
        _http.Dispose();
        _stopping.Dispose();
    }

    private async Task SeeToAsync(TrackedPrediction tracked, string origin)
    {
        try
        {
            await CallAsync(tracked, origin);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // With a journal, the next run makes the call.
        }
        catch (IOException)
        {
            // The journal cannot be written: the next run calls once more, as a receiver has to expect.
        }
    }

    private async Task CallAsync(TrackedPrediction tracked, string origin)
    {
        var prediction = tracked.Prediction;
        if (FaultOf(tracked, attempt: 1) == WebhookFault.Never) return;
        await options.Clock.WaitUntilAsync(prediction.DoneAt + LatenessOf(tracked), _stopping.Token);
        var now = options.Clock.GetUtcNow();
        var body = WebhookLetter.Body(await bulletins.EndAsync(tracked, now, origin, _stopping.Token), now);
        var attempt = await DeliverAsync(tracked, body, attempt: 1);
        if (FaultOf(tracked, attempt: 1) == WebhookFault.Twice) await DeliverAsync(tracked, body, attempt + 1);
        book.RememberCalled(prediction.Id);
    }

    // Tries until somebody answers well; returns the number of the last attempt.
    private async Task<int> DeliverAsync(TrackedPrediction tracked, byte[] body, int attempt)
    {
        var delay = options.WebhookRetryDelay;
        for (var left = options.WebhookAttempts; ; left--, attempt++)
        {
            if (await TryAsync(tracked, body, attempt) || left <= 1) return attempt;
            await options.Clock.WaitUntilAsync(options.Clock.GetUtcNow() + delay, _stopping.Token);
            delay *= 2;
        }
    }

    private async Task<bool> TryAsync(TrackedPrediction tracked, byte[] body, int attempt)
    {
        var fault = FaultOf(tracked, attempt);
        var now = options.Clock.GetUtcNow();
        int? status = null;
        try
        {
            using var request = WebhookLetter.Request(tracked.Prediction, body, keys, fault, now);
            using var response = await _http.SendAsync(request, _stopping.Token);
            status = (int)response.StatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException
            && !_stopping.IsCancellationRequested)
        {
            // Nobody there, or nobody who answers in time: tried again like a bad answer.
        }

        tracked.Add(new WebhookCall(attempt, now, status, fault));
        return status is >= 200 and < 300;
    }

    private TimeSpan LatenessOf(TrackedPrediction tracked) =>
        FaultOf(tracked, attempt: 1) != WebhookFault.Late ? TimeSpan.Zero
        : tracked.Markers.NumberOf(PromptMarker.WebhookLate) is { } seconds ? TimeSpan.FromSeconds(seconds)
        : UsualLateness;

    private WebhookFault FaultOf(TrackedPrediction tracked, int attempt)
    {
        var markers = tracked.Markers;
        return markers.Has(PromptMarker.WebhookNever) ? WebhookFault.Never
            : markers.Has(PromptMarker.WebhookTwice) ? WebhookFault.Twice
            : markers.Has(PromptMarker.WebhookLate) ? WebhookFault.Late
            : markers.Hits(PromptMarker.WebhookForged, attempt) ? WebhookFault.Forged
            : markers.Hits(PromptMarker.WebhookSkewed, attempt) ? WebhookFault.Skewed
            : markers.Hits(PromptMarker.WebhookUnknownKey, attempt) ? WebhookFault.UnknownKey
            : options.Faults.Webhook;
    }
}
