using System.Net;

namespace AtlasActors.Atlas.Webhooks;

/// <summary>
/// Atlas's keys, fetched from <c>webhooks/jwks.json</c> when the first is asked for, and again for one that is not among
/// them: once a minute at most, however many ask. Keys that are a day old are fetched again too, so that one that Atlas
/// has withdrawn does not count for ever.
/// </summary>
internal sealed class JwksKeys : IWebhookKeys, IDisposable
{
    private const int LongestDocument = 64 * 1024;

    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly HttpClient _client;
    private readonly Uri _address;
    private readonly TimeProvider _time;
    private Task<bool>? _fetch;
    private DateTimeOffset? _begun;
    private DateTimeOffset _fetched;
    private IReadOnlyDictionary<string, Ed25519Key>? _keys;

    /// <param name="baseUrl">The API's address.</param>
    /// <param name="time">The clock of rests and time-outs.</param>
    /// <param name="handler">What fetches; it is disposed with this.</param>
    public JwksKeys(Uri baseUrl, TimeProvider time, HttpMessageHandler? handler = null)
    {
        _time = time;
        _address = new Uri(baseUrl.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/webhooks/jwks.json");
        // The keys are as good as the address that they are from: nobody is followed elsewhere.
        _client = new HttpClient(handler ?? new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, Proxy = new DirectToLoopback(HttpClient.DefaultProxy),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LongestDocument,
        };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd(ApiExchange.UserAgent);
    }

    /// <inheritdoc />
    public async Task<KeyLookup> FindAsync(string keyId, CancellationToken cancellation)
    {
        // Two rounds: the fetch that somebody else began may be older than the key.
        for (var round = 0; round < 2; round++)
        {
            Task<bool>? fetch;
            lock (_gate)
            {
                var known = _keys?.GetValueOrDefault(keyId);
                if (known is not null && _time.GetUtcNow() - _fetched < Fresh) return new KeyLookup.Found(known);
                fetch = Fetch();
                if (fetch is null) return Best(known);
            }
            await fetch.WaitAsync(cancellation).ConfigureAwait(false);
        }
        lock (_gate)
            return Best(_keys?.GetValueOrDefault(keyId));
    }

    public void Dispose() => _client.Dispose();

    /// <summary>What is best said now that nothing more can be fetched.</summary>
    private KeyLookup Best(Ed25519Key? known) =>
        known is not null ? new KeyLookup.Found(known)
        : _fetch is { IsCompletedSuccessfully: true, Result: true } ? new KeyLookup.Unknown()
        : new KeyLookup.Unreachable();

    /// <summary>The fetch that is under way, or a new one; null where the last is too short a time ago.</summary>
    private Task<bool>? Fetch()
    {
        if (_fetch is { IsCompleted: false }) return _fetch;
        var now = _time.GetUtcNow();
        if (now - _begun < Rest) return null;
        _begun = now;
        return _fetch = Task.Run(FetchAsync);
    }

    /// <summary>Whether Atlas answered with keys. It belongs to all who wait for it: none of them can cancel it.</summary>
    private async Task<bool> FetchAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(Patience, _time);
            using var answer = await _client.GetAsync(_address, limit.Token).ConfigureAwait(false);
            if (answer.StatusCode != HttpStatusCode.OK) return false;
            var bytes = await answer.Content.ReadAsByteArrayAsync(limit.Token).ConfigureAwait(false);
            if (JwksDocument.Read(bytes) is not { } keys) return false;
            lock (_gate)
                (_keys, _fetched) = (keys, _time.GetUtcNow());
            return true;
        }
        catch (Exception fault) when (
            fault is HttpRequestException or OperationCanceledException or IOException or InvalidOperationException)
        {
            return false;
        }
    }
}
