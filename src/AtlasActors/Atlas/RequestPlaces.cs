using Polly;

namespace AtlasActors.Atlas;

/// <summary>
/// Lets so many requests go at once; the others wait here, in their order, before their time-out begins. Left to the HTTP
/// stack they would wait within it, and polls that were never sent would count as an outage.
/// </summary>
/// <param name="most">How many.</param>
internal sealed class RequestPlaces(int most) : ResilienceStrategy<HttpAnswer>
{
    private readonly SemaphoreSlim _free = new(most, most);

    protected override async ValueTask<Outcome<HttpAnswer>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<HttpAnswer>>> callback, ResilienceContext context, TState state)
    {
        try
        {
            await _free.WaitAsync(context.CancellationToken);
        }
        catch (OperationCanceledException fault)
        {
            return Outcome.FromException<HttpAnswer>(fault);
        }
        try
        {
            return await callback(context, state);
        }
        finally
        {
            _free.Release();
        }
    }
}
