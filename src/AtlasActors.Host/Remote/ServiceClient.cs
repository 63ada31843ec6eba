using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Remote;

/// <summary>
/// A service on another machine, or on this one. What it refuses, and that it is not to be reached, is thrown as
/// <see cref="CommandException"/>.
/// </summary>
internal sealed class ServiceClient : IDisposable
{
    /// <summary>A POST whose connection broke is made again, under the same Idempotency-Key: the service does it once.</summary>
    private const int PostTries = 4;

    /// <summary>So often in a row, a second apart, a stream that was there is asked for again: a service may be restarted.</summary>
    private const int StreamTries = 60;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ServiceAddress _address;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http;

    public ServiceClient(ServiceAddress address, TimeProvider clock)
    {
        (_address, _clock) = (address, clock);
        // A redirect would take the key elsewhere.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = address.Url, Timeout = Timeout.InfiniteTimeSpan,
        };
        if (address.Key is { } key)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellation)
    {
        using var answer = await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, path), cancellation).ConfigureAwait(false);
        return await ReadAsync(answer, cancellation).ConfigureAwait(false);
    }

    /// <summary>Posts, once for the service, however often the connection breaks.</summary>
    /// <param name="path">Relative to the service's address.</param>
    /// <param name="body">Makes the body, for each try anew; null for none.</param>
    /// <param name="cancellation">Ends the wait; what was posted may be done all the same.</param>
    public async Task<JsonElement> PostAsync(string path, Func<HttpContent>? body, CancellationToken cancellation)
    {
        var key = Guid.NewGuid().ToString("n");
        for (var tries = 1; ; tries++)
        {
            try
            {
                using var answer = await SendAsync(Request, cancellation).ConfigureAwait(false);
                return await ReadAsync(answer, cancellation).ConfigureAwait(false);
            }
            catch (CommandException fault) when (fault.InnerException is HttpRequestException or IOException && tries < PostTries)
            {
                await Task.Delay(Pause, _clock, cancellation).ConfigureAwait(false);
            }
        }

        HttpRequestMessage Request()
        {
            var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body?.Invoke() };
            request.Headers.Add("Idempotency-Key", key);
            return request;
        }
    }

    /// <summary>A stream of events until the service ends it; where it breaks, it is taken up behind the last one.</summary>
    public async IAsyncEnumerable<SseItem<string>> EventsAsync(string path, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var failures = 0;
        for (string? last = null; ;)
        {
            using var answer = await OpenAsync().ConfigureAwait(false);
            if (answer is null) continue;
            var body = await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            await using var items = SseParser.Create(body).EnumerateAsync(cancellation).GetAsyncEnumerator(cancellation);
            while (await MovesAsync(items).ConfigureAwait(false))
            {
                (last, failures) = (items.Current.EventId ?? last, 0);
                yield return items.Current;
                if (items.Current.EventType == "end") yield break;
            }
            await Task.Delay(Pause, _clock, cancellation).ConfigureAwait(false);

            // A service that is being restarted is away for a while, or says that it is starting.
            async Task<HttpResponseMessage?> OpenAsync()
            {
                try
                {
                    return await SendAsync(Request, cancellation).ConfigureAwait(false);
                }
                catch (CommandException fault) when (fault.Code == ExitCode.Fault && last is not null && ++failures < StreamTries)
                {
                    await Task.Delay(Pause, _clock, cancellation).ConfigureAwait(false);
                    return null;
                }
            }

            HttpRequestMessage Request()
            {
                var request = new HttpRequestMessage(HttpMethod.Get, path);
                if (last is not null) request.Headers.TryAddWithoutValidation("Last-Event-ID", last);
                return request;
            }
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Whether there is another event; a connection that breaks has no more.</summary>
    private static async ValueTask<bool> MovesAsync(IAsyncEnumerator<SseItem<string>> items)
    {
        try
        {
            return await items.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException)
        {
            return false;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancellation)
    {
        HttpResponseMessage answer;
        try
        {
            using var request = make();
            answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        }
        catch (HttpRequestException fault)
        {
            throw ServiceRefusal.NotReached(_address, fault);
        }
        if (answer.IsSuccessStatusCode) return answer;
        using (answer)
            throw await ServiceRefusal.OfAsync(_address, answer, cancellation).ConfigureAwait(false);
    }

    private async Task<JsonElement> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        try
        {
            var body = await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            using var document = await JsonDocument.ParseAsync(body, cancellationToken: cancellation).ConfigureAwait(false);
            return document.RootElement.Clone();
        }
        catch (IOException fault)
        {
            throw ServiceRefusal.NotReached(_address, fault);
        }
        catch (JsonException)
        {
            throw new CommandException(ExitCode.Fault, $"{_address} answers, but not as AtlasActors' service does: is it the right address?");
        }
    }
}
