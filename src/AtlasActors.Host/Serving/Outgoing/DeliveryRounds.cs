using Microsoft.Extensions.Logging;

namespace AtlasActors.Host.Serving.Outgoing;

/// <summary>
/// Takes what is in the outbox to its receivers: to one host one after the other, to several at once, so that one that is
/// slow holds up nobody but itself.
/// </summary>
internal sealed class DeliveryRounds(
    Outbox outbox, Func<Delivery, CancellationToken, Task<Reception>> take, TimeProvider clock, ILogger log)
{
    private const int MostAtOnce = 16;
    private static readonly TimeSpan LongestRest = TimeSpan.FromHours(1);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, Task> _busy = new(StringComparer.OrdinalIgnoreCase);
    private DateTimeOffset _cleaned;

    /// <summary>Goes on until <paramref name="end"/>; what is under way has until <paramref name="abandon"/>.</summary>
    public async Task RunAsync(CancellationToken end, CancellationToken abandon)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                var news = outbox.WhenNews;
                Clean();
                SetOut(abandon);
                await RestAsync(news, end).ConfigureAwait(false);
            }
            catch (Exception fault)
            {
                log.LogError(fault, "The outbox of webhooks cannot be read");
                await Task.Delay(AfterFault, clock, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        await Task.WhenAll(_busy.Values).ConfigureAwait(false);
    }

    private void SetOut(CancellationToken abandon)
    {
        foreach (var (host, _) in _busy.Where(one => one.Value.IsCompleted).ToList())
            _busy.Remove(host);
        while (_busy.Count < MostAtOnce && outbox.FindDue(clock.GetUtcNow(), _busy.Keys) is { } delivery)
            _busy[delivery.Host] = Task.Run(() => DeliverAsync(delivery, abandon), CancellationToken.None);
    }

    private async Task DeliverAsync(Delivery delivery, CancellationToken abandon)
    {
        try
        {
            var reception = await take(delivery, abandon).ConfigureAwait(false);
            outbox.Note(delivery, reception, clock.GetUtcNow(), Random.Shared.NextDouble());
            if (reception.Error is { } error)
                log.LogWarning("Webhook {Webhook} of batch {Batch} was not delivered: {Status} {Reason}",
                    delivery.Id, delivery.Batch, reception.Status, error);
        }
        catch (OperationCanceledException) when (abandon.IsCancellationRequested)
        {
            // The service is ending, and the next start delivers it, again perhaps.
        }
        catch (Exception fault)
        {
            log.LogError(fault, "What became of webhook {Webhook} cannot be noted: it is delivered again", delivery.Id);
            await Task.Delay(AfterFault, clock, abandon).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Until there is something new, somebody is back, or the next delivery is due.</summary>
    private async Task RestAsync(Task news, CancellationToken end)
    {
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(end);
        var next = _busy.Count < MostAtOnce ? outbox.NextDue(_busy.Keys) : null;
        var wait = next - clock.GetUtcNow() ?? LongestRest;
        if (wait <= TimeSpan.Zero) return;
        var due = Task.Delay(wait < LongestRest ? wait : LongestRest, clock, awake.Token);
        await Task.WhenAny([news, due, .. _busy.Values]).ConfigureAwait(false);
        await awake.CancelAsync().ConfigureAwait(false);
    }

    private void Clean()
    {
        var now = clock.GetUtcNow();
        if (now - _cleaned < LongestRest) return;
        outbox.Clean(now);
        _cleaned = now;
    }
}
