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
    private readonly string _authorization;

    public ApiExchange(AtlasApiOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _authorization = $"Bearer {options.ApiKey}";
        // A server closes idle connections when it likes. If it does so just as we write, nobody knows whether the job
        // arrived; so submissions reuse a connection only while it is certainly fresh. How many there are is limited by
        // the gate, before they are recorded: here, where the call's time runs, none is to wait for a connection.
        _submits = Client(TimeSpan.FromSeconds(2), int.MaxValue);
        _polls = Client(TimeSpan.FromSeconds(60), options.MostQuestions);
        _elsewhere = Client(
            TimeSpan.FromSeconds(60), options.MostQuestions,
            new GuardedConnections(options.BaseUrl.IdnHost, options.AllowPrivateAddresses));
    }

    /// <summary>Sends once; a redirect is the answer, not a reason to send again.</summary>
    public async ValueTask<HttpAnswer> PostAsync(Uri address, HttpContent body, CancellationToken cancellation) =>
        (await SendAsync(_submits, Request(HttpMethod.Post, address, body), _options.MaxAnswerBytes, cancellation)).Answer;

    /// <summary>Asks, following redirects on the API's own host only.</summary>
    public async ValueTask<HttpAnswer> GetAsync(Uri address, CancellationToken cancellation)
    {
        for (var redirects = 0; ; redirects++)
        {
            var request = Request(HttpMethod.Get, address, null);
            var (answer, location) = await SendAsync(_polls, request, _options.MaxAnswerBytes, cancellation);
            if (location is null || !Uri.TryCreate(address, location, out var next)
                || redirects == MaxRedirects || !ApiOrigin.Covers(_options.BaseUrl, next))
                return answer;
            address = next;
        }
    }

    /// <summary>
    /// Asks without the key, on whatever host of the internet it lies, following redirects of the web as downloads do; a
    /// <see cref="PrivateAddressException"/> where it leads elsewhere.
    /// </summary>
    public async ValueTask<HttpAnswer> GetPublicAsync(Uri address, int mostBytes, CancellationToken cancellation)
    {
        for (var redirects = 0; ; redirects++)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, address);
            var (answer, location) = await SendAsync(_elsewhere, request, mostBytes, cancellation);
            var next = location is null ? null : OutputFetch.MayFollow(address, location);
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

    private static Uri? Location(HttpResponseMessage response) =>
        (int)response.StatusCode is 301 or 302 or 303 or 307 or 308 ? response.Headers.Location : null;

    /// <summary>The answer, and where it redirects to.</summary>
    private async ValueTask<(HttpAnswer Answer, Uri? Location)> SendAsync(
        HttpClient client, HttpRequestMessage request, int mostBytes, CancellationToken cancellation)
    {
        using (request)
        {
            try
            {
                using var response =
                    await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
                return (await ReadAsync(response, mostBytes, cancellation), Location(response));
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

    private async ValueTask<HttpAnswer> ReadAsync(
        HttpResponseMessage response, int mostBytes, CancellationToken cancellation)
    {
        var requestId = HttpAnswer.RequestIdOf(response);
        try
        {
            return new HttpAnswer(
                (int)response.StatusCode,
                HttpAnswer.TypeOf(response),
                HttpAnswer.WaitAskedBy(response.Headers.RetryAfter, _time.GetUtcNow()),
                requestId,
                await BoundedBody.ReadAsync(response.Content, mostBytes, cancellation));
        }
        catch (Exception fault)
        {
            // The rest of the answer will never come, and this is all that names it.
            RequestTrace.Put(fault, requestId);
            throw;
        }
    }

    private HttpRequestMessage Request(HttpMethod method, Uri address, HttpContent? body)
    {
        var request = new HttpRequestMessage(method, address) { Content = body };
        if (!_options.IsWithoutKey && ApiOrigin.Covers(_options.BaseUrl, address))
            request.Headers.TryAddWithoutValidation("Authorization", _authorization);
        return request;
    }

    private HttpClient Client(TimeSpan idle, int mostConnections, GuardedConnections? guard = null)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            Proxy = new DirectToLoopback(HttpClient.DefaultProxy),
            ConnectTimeout = _options.ConnectTimeout,
            PooledConnectionIdleTimeout = idle,
            MaxConnectionsPerServer = mostConnections,
            // So that a change of the host's address is seen.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (guard is not null)
            handler.ConnectCallback = guard.ConnectAsync;
        // The pipelines time every request, by a clock that tests can turn.
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        // As text: what is parsed is copied and put together again for each request.
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", UserAgent);
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "application/json");
        return client;
    }
}
