using AtlasActors.Host.Serving.Records;
using Microsoft.Extensions.Logging;

namespace AtlasActors.Host.Serving.Outgoing;

/// <summary>Tells others what the service did, for as long as it is not disposed.</summary>
internal sealed class OutgoingWebhooks : IAsyncDisposable
{
    /// <summary>How long a stop waits for what is on its way; the next start delivers the rest.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _end = new();
    private readonly CancellationTokenSource _abandon = new();
    private readonly Courier _courier;
    private readonly OutboxFeed _feed;
    private readonly Task _feeding;
    private readonly Task _delivering;

    private OutgoingWebhooks(
        ServiceRecords records, Outbox outbox, WebhookSecret secret, WebhookSettings settings, TimeProvider clock,
        ILogger log)
    {
        _courier = new Courier(secret, settings, clock);
        _feed = new OutboxFeed(records, outbox, settings, clock, log);
        var rounds = new DeliveryRounds(outbox, _courier.TakeAsync, clock, log);
        _feeding = Task.Run(() => _feed.RunAsync(_end.Token));
        _delivering = Task.Run(() => rounds.RunAsync(_end.Token, _abandon.Token));
    }

    public static OutgoingWebhooks Start(
        ServiceRecords records, Outbox outbox, WebhookSecret secret, WebhookSettings settings, TimeProvider clock,
        ILogger log) =>
        new(records, outbox, secret, settings, clock, log);

    /// <summary>Who is told from now on of batches whose files name nobody; null for nobody.</summary>
    public void Use(string? url) => _feed.Use(url);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        _abandon.CancelAfter(Grace);
        await Task.WhenAll(_feeding, _delivering).ConfigureAwait(false);
        _courier.Dispose();
        _end.Dispose();
        _abandon.Dispose();
    }
}
