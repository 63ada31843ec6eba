using AtlasActors.Host.Serving.Records;
using Dapper;
using Microsoft.Data.Sqlite;

namespace AtlasActors.Host.Serving.Outgoing;

/// <summary>An event, and where it goes.</summary>
internal sealed record Letter(OutgoingEvent Event, string Url);

/// <summary>
/// What is to be told and was told. An event is in here once, in one transaction with how far the records were read; it
/// is told from here until its receiver takes it. What was told of a job is kept, and after a while of its batch up to
/// when all was told, so that records that are made anew tell nothing twice.
/// </summary>
internal sealed class Outbox : IDisposable
{
    /// <summary>So many batches are closed at once.</summary>
    private const int MostClosed = 200;

    private const string Columns = "number, id, batch, job, type, url, host, body, created, state, next, round";

    private readonly Lock _gate = new();
    private readonly SqliteConnection _file;
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _pending;

    private Outbox(SqliteConnection file)
    {
        _file = file;
        _pending = file.ExecuteScalar<long>("SELECT count(*) FROM deliveries WHERE state = 'pending'");
    }

    /// <summary>Told of each delivery that comes to its end, and whether it was delivered.</summary>
    public Action<bool>? OnSettled { get; set; }

    /// <summary>What is on its way. The number is kept along the way, the oldest is found by an index.</summary>
    public OutboxLoad Load
    {
        get
        {
            lock (_gate)
                return new OutboxLoad(_pending, _file.ExecuteScalar<long?>(
                    "SELECT created FROM deliveries WHERE state = 'pending' ORDER BY number LIMIT 1"));
        }
    }

    /// <summary>For how long what was settled is kept.</summary>
    public TimeSpan Kept { get; set; } = TimeSpan.FromDays(30);

    public static Outbox Open(string path) => new(OutboxFile.Open(path));

    /// <summary>Completes when there is something new to be sent.</summary>
    public Task WhenNews
    {
        get
        {
            lock (_gate) return _news.Task;
        }
    }

    /// <summary>
    /// Where in the records to go on, and since when the service tells somebody of every batch: only what ends from then
    /// on is that receiver's.
    /// </summary>
    /// <param name="last">The last change that the records have.</param>
    /// <param name="url">Who is told of every batch, or null.</param>
    /// <param name="now">The time.</param>
    public FeedPlace Begin(long last, string? url, DateTimeOffset now)
    {
        lock (_gate)
        {
            var found = _file.QuerySingleOrDefault<FeedPlace>("SELECT cursor, url, since FROM feed");
            if (found is null)
                _file.Execute("INSERT INTO feed VALUES (0, @url, @since)", new { url, since = now.UtcTicks });
            else if (found.Url != url)
                _file.Execute("UPDATE feed SET url = @url, since = @since", new { url, since = now.UtcTicks });
            // Records that were made anew while the clock was behind begin below what was read: all are looked at.
            if (found?.Cursor > last)
                _file.Execute("UPDATE feed SET cursor = 0");
            return _file.QuerySingle<FeedPlace>("SELECT cursor, url, since FROM feed");
        }
    }

    /// <summary>Puts down what is to be told, and how far the records were read. What was told is left out.</summary>
    public void Take(IReadOnlyList<Letter> letters, long cursor, DateTimeOffset now)
    {
        lock (_gate)
        {
            using var transaction = _file.BeginTransaction();
            var taken = letters.Count(letter => Put(letter, now.UtcTicks, transaction));
            _file.Execute("UPDATE feed SET cursor = @cursor", new { cursor }, transaction);
            transaction.Commit();
            _pending += taken;
            if (taken > 0) Announce();
        }
    }

    /// <summary>A delivery whose time has come, to a host that is not among these; null where there is none.</summary>
    public Delivery? FindDue(DateTimeOffset now, IReadOnlyCollection<string> busyHosts)
    {
        lock (_gate)
            return _file.QueryFirstOrDefault<Delivery>(
                $"""
                SELECT {Columns} FROM deliveries WHERE state = 'pending' AND next <= @now AND host NOT IN @busyHosts
                ORDER BY next, number LIMIT 1
                """,
                new { now = now.UtcTicks, busyHosts });
    }

    /// <summary>When the next delivery is due to a host that is not among these; null where none is.</summary>
    public DateTimeOffset? NextDue(IReadOnlyCollection<string> busyHosts)
    {
        lock (_gate)
            return _file.QueryFirstOrDefault<long?>(
                "SELECT next FROM deliveries WHERE state = 'pending' AND host NOT IN @busyHosts ORDER BY next LIMIT 1",
                new { busyHosts }) is { } next ? new DateTimeOffset(next, TimeSpan.Zero) : null;
    }

    /// <summary>Notes a try, and what comes of it.</summary>
    public void Note(Delivery delivery, Reception reception, DateTimeOffset now, double chance)
    {
        var wait = DeliveryPlan.WaitAfter((int)delivery.Round + 1, reception, chance);
        var state = reception.Error is null ? DeliveryState.Delivered
            : wait is null ? DeliveryState.Failed
            : DeliveryState.Pending;
        var isSettled = state != DeliveryState.Pending;
        lock (_gate)
        {
            using var transaction = _file.BeginTransaction();
            _file.Execute(
                "INSERT INTO tries (delivery, at, status, error) VALUES (@Number, @at, @Status, @Error)",
                new { delivery.Number, at = now.UtcTicks, reception.Status, reception.Error }, transaction);
            _file.Execute(
                """
                UPDATE deliveries SET state = @state, next = @next, round = round + 1, settled = @settled
                WHERE number = @Number
                """,
                new
                {
                    delivery.Number, state = Words.Of(state), next = isSettled ? null : (now + wait)?.UtcTicks,
                    settled = isSettled ? (long?)now.UtcTicks : null,
                }, transaction);
            transaction.Commit();
            if (isSettled) _pending--;
        }
        if (isSettled) OnSettled?.Invoke(state == DeliveryState.Delivered);
    }

    /// <summary>So many deliveries before a number, the newest first, with their tries.</summary>
    public IReadOnlyList<ListedDelivery> List(DeliveryFilter filter, int limit, long? before)
    {
        var query = new RecordsQuery();
        if (filter.Batch is { } batch) query.Add("batch = @batch", ("batch", batch));
        if (filter.States.Count > 0) query.Add("state IN @states", ("states", filter.States.Select(Words.Of).ToList()));
        if (before is { } number) query.Add("number < @before", ("before", number));
        lock (_gate)
        {
            var found = query.Read<Delivery>(
                _file, $"SELECT {Columns} FROM deliveries {query.Where} ORDER BY number DESC LIMIT {limit}");
            var tries = _file.Query<DeliveryTry>(
                "SELECT delivery, at, status, error FROM tries WHERE delivery IN @numbers ORDER BY number",
                new { numbers = found.Select(one => one.Number).ToList() }).ToLookup(one => one.Delivery);
            return
            [
                .. found.Select(one => new ListedDelivery(one.Number, DeliveryDocument.Of(one, tries[one.Number]))),
            ];
        }
    }

    /// <summary>Has an event delivered at once, and again if it must be; null where there is no such event.</summary>
    public DeliveryDocument? Redeliver(string id, DateTimeOffset now)
    {
        lock (_gate)
        {
            var isSettled = _file.ExecuteScalar<bool>(
                "SELECT EXISTS (SELECT 1 FROM deliveries WHERE id = @id AND state <> 'pending')", new { id });
            _file.Execute(
                "UPDATE deliveries SET state = 'pending', next = @now, round = 0, settled = NULL WHERE id = @id",
                new { id, now = now.UtcTicks });
            if (isSettled) _pending++;
            var found = _file.QuerySingleOrDefault<Delivery>(
                $"SELECT {Columns} FROM deliveries WHERE id = @id", new { id });
            if (found is null) return null;
            Announce();
            return DeliveryDocument.Of(found, _file.Query<DeliveryTry>(
                "SELECT delivery, at, status, error FROM tries WHERE delivery = @Number ORDER BY number",
                new { found.Number }));
        }
    }

    /// <summary>
    /// Removes what has been settled for as long as it is kept. Of batches of which nothing was told for so long it
    /// keeps that all was told, and not each of their jobs.
    /// </summary>
    public void Clean(DateTimeOffset now)
    {
        var before = (now - Kept).UtcTicks;
        lock (_gate)
        {
            using var transaction = _file.BeginTransaction();
            _file.Execute(
                """
                DELETE FROM tries WHERE delivery IN (SELECT number FROM deliveries WHERE settled <= @before);
                DELETE FROM deliveries WHERE settled <= @before
                """, new { before }, transaction);
            var over = _file.Query<long>(
                "SELECT number FROM batches WHERE last <= @before AND last > coalesce(closed, 0) LIMIT @MostClosed",
                new { before, MostClosed }, transaction).AsList();
            _file.Execute("DELETE FROM told WHERE batch IN @over", new { over }, transaction);
            _file.Execute("UPDATE batches SET closed = last WHERE number IN @over", new { over }, transaction);
            transaction.Commit();
        }
    }

    public void Dispose() => _file.Dispose();

    private bool Put(Letter letter, long now, SqliteTransaction transaction)
    {
        var (told, batch) = (letter.Event, new { letter.Event.Batch });
        _file.Execute("INSERT OR IGNORE INTO batches (id) VALUES (@Batch)", batch, transaction);
        if (_file.QuerySingleOrDefault<long?>(
            "SELECT number FROM batches WHERE id = @Batch AND @Since > coalesce(closed, 0)",
            new { told.Batch, told.Since }, transaction) is not { } number)
            return false;
        _file.Execute(
            "UPDATE batches SET last = max(coalesce(last, 0), @Since) WHERE number = @number",
            new { told.Since, number }, transaction);
        var isNew = _file.Execute(
            """
            INSERT INTO told VALUES (@number, @Job, @Digest)
            ON CONFLICT DO UPDATE SET event = excluded.event WHERE event <> excluded.event
            """,
            new { number, told.Job, told.Digest }, transaction) > 0;
        return isNew && _file.Execute(
            """
            INSERT OR IGNORE INTO deliveries (id, batch, job, type, url, host, body, created, state, next)
            VALUES (@Id, @Batch, @Job, @Type, @Url, @host, @Body, @now, 'pending', @now)
            """,
            new
            {
                told.Id, told.Batch, told.Job, told.Type, letter.Url, host = WebhookAddress.HostOf(letter.Url), told.Body, now,
            },
            transaction) > 0;
    }

    private void Announce()
    {
        var news = _news;
        _news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        news.SetResult();
    }
}

/// <summary>
/// How many deliveries are on their way, and when the oldest of their events was put down, in UTC ticks.
/// </summary>
internal readonly record struct OutboxLoad(long Count, long? Oldest);

/// <summary>A delivery in a list, and its place there.</summary>
internal sealed record ListedDelivery(long Number, DeliveryDocument Document);

/// <summary>How far the records were read, and who is told of every batch since when.</summary>
internal sealed record FeedPlace
{
    public long Cursor { get; init; }

    public string? Url { get; init; }

    /// <summary>In UTC ticks.</summary>
    public long Since { get; init; }
}
