using AtlasActors.Batches;
using AtlasActors.Host.Settings;
using Dapper;
using Microsoft.Data.Sqlite;

namespace AtlasActors.Host.Serving.Posting;

/// <summary>A request as its caller names it: whose key, and which <c>Idempotency-Key</c>.</summary>
internal readonly record struct RepeatName(string Caller, string Key);

/// <summary>What is to be done with a request that has a name.</summary>
internal abstract record Claim
{
    private Claim() { }

    /// <summary>
    /// It is to be worked on. A batch that it takes on has this id, also when it was worked on before a crash.
    /// </summary>
    public sealed record Ours(BatchId Batch) : Claim;

    /// <summary>It was answered before, so.</summary>
    public sealed record Answered(Reply Reply) : Claim;

    /// <summary>It is being worked on at this moment.</summary>
    public sealed record Busy : Claim;

    /// <summary>Another request has this name.</summary>
    public sealed record Other : Claim;
}

/// <summary>
/// What requests with an <c>Idempotency-Key</c> were answered, kept for a day and an hour. A request is on disk before
/// it is worked on, with the id of the batch that it may take on; so one that a crash cut off is worked on again with
/// the same id.
/// </summary>
internal sealed class RepeatLedger : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(25);
    private static readonly TimeSpan BetweenCleanings = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly HashSet<RepeatName> _busy = [];
    private readonly SqliteConnection _file;
    private readonly TimeProvider _clock;
    private DateTimeOffset _cleaned;

    private RepeatLedger(SqliteConnection file, TimeProvider clock) => (_file, _clock) = (file, clock);

    /// <exception cref="CommandException">The file can't be opened, or is damaged.</exception>
    public static RepeatLedger Open(string path, TimeProvider clock) => new(
        DurableFile.Open(
            path,
            """
            CREATE TABLE IF NOT EXISTS request (
                caller TEXT NOT NULL, key TEXT NOT NULL, fingerprint TEXT NOT NULL, batch TEXT NOT NULL,
                created INTEGER NOT NULL, status INTEGER, content_type TEXT, body BLOB, location TEXT,
                PRIMARY KEY (caller, key)) WITHOUT ROWID
            """,
            "It has the answers to the last day's requests; move it away to begin anew."),
        clock);

    /// <summary>
    /// What is to be done with a request; who is told <see cref="Claim.Ours"/> calls <see cref="Release"/> in the end.
    /// </summary>
    public Claim Take(RepeatName name, string fingerprint)
    {
        lock (_gate)
        {
            var found = _file.QuerySingleOrDefault<Row>(
                "SELECT fingerprint, batch, status, content_type AS contentType, body, location FROM request "
                + "WHERE caller = @Caller AND key = @Key AND created > @since",
                new { name.Caller, name.Key, since = (_clock.GetUtcNow() - Kept).UtcTicks });
            if (found is not null && found.Fingerprint != fingerprint)
                return new Claim.Other();
            if (found?.ToReply() is { } reply)
                return new Claim.Answered(reply);
            if (!_busy.Add(name))
                return new Claim.Busy();
            return new Claim.Ours(found is null ? Record(name, fingerprint) : BatchId.Parse(found.Batch));
        }
    }

    /// <summary>Keeps the answer. What is not kept is worked on again when it comes again.</summary>
    public void Keep(RepeatName name, Reply reply)
    {
        lock (_gate)
            _file.Execute(
                "UPDATE request SET status = @Status, content_type = @ContentType, body = @Body, location = @Location "
                + "WHERE caller = @Caller AND key = @Key",
                new { reply.Status, reply.ContentType, reply.Body, reply.Location, name.Caller, name.Key });
    }

    /// <summary>It is worked on no more.</summary>
    public void Release(RepeatName name)
    {
        lock (_gate)
            _busy.Remove(name);
    }

    public void Dispose() => _file.Dispose();

    private BatchId Record(RepeatName name, string fingerprint)
    {
        var now = _clock.GetUtcNow();
        Clean(now);
        var batch = NewBatch(now);
        _file.Execute(
            "INSERT OR REPLACE INTO request (caller, key, fingerprint, batch, created) "
            + "VALUES (@Caller, @Key, @fingerprint, @batch, @created)",
            new { name.Caller, name.Key, fingerprint, batch = batch.Value, created = now.UtcTicks });
        return batch;
    }

    /// <summary>An id for a batch that is yet to be taken on.</summary>
    public static BatchId NewBatch(DateTimeOffset now) => BatchId.New(now, Random.Shared);

    private void Clean(DateTimeOffset now)
    {
        if (now - _cleaned < BetweenCleanings)
            return;
        _file.Execute("DELETE FROM request WHERE created <= @before", new { before = (now - Kept).UtcTicks });
        _cleaned = now;
    }

    private sealed class Row
    {
        public string Fingerprint { get; init; } = "";

        public string Batch { get; init; } = "";

        public long? Status { get; init; }

        public string? ContentType { get; init; }

        public byte[]? Body { get; init; }

        public string? Location { get; init; }

        public Reply? ToReply() => Status is { } status ? new Reply((int)status, ContentType!, Body!, Location) : null;
    }
}
