using System.Text.Json;
using AtlasActors.Batches;
using Dapper;
using Microsoft.Data.Sqlite;

namespace AtlasActors.Host.Serving.Records;

/// <summary>
/// The records, to be read: any number of readers at once, each sees what was committed when it began. Rows are as wide as
/// their documents, and every page is found by an index.
/// </summary>
internal sealed class ServiceRecords(RecordsFile file)
{
    private const string BatchColumns = """
        batches.place, batches.id, batches.source, batches.endpoint, batches.state, batches.halt, batches.message,
        batches.created, batches.max_workers MaxWorkers, batches.priority, batches.labels, batches.pause, batches.settled,
        batches.total, batches.counts, batches.estimated, batches.budget, batches.charged, batches.unconfirmed, batches.reserved,
        batches.in_doubt InDoubt, batches.revision, batches.heard, batches.webhook,
        batches.settled_at SettledAt, batches.outputs_removed OutputsRemoved
        """;

    private const string JobColumns = """
        jobs.number, jobs.name, jobs.kind, models.name Model, jobs.stage, jobs.since, jobs.attempts, jobs.revision, jobs.cost,
        jobs.generation, jobs.prediction, jobs.output_url OutputUrl, jobs.files, jobs.days, jobs.error,
        jobs.error_code ErrorCode, jobs.why
        """;

    private const string JobSource = "FROM jobs JOIN models ON models.number = jobs.model";

    private readonly Lock _gate = new();
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _last;

    /// <summary>The number of the last change that can be read.</summary>
    public long Last => Volatile.Read(ref _last);

    /// <summary>Completes with the next change after those that could be read when it was asked for.</summary>
    public Task WhenNews
    {
        get
        {
            lock (_gate) return _news.Task;
        }
    }

    /// <summary>Changes up to this number can be read from now on.</summary>
    public void Announce(long last)
    {
        TaskCompletionSource news;
        lock (_gate)
        {
            if (last <= _last) return;
            _last = last;
            (news, _news) = (_news, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        news.SetResult();
    }

    /// <summary>Begins with what the file has.</summary>
    public ServiceRecords Open()
    {
        using var reader = file.Open();
        Announce(reader.ExecuteScalar<long>("SELECT changed FROM counter"));
        return this;
    }

    public BatchRow? Find(BatchId id)
    {
        using var reader = file.Open();
        return reader.QuerySingleOrDefault<BatchRow>(
            $"SELECT {BatchColumns} FROM batches WHERE id = @id", new { id = id.Value });
    }

    /// <summary>How each batch stands; for the start alone, for it is all of them.</summary>
    public IReadOnlyList<BatchRow> Standings()
    {
        using var reader = file.Open();
        return reader.Query<BatchRow>($"SELECT {BatchColumns} FROM batches").AsList();
    }

    /// <summary>So many batches after a place in the list, the newest first.</summary>
    public IReadOnlyList<BatchRow> Batches(BatchFilter filter, int limit, BatchPosition? after)
    {
        var query = filter.ToQuery();
        if (after is not null)
            query.Add("(created, place) < (@created, @place)", ("created", after.Created), ("place", after.Place));
        using var reader = file.Open();
        return query.Read<BatchRow>(
            reader, $"SELECT {BatchColumns} FROM batches {query.Where} ORDER BY created DESC, place DESC LIMIT {limit}");
    }

    /// <summary>So many jobs of a batch after a number, in the file's order.</summary>
    public IReadOnlyList<JobRow> Jobs(long batch, JobFilter filter, int limit, long after)
    {
        using var reader = file.Open();
        var query = filter.ToQuery();
        query.Add("jobs.batch = @batch", ("batch", batch));
        query.Add("jobs.number > @after", ("after", after));
        return query.Read<JobRow>(
            reader, $"SELECT {JobColumns} {JobSource} {query.Where} ORDER BY jobs.number LIMIT {limit}");
    }

    /// <summary>
    /// So many changes after a number, in their order: each batch and each job that changed since, once, as it is. With
    /// <paramref name="batch"/> those of that one alone.
    /// </summary>
    public IReadOnlyList<Change> ChangesAfter(long number, int limit, long? batch = null)
    {
        using var reader = file.Open();
        var of = batch is null ? "" : "AND {0} = @batch";
        var parameters = new { number, batch };
        // One view of the file for both tables.
        using var looking = reader.BeginTransaction(deferred: true);
        var jobs = reader.Query<JobRow, Keys, Change>(
            $"""
            SELECT {JobColumns}, jobs.changed Changed, batches.id Batch {JobSource} JOIN batches ON batches.place = jobs.batch
            WHERE jobs.changed > @number {string.Format(null, of, "jobs.batch")} ORDER BY jobs.changed LIMIT {limit}
            """, (job, keys) => new Change(keys.Changed, BatchId.Parse(keys.Batch), null, job), parameters, looking,
            splitOn: "Changed");
        var changed = reader.Query<BatchRow, Keys, Change>(
            $"""
            SELECT {BatchColumns}, changed Changed, id Batch FROM batches
            WHERE changed > @number {string.Format(null, of, "place")} ORDER BY changed LIMIT {limit}
            """, (row, keys) => new Change(keys.Changed, BatchId.Parse(keys.Batch), row, null), parameters, looking,
            splitOn: "Changed");
        return [.. jobs.Concat(changed).OrderBy(change => change.Number).Take(limit)];
    }

    /// <summary>When a job of the batch last came to where it is; 0 where it has none.</summary>
    public long LastMove(long batch)
    {
        using var reader = file.Open();
        return reader.ExecuteScalar<long>("SELECT coalesce(max(since), 0) FROM jobs WHERE batch = @batch", new { batch });
    }

    /// <summary>
    /// So many finished batches after a place, in their order, that came to their end before what is said, and of which
    /// outputs are there or events came since they were seen to. Null: none is old enough. Those with jobs that may go
    /// on are left out.
    /// </summary>
    public IReadOnlyList<DueBatch> Due(DateTimeOffset? outputsUntil, DateTimeOffset? eventsUntil, long after, int limit)
    {
        using var reader = file.Open();
        return reader.Query<DueBatch>(
            $"""
            SELECT * FROM (
              SELECT place, id, created,
                coalesce(settled_at <= @outputs AND coalesce(kept.outputs, -1) <> revision, 0) AreOutputsDue,
                coalesce(settled_at <= @events AND coalesce(kept.events, -1) <> revision, 0) AreEventsDue
              FROM batches LEFT JOIN kept ON kept.batch = batches.place
              WHERE place > @after AND state = 'finished' AND settled = 1
                AND instr(counts, '"overdue"') = 0 AND instr(counts, '"waiting"') = 0)
            WHERE AreOutputsDue OR AreEventsDue ORDER BY place LIMIT {limit}
            """, new { outputs = outputsUntil?.UtcTicks, events = eventsUntil?.UtcTicks, after }).AsList();
    }

    /// <summary>Whether a file was made by a job that came to its end until then.</summary>
    public bool WasMadeUntil(long batch, string path, long until)
    {
        using var reader = file.Open();
        return reader.ExecuteScalar<bool>(
            "SELECT EXISTS (SELECT 1 FROM jobs WHERE batch = @batch AND since <= @until AND instr(files, @path) > 0)",
            new { batch, until, path = JsonSerializer.Serialize(path) });
    }

    /// <summary>A file that a batch made; null where it made none of this name.</summary>
    public JobFile? FindFile(long batch, string path)
    {
        using var reader = file.Open();
        return reader.QuerySingleOrDefault<JobFile>(
            "SELECT path Path, bytes Bytes, sha256 Sha256 FROM files WHERE batch = @batch AND path = @path", new { batch, path });
    }

    /// <summary>What was spent, summed by what <paramref name="by"/> says.</summary>
    public IReadOnlyList<CostRow> Costs(CostsBy by, CostFilter filter)
    {
        var (key, source) = by switch
        {
            CostsBy.Model => ("models.name", ""),
            CostsBy.Day => ("costs.day", ""),
            CostsBy.Batch => ("batches.id", ""),
            CostsBy.Label => ("labels.name || ':' || labels.value", "JOIN labels ON labels.batch = costs.batch"),
            _ => throw new InvalidOperationException($"Costs by {by}."),
        };
        var query = filter.ToQuery();
        using var reader = file.Open();
        return query.Read<CostRow>(reader, $"""
            SELECT {key} Name, sum(submissions) Submissions, sum(charges) Charges, sum(untold) Untold,
              sum(costs.charged) Charged, sum(costs.unconfirmed) Unconfirmed, sum(costs.reserved) Reserved,
              sum(costs.in_doubt) InDoubt
            FROM costs JOIN models ON models.number = costs.model JOIN batches ON batches.place = costs.batch {source}
            {query.Where} GROUP BY 1 HAVING sum(submissions) > 0 ORDER BY 1
            """);
    }

    private sealed record Keys
    {
        public long Changed { get; init; }

        public string Batch { get; init; } = "";
    }
}

/// <summary>A batch or a job as it is since its last change.</summary>
/// <param name="Number">The number of that change; over all batches each is larger than all before.</param>
/// <param name="Id">The batch.</param>
/// <param name="Batch">The batch as it is; null where it is a job that changed.</param>
/// <param name="Job">The job as it is; null where it is the batch that changed.</param>
internal sealed record Change(long Number, BatchId Id, BatchRow? Batch, JobRow? Job);

/// <summary>Where a page of the batches ended.</summary>
internal sealed record BatchPosition(long Created, long Place);
