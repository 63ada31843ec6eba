using System.Net;
using System.Net.Http.Headers;
using Polly;

namespace AtlasActors.Atlas;

/// <summary>What to ask a server for.</summary>
/// <param name="Start">From which byte on.</param>
/// <param name="Origin">Of which content.</param>
internal sealed record RestOf(long Start, PartOrigin Origin);

/// <summary>Asks for outputs, wherever they lie, without the API's key.</summary>
internal sealed class OutputFetch : IDisposable
{
    private readonly HttpClient _client;
    private readonly ResiliencePipeline _headers;
    private readonly int _maxRedirects;

    public OutputFetch(OutputDownloadOptions options, TimeProvider time)
    {
        _headers = AtlasResilience.Within(options.HeadersTimeout, time);
        _maxRedirects = options.MaxRedirects;
        var handler = new SocketsHttpHandler
        {
            // Followed by hand, because the rules are narrower and a range must go along.
            AllowAutoRedirect = false,
            UseCookies = false,
            Proxy = new DirectToLoopback(HttpClient.DefaultProxy),
            ConnectTimeout = options.ConnectTimeout,
            ConnectCallback = new GuardedConnections(options.TrustedHost, options.AllowPrivateAddresses).ConnectAsync,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxConnectionsPerServer = options.MostAtOnce,
        };
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", ApiExchange.UserAgent);
        // Lengths and ranges count the bytes of the file itself.
        _client.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Encoding", "identity");
    }

    /// <summary>
    /// The answer at the end of all redirects, or an answer that is a redirect which may not be followed.
    /// </summary>
    public async Task<HttpResponseMessage> OpenAsync(Uri address, RestOf? rest, CancellationToken cancellation)
    {
        for (var redirects = 0; ; redirects++)
        {
            var response = await SendAsync(address, rest, cancellation);
            var next = Next(address, response);
            if (next is null || redirects == _maxRedirects)
                return response;
            response.Dispose();
            address = next;
        }
    }

    /// <summary>Whether an address is one of the web.</summary>
    public static bool IsWeb(Uri address) => address.Scheme is "http" or "https" && HasName(address);

    /// <summary>Where a redirect leads; null where it may not: out of the web, or from https to http.</summary>
    public static Uri? MayFollow(Uri address, Uri location)
    {
        var isAllowed = Uri.TryCreate(address, location, out var next)
            && IsWeb(next)
            && (address.Scheme == "http" || next.Scheme == "https");
        return isAllowed ? next : null;
    }

    public void Dispose() => _client.Dispose();

    private async Task<HttpResponseMessage> SendAsync(Uri address, RestOf? rest, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (rest is not null)
        {
            request.Headers.Range = new RangeHeaderValue(rest.Start, null);
            request.Headers.IfRange = rest.Origin.Condition();
        }
        try
        {
            return await _headers.ExecuteAsync(
                static (call, token) => new ValueTask<HttpResponseMessage>(
                    call._client.SendAsync(call.request, HttpCompletionOption.ResponseHeadersRead, token)),
                (_client, request),
                cancellation);
        }
        catch (HttpRequestException fault) when (fault.InnerException is PrivateAddressException refused)
        {
            throw refused;
        }
        catch (OperationCanceledException fault) when (!cancellation.IsCancellationRequested)
        {
            // How the socket handler reports its own ConnectTimeout.
            throw new HttpRequestException(HttpRequestError.ConnectionError, "No connection in time.", fault);
        }
    }

    // A name that cannot be written for the network passes for an address, and throws when it is asked for.
    private static bool HasName(Uri address)
    {
        try
        {
            return address.IdnHost.Length > 0;
        }
        catch (UriFormatException)
        {
            return false;
        }
    }

    private static Uri? Next(Uri address, HttpResponseMessage response)
    {
        var isRedirect = response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found
            or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
        return isRedirect && response.Headers.Location is { } location ? MayFollow(address, location) : null;
    }
}
