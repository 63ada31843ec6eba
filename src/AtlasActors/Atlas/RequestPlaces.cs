using Polly;

namespace AtlasActors.Atlas;

/// <summary>
/// Lets so many requests go at once; the others wait here, in their order, before their time-out begins. Left to the HTTP
/// stack they would wait within it: a submission could run out of its time just after it was sent at last, and be in doubt
/// by our own doing, and polls that were never sent would count as an outage.
/// </summary>
/// <param name="most">How many.</param>
/// <param name="patience">How long a request may wait; null for as long as it takes. It was surely not sent then.</param>
/// <param name="time">The clock.</param>
internal sealed class RequestPlaces(int most, TimeSpan? patience, TimeProvider time) : ResilienceStrategy<HttpAnswer>
{
    private readonly SemaphoreSlim _free = new(most, most);

    protected override async ValueTask<Outcome<HttpAnswer>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<HttpAnswer>>> callback, ResilienceContext context, TState state)
    {
        if (!_free.Wait(0, CancellationToken.None) && await WaitAsync(context.CancellationToken) is { } fault)
            return Outcome.FromException<HttpAnswer>(fault);
        try
        {
            return await callback(context, state);
        }
        finally
        {
            _free.Release();
        }
    }

    private async ValueTask<Exception?> WaitAsync(CancellationToken cancellation)
    {
        using var late = patience is { } limit ? new CancellationTokenSource(limit, time) : new CancellationTokenSource();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            await _free.WaitAsync(end.Token);
            return null;
        }
        catch (OperationCanceledException fault)
        {
            return cancellation.IsCancellationRequested
                ? fault
                : new HttpRequestException(HttpRequestError.ConnectionError, "No connection was free in time.", fault);
        }
    }
}
