using System.Text;
using System.Text.Json;
using AtlasActors.Batches;
using AtlasActors.Host.Serving.Outgoing;
using AtlasActors.Host.Serving.Records;
using AtlasActors.Host.Tests.Serving.Support;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Jobs;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using ManualClock = AtlasActors.Host.Tests.Simulator.Support.ManualClock;

namespace AtlasActors.Host.Tests.Serving.Outgoing;

/// <summary>What of the records' changes is told, to whom, and how often.</summary>
public sealed class OutboxFeedSpecs : IDisposable
{
    private const string Own = "https://example.org/own", ForAll = "https://example.org/all";

    private static readonly BatchId Id = BatchId.Parse("b-1");

    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();
    private Outbox _outbox;
    private RecordsFile? _file;
    private string _place;
    private long _revision;

    public OutboxFeedSpecs()
    {
        _place = _folder.File("outbox.db");
        _outbox = Outbox.Open(_place);
    }

    public void Dispose()
    {
        _outbox.Dispose();
        _file?.Close();
        _folder.Dispose();
    }

    [Fact]
    public void Each_end_is_told_once_and_the_batch_s_after_those_of_its_jobs()
    {
        Feed(Batch(BatchPhase.Finished, Own, Done(1), Views.Job(2, JobStage.Generating, since: At(1)), Failed(3, At(3))));
        Assert.Equal(["job.ended 1", "job.ended 3", "batch.ended"], Told());
        Feed(Batch(BatchPhase.Finished, Own, Done(1), Done(2, At(4)), Failed(3, At(3))));
        Assert.Equal(["job.ended 1", "job.ended 3", "batch.ended", "job.ended 2", "batch.ended"], Told());
    }

    [Fact]
    public void What_is_told_has_the_fields_of_the_tutorial_and_more()
    {
        var made = SomeBatches.Priced(1, "雨夜的茶馆") with { OutputUrl = "https://cdn.example.org/a.png", PredictionId = "p-1", Since = At(1) };
        Feed(Batch(BatchPhase.Finished, Own, made));
        var job = Document(0);
        Assert.Equal("2026-11-21T07:00:00+00:00", job.GetProperty("timestamp").GetString());
        job = job.GetProperty("data");
        Assert.Equal("雨夜的茶馆", job.GetProperty("name").GetString());
        Assert.Equal("succeeded", job.GetProperty("status").GetString());
        Assert.Equal("https://cdn.example.org/a.png", job.GetProperty("url").GetString());
        Assert.Equal(0.04m, job.GetProperty("cost").GetDecimal());
        Assert.Equal("/v1/batches/b-1/files/images/job_1.png", job.GetProperty("files")[0].GetString());
        Assert.Equal("films", job.GetProperty("labels").GetProperty("team").GetString());
        var batch = Document(1).GetProperty("data");
        Assert.Equal("/v1/batches/b-1/manifest", batch.GetProperty("manifest").GetString());
        Assert.Equal((1, 1), (batch.GetProperty("total").GetInt32(), batch.GetProperty("ended").GetInt32()));
    }

    [Fact]
    public void A_job_that_ends_again_is_another_event_and_money_that_is_told_later_is_none()
    {
        Feed(Batch(BatchPhase.Running, Own, Failed(1, At(1))));
        Feed(Batch(BatchPhase.Running, Own, Failed(1, At(1)) with { Revision = 9, Cost = new(0.03m) }));
        Assert.Equal(["job.ended 1"], Told());
        Feed(Batch(BatchPhase.Running, Own, Views.Job(1, JobStage.Queued, since: At(2)) with { Revision = 10 }));
        Feed(Batch(BatchPhase.Running, Own, Failed(1, At(3)) with { Revision = 11 }));
        Assert.Equal(["job.ended 1", "job.ended 1"], Told());
        Assert.Equal(2, Deliveries().Select(one => one.Id).Distinct().Count());
    }

    [Fact]
    public void Records_that_are_made_anew_tell_nothing_twice_and_lose_nothing()
    {
        var batch = Batch(BatchPhase.Finished, Own, Done(1), Failed(2, At(2)));
        Feed(batch);
        var ids = Deliveries().Select(one => one.Id).ToList();
        // All of it is delivered, and long gone from the log.
        while (_outbox.FindDue(_clock.GetUtcNow(), []) is { } due) _outbox.Note(due, new Reception(204, null), _clock.GetUtcNow(), 0);
        _clock.Advance(TimeSpan.FromDays(31));
        _outbox.Clean(_clock.GetUtcNow());
        Assert.Empty(Deliveries());

        ForgetRecords();
        Feed(batch with { Jobs = [Done(1), Failed(2, At(2)), Done(3, At(3))] });
        Assert.Equal(["job.ended 3", "batch.ended"], Told());
        Assert.DoesNotContain(Deliveries(), one => ids.Contains(one.Id));
    }

    [Fact]
    public void Records_that_are_made_anew_by_a_clock_that_is_behind_are_read_too()
    {
        Feed(Batch(BatchPhase.Running, Own, Done(1)));
        ForgetRecords();
        Feed(Batch(BatchPhase.Running, Own, Done(1), Done(2)), recordsMadeAt: Views.Start.AddYears(-1));
        Assert.Equal(["job.ended 1", "job.ended 2"], Told());
    }

    [Fact]
    public void An_outbox_that_is_gone_tells_the_same_events_by_the_same_ids()
    {
        var batch = Batch(BatchPhase.Finished, Own, Done(1), Failed(2, At(2)));
        Feed(batch);
        var before = Deliveries().Select(one => one.Id).ToList();
        _outbox.Dispose();
        _place = _folder.File("another.db");
        _outbox = Outbox.Open(_place);
        Feed(batch);
        Assert.Equal(before, Deliveries().Select(one => one.Id));
    }

    [Fact]
    public void Who_is_told_of_all_is_told_what_ends_from_then_on_where_the_file_names_nobody()
    {
        _clock.Advance(At(10) - _clock.GetUtcNow());
        Feed(Batch(BatchPhase.Running, null, Done(1, At(9)), Done(2, At(11))), url: ForAll);
        Assert.Equal([ForAll], Deliveries().Select(one => one.Url));
        Assert.Equal(["job.ended 2"], Told());
        // Another one is told nothing of before.
        _clock.Advance(TimeSpan.FromHours(10));
        ForgetRecords();
        Feed(Batch(BatchPhase.Running, null, Done(1, At(9)), Done(2, At(11)), Done(3, At(12))), url: ForAll + "2");
        Assert.Equal(["job.ended 2"], Told());
    }

    [Fact]
    public void Who_is_told_in_another_s_place_is_told_what_ends_from_then_on_and_the_other_what_ended_before()
    {
        const string other = ForAll + "2";
        _clock.Advance(At(10) - _clock.GetUtcNow());
        _file = RecordsFile.Prepare(_folder.File("records.db"), _clock.GetUtcNow());
        var records = new ServiceRecords(_file).Open();
        var feed = new OutboxFeed(records, _outbox, new WebhookSettings(ForAll), _clock, NullLogger.Instance);
        Assert.False(feed.Read());
        _clock.Advance(TimeSpan.FromHours(2));
        feed.Use(other);
        _clock.Advance(TimeSpan.FromHours(2));

        // All of it is read only now.
        using (var writer = new RecordsWriter(_file))
            records.Announce(writer.InTransaction(() => writer.Take(
                Batch(BatchPhase.Running, null, Done(1, At(9)), Done(2, At(11)), Done(3, At(13))))));
        while (feed.Read()) { }

        Assert.Equal([("job.ended 2", ForAll), ("job.ended 3", other)], Told().Zip(Deliveries().Select(one => one.Url)));
    }

    [Theory]
    [InlineData(true, false, "job.ended 1")]
    [InlineData(false, true, "batch.ended")]
    public void A_file_says_what_is_told(bool jobs, bool batches, string told)
    {
        var batch = Batch(BatchPhase.Finished, null, Done(1));
        Feed(batch with { Batch = batch.Batch with { Webhook = new BatchWebhook(Own, jobs, batches) } }, url: ForAll);
        Assert.Equal([told], Told());
    }

    [Fact]
    public void A_halt_is_told_and_a_stop_is_not()
    {
        var halted = Batch(BatchPhase.Halted, Own, Views.Job(1, JobStage.Queued, since: At(1)));
        Feed(halted with { Batch = halted.Batch with { Halt = HaltReason.OutOfBalance, HaltMessage = "The balance is used up." } });
        Assert.Equal(["batch.halted"], Told());
        Assert.Equal("out_of_balance", Document(0).GetProperty("data").GetProperty("halt").GetString());
        Feed(Batch(BatchPhase.Idle, Own, Views.Job(1, JobStage.Queued, since: At(1))));
        Assert.Equal(["batch.halted"], Told());
    }

    private List<Delivery> Deliveries()
    {
        using var file = OutboxFile.Open(_place);
        return file.Query<Delivery>("SELECT * FROM deliveries ORDER BY number").AsList();
    }

    private List<string> Told() => [.. Deliveries().Select(one => one.Job == 0 ? one.Type : $"{one.Type} {one.Job}")];

    private JsonElement Document(int index) => JsonDocument.Parse(Encoding.UTF8.GetString(Deliveries()[index].Body)).RootElement;

    /// <summary>Has the records know a batch, and the feed read them to their end.</summary>
    private void Feed(BatchReading reading, string? url = null, DateTimeOffset? recordsMadeAt = null)
    {
        _file ??= RecordsFile.Prepare(_folder.File("records.db"), recordsMadeAt ?? _clock.GetUtcNow());
        var records = new ServiceRecords(_file).Open();
        using (var writer = new RecordsWriter(_file))
            records.Announce(writer.InTransaction(() => writer.Take(reading)));
        var feed = new OutboxFeed(records, _outbox, new WebhookSettings(url), _clock, NullLogger.Instance);
        while (feed.Read()) { }
    }

    private void ForgetRecords()
    {
        _file!.Close();
        _file = null;
        foreach (var ending in new[] { "", "-wal", "-shm" }) File.Delete(_folder.File("records.db" + ending));
    }

    private BatchReading Batch(BatchPhase phase, string? url, params JobView[] jobs)
    {
        var view = Views.Batch(phase, jobs, id: Id.Value) with
        {
            Revision = ++_revision, Labels = new Dictionary<string, string> { ["team"] = "films" },
            Webhook = url is null ? null : new BatchWebhook(url),
        };
        return new BatchReading(view, jobs);
    }

    private static DateTimeOffset At(int hours) => Views.Start.AddHours(hours);

    private static JobView Done(int number, DateTimeOffset? since = null) =>
        Views.Done(number) with { Since = since ?? At(1), Revision = 4 };

    private static JobView Failed(int number, DateTimeOffset since) =>
        Views.Job(number, JobStage.Failed, since: since, error: "The prompt was refused by moderation.") with { Revision = 4 };
}
