using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Akka.Actor;
using AtlasActors.Atlas;
using AtlasActors.Atlas.Webhooks;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Hosting;
using AtlasActors.Inputs;
using AtlasActors.Jobs;
using AtlasActors.Manifests;
using AtlasActors.Polling;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Hosting;

/// <summary>
/// The journal's form. A line here may be added, never changed: what is in somebody's journal today must be read for ever.
/// </summary>
public class AtlasEventSerializerSpecs : Akka.TestKit.Xunit2.TestKit
{
    private const string At = "2026-11-21T06:00:00+00:00";

    private static readonly AtlasFailure Failure = new("no", 500, "1039", "r1");
    private static readonly OutputFile File = new("images/a.png", 3, "ab");
    private static readonly BatchId Batch = BatchId.Parse("b1");

    private static readonly LedgerLine Line = new(
        new DateOnly(2026, 11, 21), "m", 1, 1, 0, new Usd(0.05m), Usd.Zero, new Usd(0.04m), Usd.Zero, Usd.Zero);

    public static TheoryData<object, string, string> Golden => new()
    {
        {
            new BatchEvents.BatchCreated(Batch, Some.Time, "a.yaml", "f0", "https://x", 3, new Usd(1.5m), [new("s", "audio", 2, 3)]), "batch-created:1",
            $$"""{"batch":"b1","at":"{{At}}","source":"a.yaml","fingerprint":"f0","endpoint":"https://x","maxWorkers":3,"budget":1.5,"skipped":[{"name":"s","type":"audio","line":2,"column":3}]}"""
        },
        {
            new BatchEvents.JobsPlanned([new PlannedJob(Some.Image() with { Body = "{}", Model = "m" }, "images/a")]), "jobs-planned:1",
            """{"jobs":[{"definition":{"number":1,"name":"image 1","kind":"Image","model":"m","body":"{}","price":0.04,"policy":{"retries":2,"maxWait":"00:05:00","poll":{"initial":"00:00:05","multiplier":1.5,"max":"00:00:30"},"retryBase":"00:00:01","onUnknownSubmit":"Hold"}},"target":"images/a"}]}"""
        },
        {
            new BatchEvents.JobsPlanned([new PlannedJob(Some.Image() with { Body = "{}", Model = "m", Kind = MediaKind.ThreeD }, "models/a", "_")]), "jobs-planned:1",
            """{"jobs":[{"definition":{"number":1,"name":"image 1","kind":"3d","model":"m","body":"{}","price":0.04,"policy":{"retries":2,"maxWait":"00:05:00","poll":{"initial":"00:00:05","multiplier":1.5,"max":"00:00:30"},"retryBase":"00:00:01","onUnknownSubmit":"Hold"}},"target":"models/a","separator":"_"}]}"""
        },
        { new BatchEvents.BatchSettled(Some.Time), "batch-settled:1", $$"""{"at":"{{At}}"}""" },
        {
            new BatchEvents.InputUploaded(Some.Time, "ab", "https://x/a.png"), "input-uploaded:1",
            $$"""{"at":"{{At}}","sha256":"ab","url":"https://x/a.png"}"""
        },
        { new BatchEvents.BudgetSet(Some.Time, new Usd(2)), "budget-set:1", $$"""{"at":"{{At}}","budget":2}""" },
        { new BatchEvents.BatchPaused(Some.Time), "batch-paused:1", $$"""{"at":"{{At}}"}""" },
        { new BatchEvents.BatchUnpaused(Some.Time), "batch-unpaused:1", $$"""{"at":"{{At}}"}""" },
        { new BatchEvents.CancellationAsked(Some.Time), "cancellation-asked:1", $$"""{"at":"{{At}}"}""" },
        { new BatchEvents.CancellationAsked(Some.Time, [2, 5]), "cancellation-asked:1", $$"""{"at":"{{At}}","jobs":[2,5]}""" },
        { new IndexMessages.BatchListed(Batch), "batch-listed:1", """{"batch":"b1"}""" },
        { new JobEvents.SubmissionStarted(1, 2, Some.Time, new Usd(0.04m)), "submission-started:1", $$"""{"job":1,"submission":2,"at":"{{At}}","reserved":0.04}""" },
        {
            new JobEvents.SubmissionRefused(1, Some.Time, RefusalReason.RateLimited, Failure, Some.Time), "submission-refused:1",
            $$"""{"job":1,"at":"{{At}}","reason":"RateLimited","failure":{"message":"no","httpStatus":500,"code":"1039","requestId":"r1"},"notBefore":"{{At}}"}"""
        },
        { new JobEvents.SubmissionLost(1, Some.Time, new AtlasFailure("no"), true), "submission-lost:1", $$"""{"job":1,"at":"{{At}}","failure":{"message":"no"},"resubmit":true}""" },
        { new JobEvents.PredictionAccepted(1, Some.Time, "p1", null), "prediction-accepted:1", $$"""{"job":1,"at":"{{At}}","id":"p1"}""" },
        { new JobEvents.AttemptFailed(1, Some.Time, new AtlasFailure("no"), Some.Time), "attempt-failed:1", $$"""{"job":1,"at":"{{At}}","failure":{"message":"no"},"notBefore":"{{At}}"}""" },
        {
            new JobEvents.GenerationFinished(1, Some.Time, ["https://x/a.png"], new Usd(0.03m), true), "generation-finished:1",
            $$"""{"job":1,"at":"{{At}}","urls":["https://x/a.png"],"charge":0.03,"chargeReported":true}"""
        },
        { new JobEvents.ChargeReported(1, 2, Some.Time, new Usd(0.03m)), "charge-reported:1", $$"""{"job":1,"submission":2,"at":"{{At}}","charge":0.03}""" },
        { new JobEvents.JobFellOverdue(1, Some.Time, new AtlasFailure("no")), "job-fell-overdue:1", $$$"""{"job":1,"at":"{{{At}}}","failure":{"message":"no"}}""" },
        { new JobEvents.WaitBegunAnew(1, Some.Time), "wait-begun-anew:1", $$"""{"job":1,"at":"{{At}}"}""" },
        { new JobEvents.JobSucceeded(1, Some.Time, [File]), "job-succeeded:1", $$"""{"job":1,"at":"{{At}}","files":[{"path":"images/a.png","bytes":3,"sha256":"ab"}]}""" },
        {
            new JobEvents.JobFailed(1, Some.Time, new AtlasFailure("no"), true), "job-failed:1",
            $$"""{"job":1,"at":"{{At}}","failure":{"message":"no"},"possiblyCharged":true,"outputsGone":false}"""
        },
        { new JobEvents.JobRefused(1, Some.Time, new AtlasFailure("no")), "job-refused:1", $$$"""{"job":1,"at":"{{{At}}}","failure":{"message":"no"}}""" },
        { new JobEvents.JobCancelled(1, Some.Time, new AtlasFailure("no")), "job-cancelled:1", $$$"""{"job":1,"at":"{{{At}}}","failure":{"message":"no"}}""" },
        { new JobEvents.JobRetried(1, Some.Time), "job-retried:1", $$"""{"job":1,"at":"{{At}}"}""" },
        { new JobEvents.SubmissionFound(1, 2, Some.Time, "p1"), "submission-found:1", $$"""{"job":1,"submission":2,"at":"{{At}}","id":"p1"}""" },
        {
            new JobEvents.SubmissionSettled(1, 2, Some.Time, "p1", new Usd(0.03m), true), "submission-settled:1",
            $$"""{"job":1,"submission":2,"at":"{{At}}","id":"p1","charge":0.03,"chargeReported":true}"""
        },
        {
            new LedgerEvents.MoneyCounted(Batch, 1, "m", new SubmissionMoney(1, new Usd(0.04m), MoneyStatus.Charged), Some.Time), "money-counted:1",
            $$"""{"batch":"b1","job":1,"model":"m","money":{"submission":1,"amount":0.04,"status":"Charged"},"at":"{{At}}"}"""
        },
        {
            new LedgerEvents.AccountLabelled(Batch, new Dictionary<string, string> { ["team"] = "films" }), "account-labelled:1",
            """{"batch":"b1","labels":{"team":"films"}}"""
        },
        {
            new LedgerEvents.AccountClosed(Batch, 9, [Line], [new BudgetDay(Line.Day, new Usd(0.04m), Usd.Zero, Usd.Zero)]), "account-closed:1",
            """{"batch":"b1","revision":9,"lines":[{"day":"2026-11-21","model":"m","submissions":1,"charges":1,"untold":0,"estimated":0.05,"reserved":0,"charged":0.04,"unconfirmed":0,"inDoubt":0}],"days":[{"day":"2026-11-21","charged":0.04,"reserved":0,"inDoubt":0}]}"""
        },
        { new LedgerEvents.AccountOpened(Batch, 10), "account-opened:1", """{"batch":"b1","revision":10}""" },
        {
            new LedgerEvents.MoneyReserved(Batch, 1, 2, new Usd(0.04m), Some.Time), "money-reserved:1",
            $$"""{"batch":"b1","job":1,"submission":2,"amount":0.04,"at":"{{At}}"}"""
        },
        { new LedgerEvents.ReservationsReleased(Batch), "reservations-released:1", """{"batch":"b1"}""" },
        { new LedgerSnapshot([]), "ledger-snapshot:1", """{"entries":[]}""" },
        {
            new LedgerSnapshot([]) { Closed = [new LedgerEvents.AccountClosed(Batch, 9, [], [])], Labels = [new(Batch, new Dictionary<string, string>())], Reserved = [] },
            "ledger-snapshot:1",
            """{"entries":[],"labels":[{"batch":"b1","labels":{}}],"closed":[{"batch":"b1","revision":9,"lines":[],"days":[]}],"reserved":[]}"""
        },
        {
            new ManifestEvents.ResultListed(new ManifestResult(1, 4, "名", "m", MediaKind.Video, JobStage.Succeeded, "https://x/a", [File], new Usd(0.04m), Usd.Zero, TimeSpan.FromSeconds(12.5), null, "p1", 1)), "result-listed:1",
            """{"result":{"job":1,"revision":4,"name":"名","model":"m","kind":"Video","stage":"Succeeded","outputUrl":"https://x/a","files":[{"path":"images/a.png","bytes":3,"sha256":"ab"}],"cost":0.04,"possibleCost":0,"generationTime":"00:00:12.5000000","predictionId":"p1","submissions":1}}"""
        },
        { new BatchEvents.OutputsRemoved(Some.Time), "outputs-removed:1", $$"""{"at":"{{At}}"}""" },
        {
            new BatchSnapshot(
                new BatchEvents.BatchCreated(Batch, Some.Time, "a.yaml", "f0", "https://x", 3, null, []), new Usd(2), 7,
                [new PlannedJob(Some.Image() with { Body = "{}", Model = "m" }, "images/a")], [new KeptJob(JobStage.Queued, 0, Some.Time)])
            {
                IsPaused = true, SettledAt = Some.Time, OutputsRemovedAt = Some.Time,
                Uploads = new Dictionary<string, KnownAddress> { ["ab"] = new("https://x/a.png", Some.Time) },
            },
            "batch-snapshot:1",
            $$$$"""{"created":{"batch":"b1","at":"{{{{At}}}}","source":"a.yaml","fingerprint":"f0","endpoint":"https://x","maxWorkers":3,"skipped":[]},"budget":2,"revision":7,"plans":[{"definition":{"number":1,"name":"image 1","kind":"Image","model":"m","body":"{}","price":0.04,"policy":{"retries":2,"maxWait":"00:05:00","poll":{"initial":"00:00:05","multiplier":1.5,"max":"00:00:30"},"retryBase":"00:00:01","onUnknownSubmit":"Hold"}},"target":"images/a"}],"jobs":[{"stage":"Queued","revision":0,"since":"{{{{At}}}}"}],"isPaused":true,"settledAt":"{{{{At}}}}","outputsRemovedAt":"{{{{At}}}}","uploads":{"ab":{"url":"https://x/a.png","at":"{{{{At}}}}"}}}"""
        },
        {
            new ManifestSnapshot([], [new JobRevision(2, 5)]), "manifest-snapshot:1", """{"results":[],"withdrawn":[{"job":2,"revision":5}]}"""
        },
        { new ManifestEvents.ResultWithdrawn(1, 5), "result-withdrawn:1", """{"job":1,"revision":5}""" },
        {
            new LatencyEvents.TimesSeen("m", "duration 5", TimeSpan.FromSeconds(60), [new SeenTime(Some.Time, 40.5, 44)]), "times-seen:1",
            $$"""{"model":"m","settings":"duration 5","typical":"00:01:00","times":[{"at":"{{At}}","from":40.5,"to":44}]}"""
        },
        {
            new LatencySnapshot([new KeptTimes("m", "", Some.Time, TimeSpan.FromSeconds(60), new Dictionary<int, double> { [90] = 1.5 }, 0, new Dictionary<int, double>(), 0.25, new Dictionary<int, double> { [90] = 1 })]), "latency-snapshot:1",
            $$$"""{"times":[{"model":"m","settings":"","last":"{{{At}}}","typical":"00:01:00","seen":{"90":1.5},"longer":0,"longerSince":{},"shorter":0.25,"shorterSince":{"90":1}}]}"""
        },
    };

    private AtlasEventSerializer Serializer => new((ExtendedActorSystem)Sys);

    private string TextOf(object happened)
    {
        var bytes = Serializer.ToBinary(happened);
        if (happened is not IPackedInJournal) return Encoding.UTF8.GetString(bytes);
        using var unpacked = new StreamReader(new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress));
        return unpacked.ReadToEnd();
    }

    [Theory]
    [MemberData(nameof(Golden))]
    public void An_event_is_written_as_ever_and_read_back(object happened, string manifest, string json)
    {
        ArgumentNullException.ThrowIfNull(happened);
        Assert.Equal(manifest, Serializer.Manifest(happened));
        Assert.Equal(json, TextOf(happened));

        var read = Serializer.FromBinary(Serializer.ToBinary(happened), manifest);

        Assert.Equal(json, JsonSerializer.Serialize(read, read.GetType(), AtlasEventSerializer.Json));
        Assert.IsType(happened.GetType(), read);
    }

    [Fact]
    public void All_that_a_job_can_be_is_in_a_snapshot_under_a_name_that_stays()
    {
        var job = new KeptJob(JobStage.InDoubt, 9, Some.Time)
        {
            Submissions = 3, BegunAt = Some.Time, NeverSent = 1, Failures = 1, Refusals = 2, NotBefore = Some.Time,
            Prediction = new Prediction("p1", "https://x/p1"), AcceptedAt = Some.Time, WaitsSince = Some.Time, GeneratedAt = Some.Time,
            Urls = ["https://x/a.png"], IsFlagged = true, Files = [File], Failure = Failure, CancelAsked = true,
            Money = [new SubmissionMoney(1, new Usd(0.04m), MoneyStatus.InDoubt)],
            Unpriced = [new UnpricedCharge(1, 1, "p1", null, Some.Time)],
            Tokens = [new SubmissionToken(1, WebhookToken.New(count => new byte[count]))], Announced = "p2",
        };
        var json = $$$"""{"stage":"InDoubt","revision":9,"since":"{{{At}}}","submissions":3,"begunAt":"{{{At}}}","neverSent":1,"failures":1,"refusals":2,"notBefore":"{{{At}}}","prediction":{"id":"p1","pollUrl":"https://x/p1"},"acceptedAt":"{{{At}}}","waitsSince":"{{{At}}}","generatedAt":"{{{At}}}","urls":["https://x/a.png"],"isFlagged":true,"files":[{"path":"images/a.png","bytes":3,"sha256":"ab"}],"failure":{"message":"no","httpStatus":500,"code":"1039","requestId":"r1"},"cancelAsked":true,"money":[{"submission":1,"amount":0.04,"status":"InDoubt"}],"unpriced":[{"job":1,"submission":1,"predictionId":"p1","foundAt":"{{{At}}}"}],"tokens":[{"submission":1,"token":"AAAAAAAAAAAAAAAAAAAAAA"}],"announced":"p2"}""";

        Assert.Equal(json, JsonSerializer.Serialize(job, AtlasEventSerializer.Json));
        Assert.Equal(json, JsonSerializer.Serialize(KeptJob.Of(job.ToState()), AtlasEventSerializer.Json));
        // What a job gets later must come into its snapshot, too.
        Assert.Equal(
            typeof(JobState).GetProperties().Where(property => property.CanWrite).Select(property => property.Name).Order(),
            typeof(KeptJob).GetProperties().Where(property => property.CanWrite).Select(property => property.Name).Order());
    }

    [Theory]
    [InlineData("batch-snapshot:2")]
    [InlineData("manifest-snapshot:2")]
    public void A_snapshot_of_a_version_to_come_is_no_guess(string manifest)
    {
        var fault = Assert.Throws<NotSupportedException>(() => Serializer.FromBinary([0x1F, 0x8B, 8], manifest));
        Assert.Equal($"This version of AtlasActors does not know the event {manifest}; a newer one wrote it.", fault.Message);
    }

    [Fact]
    public void Every_event_has_a_line_here() => Assert.Equal(
        AtlasEventSerializer.BoundTypes.Select(type => type.Name).Order(),
        Golden.Select(line => line[0].GetType().Name).Distinct().Order());

    [Fact]
    public void Labels_and_priority_are_written_only_where_the_file_has_some()
    {
        var created = new BatchEvents.BatchCreated(
            Batch, Some.Time, "a.yaml", "f0", "https://x", 3, null, [], new Dictionary<string, string> { ["team"] = "films" }, BatchPriority.High);
        var json = $$$"""{"batch":"b1","at":"{{{At}}}","source":"a.yaml","fingerprint":"f0","endpoint":"https://x","maxWorkers":3,"skipped":[],"labels":{"team":"films"},"priority":"High"}""";
        Assert.Equal(json, Encoding.UTF8.GetString(Serializer.ToBinary(created)));
        var read = Assert.IsType<BatchEvents.BatchCreated>(Serializer.FromBinary(Encoding.UTF8.GetBytes(json), "batch-created:1"));
        Assert.Equal((created.Labels!["team"], created.Priority), (read.Labels!["team"], read.Priority));
    }

    [Fact]
    public void A_webhook_is_written_only_where_the_file_has_one()
    {
        var created = new BatchEvents.BatchCreated(
            Batch, Some.Time, "a.yaml", "f0", "https://x", 3, null, [], Webhook: new BatchWebhook("https://example.org/", Jobs: false));
        var json = $$$"""{"batch":"b1","at":"{{{At}}}","source":"a.yaml","fingerprint":"f0","endpoint":"https://x","maxWorkers":3,"skipped":[],"webhook":{"url":"https://example.org/","jobs":false,"batches":true}}""";
        Assert.Equal(json, Encoding.UTF8.GetString(Serializer.ToBinary(created)));
        var read = Assert.IsType<BatchEvents.BatchCreated>(Serializer.FromBinary(Encoding.UTF8.GetBytes(json), "batch-created:1"));
        Assert.Equal(created.Webhook, read.Webhook);
    }

    [Fact]
    public void A_flag_is_written_only_where_Atlas_raised_one()
    {
        var flagged = new JobEvents.GenerationFinished(1, Some.Time, [], new Usd(0.03m), false, Flagged: true);
        var json = $$"""{"job":1,"at":"{{At}}","urls":[],"charge":0.03,"chargeReported":false,"flagged":true}""";
        Assert.Equal(json, Encoding.UTF8.GetString(Serializer.ToBinary(flagged)));
        var read = Serializer.FromBinary(Encoding.UTF8.GetBytes(json), "generation-finished:1");
        Assert.True(Assert.IsType<JobEvents.GenerationFinished>(read).Flagged);
    }

    [Fact]
    public void How_to_poll_is_written_where_the_file_says_it_and_read_from_journals_of_before()
    {
        const string old = """{"initial":"00:00:05","multiplier":1.5,"max":"00:00:30"}""";
        Assert.Equal(PollPolicy.Default, JsonSerializer.Deserialize<PollPolicy>(old, AtlasEventSerializer.Json));
        Assert.Equal(old, JsonSerializer.Serialize(PollPolicy.Default, AtlasEventSerializer.Json));

        var asked = PollPolicy.Default with { Strategy = PollStrategy.Learned, Price = TimeSpan.FromSeconds(0.5) };
        const string json = """{"initial":"00:00:05","multiplier":1.5,"max":"00:00:30","strategy":"Learned","price":"00:00:00.5000000"}""";
        Assert.Equal(json, JsonSerializer.Serialize(asked, AtlasEventSerializer.Json));
        Assert.Equal(asked, JsonSerializer.Deserialize<PollPolicy>(json, AtlasEventSerializer.Json));
    }

    [Fact]
    public void Inputs_are_written_only_where_a_job_has_some()
    {
        var planned = new BatchEvents.JobsPlanned([new PlannedJob(
            Some.Image() with { Inputs = [new JobInput("image") { File = "/a.png" }, new JobInput("images", 1) { Job = 2 }] }, "images/a")]);
        var json = TextOf(planned);
        Assert.Contains("""
            "inputs":[{"field":"image","file":"/a.png"},{"field":"images","index":1,"job":2}]
            """, json, StringComparison.Ordinal);
        var read = Assert.IsType<BatchEvents.JobsPlanned>(Serializer.FromBinary(Encoding.UTF8.GetBytes(json), "jobs-planned:1"));
        Assert.Equal(planned.Jobs[0].Definition.Inputs, read.Jobs[0].Definition.Inputs);
    }

    [Fact]
    public void Money_of_before_is_read_as_money_of_which_less_is_known()
    {
        const string old = """{"submission":1,"amount":0.04,"status":"Charged"}""";
        var read = JsonSerializer.Deserialize<SubmissionMoney>(old, AtlasEventSerializer.Json)!;
        Assert.Equal((null, null, null, null), (read.Estimate, read.Basis, read.Reported, read.At));
        Assert.True(read.IsUnconfirmed);

        var whole = new SubmissionMoney(
            1, new Usd(0.03m), MoneyStatus.Charged, new Usd(0.04m), PriceBasis.Quote, Reported: true, At: Some.Time);
        var json = $$"""{"submission":1,"amount":0.03,"status":"Charged","estimate":0.04,"basis":"Quote","reported":true,"at":"{{At}}"}""";
        Assert.Equal(json, JsonSerializer.Serialize(whole, AtlasEventSerializer.Json));
        Assert.Equal(whole, JsonSerializer.Deserialize<SubmissionMoney>(json, AtlasEventSerializer.Json));
    }

    [Fact]
    public void A_token_is_written_where_there_is_one_and_shown_nowhere()
    {
        var started = new JobEvents.SubmissionStarted(1, 2, Some.Time, new Usd(0.04m), Token: WebhookToken.New(count => new byte[count]));
        var json = $$"""{"job":1,"submission":2,"at":"{{At}}","reserved":0.04,"token":"AAAAAAAAAAAAAAAAAAAAAA"}""";
        Assert.Equal(json, Encoding.UTF8.GetString(Serializer.ToBinary(started)));
        var read = Serializer.FromBinary(Encoding.UTF8.GetBytes(json), "submission-started:1");
        Assert.Equal(started, read);
        Assert.DoesNotContain("AAAA", read.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_of_a_newer_version_is_an_error_and_no_guess() =>
        Assert.Throws<NotSupportedException>(() => Serializer.FromBinary("{}"u8.ToArray(), "job-painted:1"));
}
