using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using AtlasActors.Atlas;

namespace AtlasActors.Host.Serving.Outgoing;

/// <summary>Takes one delivery to its receiver, once: signed, never redirected, within 15 seconds.</summary>
internal sealed class Courier : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly WebhookSecret _secret;
    private readonly TimeProvider _clock;
    private readonly HttpClient _client;

    public Courier(WebhookSecret secret, WebhookSettings settings, TimeProvider clock)
    {
        (_secret, _clock) = (secret, clock);
        _client = new HttpClient(GuardedHttp.NewHandler(settings.ArePrivateAllowed, Patience))
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("atlas-actors");
    }

    /// <summary>What the receiver did with it.</summary>
    /// <exception cref="OperationCanceledException">The service is ending: nobody knows.</exception>
    public async Task<Reception> TakeAsync(Delivery delivery, CancellationToken end)
    {
        using var patience = new CancellationTokenSource(Patience, _clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(end, patience.Token);
        try
        {
            using var request = Sign(delivery);
            // The body of the answer is nobody's business.
            using var answer = await _client
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            return Read(answer);
        }
        catch (OperationCanceledException) when (!end.IsCancellationRequested)
        {
            return new Reception(null, "No answer within 15 seconds.");
        }
        catch (HttpRequestException fault) when (fault.InnerException is PrivateAddressException)
        {
            return new Reception(
                null,
                "The address leads into a private network, and nothing is sent there unless "
                + "ATLAS_ALLOW_PRIVATE_ADDRESSES says so.",
                IsFinal: true);
        }
        catch (HttpRequestException fault)
        {
            return new Reception(null, $"It cannot be reached: {(fault.InnerException ?? fault).Message}");
        }
    }

    public void Dispose() => _client.Dispose();

    private HttpRequestMessage Sign(Delivery delivery)
    {
        var now = _clock.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, delivery.Url)
        {
            Content = new ByteArrayContent(delivery.Body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(Answer.Json);
        request.Headers.Add("webhook-id", delivery.Id);
        request.Headers.Add("webhook-timestamp", now.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", _secret.Sign(delivery.Id, now, delivery.Body));
        return request;
    }

    private Reception Read(HttpResponseMessage answer)
    {
        var status = (int)answer.StatusCode;
        if (answer.IsSuccessStatusCode)
            return new Reception(status, null);
        if (answer.StatusCode == HttpStatusCode.Gone)
            return new Reception(status, "The receiver wants no more of it.", IsFinal: true);
        if (status is >= 300 and < 400)
            return new Reception(status, "It was sent elsewhere, and redirects are not followed.");
        var wait = answer.Headers.RetryAfter is { } after ? after.Delta ?? (after.Date - _clock.GetUtcNow()) : null;
        return new Reception(status, "The receiver did not take it.", wait);
    }
}
