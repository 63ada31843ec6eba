using System.Net.Http.Headers;

namespace AtlasActors.Atlas;

/// <summary>One request, one answer with its body bounded. Knows the key, and to whom it may be shown.</summary>
internal sealed class ApiExchange : IDisposable
{
    /// <summary>What we call ourselves; the firewall in front of Atlas blocks clients without a name.</summary>
    public static readonly string UserAgent =
        $"AtlasActors/{typeof(ApiExchange).Assembly.GetName().Version?.ToString(3)} (+dotnet)";

    private const int MaxRedirects = 3;

    private readonly HttpClient _submits;
    private readonly HttpClient _polls;
    private readonly HttpClient _elsewhere;
    private readonly AtlasApiOptions _options;
    private readonly TimeProvider _time;

    public ApiExchange(AtlasApiOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        // A server closes idle connections when it likes. If it does so just as we write, nobody knows whether the job
        // arrived; so submissions reuse a connection only while it is certainly fresh.
        _submits = Client(TimeSpan.FromSeconds(2));
        _polls = Client(TimeSpan.FromSeconds(60));
        _elsewhere = Client(
            TimeSpan.FromSeconds(60), new GuardedConnections(options.BaseUrl.IdnHost, options.AllowPrivateAddresses));
    }

    /// <summary>Sends once; a redirect is the answer, not a reason to send again.</summary>
    public Task<HttpAnswer> PostAsync(Uri address, HttpContent body, CancellationToken cancellation) =>
        SendAsync(_submits, Request(HttpMethod.Post, address, body), _options.MaxAnswerBytes, cancellation);

    /// <summary>Asks, following redirects on the API's own host only.</summary>
    public async Task<HttpAnswer> GetAsync(Uri address, CancellationToken cancellation)
    {
        for (var redirects = 0; ; redirects++)
        {
            var (answer, next) = await SendAndFindNextAsync(address, cancellation);
            if (next is null || redirects == MaxRedirects || !ApiOrigin.Covers(_options.BaseUrl, next))
                return answer;
            address = next;
        }
    }

    /// <summary>
    /// Asks without the key, on whatever host of the internet it lies, following redirects of the web as downloads do; a
    /// <see cref="PrivateAddressException"/> where it leads elsewhere.
    /// </summary>
    public async Task<HttpAnswer> GetPublicAsync(Uri address, int mostBytes, CancellationToken cancellation)
    {
        for (var redirects = 0; ; redirects++)
        {
            Uri? next = null;
            var answer = await SendAsync(
                _elsewhere, new HttpRequestMessage(HttpMethod.Get, address), mostBytes, cancellation,
                response => next = Location(response) is { } location ? OutputFetch.MayFollow(address, location) : null);
            if (next is null || redirects == MaxRedirects)
                return answer;
            address = next;
        }
    }

    public void Dispose()
    {
        _submits.Dispose();
        _polls.Dispose();
        _elsewhere.Dispose();
    }

    private async Task<(HttpAnswer Answer, Uri? Next)> SendAndFindNextAsync(Uri address, CancellationToken cancellation)
    {
        Uri? next = null;
        var answer = await SendAsync(
            _polls, Request(HttpMethod.Get, address, null), _options.MaxAnswerBytes, cancellation, response =>
            {
                if (Location(response) is { } location)
                    Uri.TryCreate(address, location, out next);
            });
        return (answer, next);
    }

    private static Uri? Location(HttpResponseMessage response) =>
        (int)response.StatusCode is 301 or 302 or 303 or 307 or 308 ? response.Headers.Location : null;

    private async Task<HttpAnswer> SendAsync(HttpClient client, HttpRequestMessage request, int mostBytes,
        CancellationToken cancellation, Action<HttpResponseMessage>? look = null)
    {
        using (request)
        {
            try
            {
                using var response =
                    await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
                look?.Invoke(response);
                return await ReadAsync(response, mostBytes, cancellation);
            }
            catch (HttpRequestException fault) when (fault.InnerException is PrivateAddressException refused)
            {
                throw refused;
            }
            catch (OperationCanceledException fault) when (!cancellation.IsCancellationRequested)
            {
                // Nobody asked for it: this is how the socket handler reports its own ConnectTimeout.
                throw new HttpRequestException(HttpRequestError.ConnectionError, "No connection in time.", fault);
            }
        }
    }

    private async Task<HttpAnswer> ReadAsync(
        HttpResponseMessage response, int mostBytes, CancellationToken cancellation)
    {
        var requestId = HttpAnswer.RequestIdOf(response);
        try
        {
            return new HttpAnswer(
                (int)response.StatusCode,
                response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant(),
                HttpAnswer.WaitAskedBy(response.Headers.RetryAfter, _time.GetUtcNow()),
                requestId,
                await ReadBodyAsync(response.Content, mostBytes, cancellation));
        }
        catch (Exception fault)
        {
            // The rest of the answer will never come, and this is all that names it.
            RequestTrace.Put(fault, requestId);
            throw;
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(
        HttpContent content, int mostBytes, CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = await stream.ReadAsync(buffer, cancellation)) > 0)
        {
            if (body.Length + count > mostBytes)
                throw new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded, "The answer is too long.");
            body.Write(buffer, 0, count);
        }
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private HttpRequestMessage Request(HttpMethod method, Uri address, HttpContent? body)
    {
        var request = new HttpRequestMessage(method, address) { Content = body };
        if (!_options.IsWithoutKey && ApiOrigin.Covers(_options.BaseUrl, address))
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _options.ApiKey);
        return request;
    }

    private HttpClient Client(TimeSpan idle, GuardedConnections? guard = null)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            Proxy = new DirectToLoopback(HttpClient.DefaultProxy),
            ConnectTimeout = _options.ConnectTimeout,
            PooledConnectionIdleTimeout = idle,
            // So that a change of the host's address is seen.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (guard is not null)
            handler.ConnectCallback = guard.ConnectAsync;
        // The pipelines time every request, by a clock that tests can turn.
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgent);
        client.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        return client;
    }
}
