using Polly;

namespace AtlasActors.Atlas;

/// <summary>How calls go that cost nothing: what may be asked twice is asked again at once when it meets trouble.</summary>
internal sealed class FreeCalls(
    ApiExchange exchange, AtlasResilience resilience, TransportFaults faults, FreeAnswerReader reader)
{
    /// <summary>Asks, following redirects on the API's own host only.</summary>
    public Task<FreeAnswer<T>> GetAsync<T>(
        Uri address, Func<AnswerBody, T?> read, string wish, CancellationToken cancellation)
        where T : class =>
        CallAsync(resilience.Poll, token => exchange.GetAsync(address, token), read, wish, cancellation);

    /// <summary>Asks with a JSON body.</summary>
    public Task<FreeAnswer<T>> PostAsync<T>(
        Uri address, string body, Func<AnswerBody, T?> read, string wish, CancellationToken cancellation)
        where T : class =>
        CallAsync(resilience.Poll, async token =>
        {
            using var content = new SentOnceBody(body);
            return await exchange.PostAsync(address, content, token);
        }, read, wish, cancellation);

    /// <summary>Sends what can be sent only once.</summary>
    public Task<FreeAnswer<T>> UploadAsync<T>(
        Uri address, HttpContent content, Func<AnswerBody, T?> read, string wish, CancellationToken cancellation)
        where T : class =>
        CallAsync(resilience.Upload, token => exchange.PostAsync(address, content, token), read, wish, cancellation);

    private async Task<FreeAnswer<T>> CallAsync<T>(
        ResiliencePipeline<HttpAnswer> pipeline, Func<CancellationToken, ValueTask<HttpAnswer>> send,
        Func<AnswerBody, T?> read, string wish, CancellationToken cancellation)
        where T : class
    {
        try
        {
            var answer = await pipeline.ExecuteAsync(
                static (call, token) => call(token), send, cancellation);
            return reader.Read(answer, read, wish);
        }
        catch (Exception fault) when (TransportFaults.Covers(fault))
        {
            return faults.OfFree<T>(fault);
        }
    }
}
