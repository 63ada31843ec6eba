using AtlasActors.Batches;
using AtlasActors.Host.Serving.Records;
using Microsoft.Extensions.Logging;

namespace AtlasActors.Host.Serving.Outgoing;

/// <summary>Reads the records' changes, and puts into the outbox what somebody is to be told.</summary>
internal sealed class OutboxFeed(
    ServiceRecords records, Outbox outbox, WebhookSettings settings, TimeProvider clock, ILogger log)
{
    private const int MostAtOnce = 500;
    private const int MostKnown = 10_000;
    private static readonly TimeSpan BeforeNextTry = TimeSpan.FromSeconds(5);

    /// <summary>Batches as far as they never change: whom they tell, and their labels.</summary>
    private readonly Dictionary<BatchId, BatchRow?> _known = [];

    private readonly Lock _gate = new();
    private FeedPlace? _place;
    private FeedPlace? _former;
    private (string? Url, DateTimeOffset Since)? _next;
    private long _cursor;

    /// <summary>Goes on until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            var news = records.WhenNews;
            try
            {
                if (!Read()) await news.WaitAsync(end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception fault)
            {
                log.LogError(fault, "Webhooks cannot be put down, and are behind until they can");
                await Task.Delay(BeforeNextTry, clock, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>
    /// Tells this address, or nobody, of what happens from now on. What happened before is told to the one of before, also
    /// where it is not read yet.
    /// </summary>
    public void Use(string? url)
    {
        lock (_gate) _next = (url, clock.GetUtcNow());
    }

    /// <summary>Reads some changes; false where there are none.</summary>
    public bool Read()
    {
        if (_place is null)
        {
            _place = outbox.Begin(records.Last, settings.Url, clock.GetUtcNow());
            _cursor = _place.Cursor;
        }
        TakeNext();
        if (records.ChangesAfter(_cursor, MostAtOnce) is not [.., var last] changes) return false;
        var letters = changes.Select(change => Find(change, _place)).OfType<Letter>().ToList();
        outbox.Take(letters, last.Number, clock.GetUtcNow());
        _cursor = last.Number;
        return true;
    }

    /// <summary>What a change is to be told as, and to whom; null where nobody is to be told.</summary>
    private Letter? Find(Change change, FeedPlace place)
    {
        if (change.Job is { } job)
        {
            if (!OutgoingEvent.IsEnd(job) || Known(change.Id) is not { } batch) return null;
            return UrlFor(batch, webhook => webhook.Jobs, job.Since, place) is { } url
                ? new Letter(OutgoingEvent.Of(batch, job), url)
                : null;
        }
        var row = change.Batch!;
        if (!row.IsOver) return null;
        var lastMove = records.LastMove(row.Place);
        return UrlFor(row, webhook => webhook.Batches, lastMove, place) is { } to
            && OutgoingEvent.Of(row, lastMove) is { } happened
            ? new Letter(happened, to)
            : null;
    }

    private string? UrlFor(BatchRow batch, Func<BatchWebhook, bool> isWanted, long since, FeedPlace place)
    {
        if (batch.ReadWebhook() is { } own)
            return isWanted(own) ? own.Url : null;
        var then = since >= place.Since ? place : _former;
        return then is not null && since >= then.Since ? then.Url : null;
    }

    private void TakeNext()
    {
        lock (_gate)
        {
            if (_next is not { } next) return;
            _former = _place;
            _place = outbox.Begin(records.Last, next.Url, next.Since);
            _next = null;
        }
    }

    private BatchRow? Known(BatchId id)
    {
        if (_known.TryGetValue(id, out var known)) return known;
        if (_known.Count >= MostKnown) _known.Clear();
        return _known[id] = records.Find(id);
    }
}
