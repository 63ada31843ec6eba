using System.Text.Json;
using Akka.Actor;
using AtlasActors.Atlas;
using AtlasActors.Atlas.Webhooks;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Batches;

/// <summary>Atlas calls back, in virtual time.</summary>
public class BatchWebhookSpecs : CrashSpecs
{
    private static readonly SubmitAnswer Lost = new SubmitAnswer.Unknown(new AtlasFailure("The connection broke."));
    private static readonly JobPolicy Resubmits = JobPolicy.For(MediaKind.Image) with { OnUnknownSubmit = UnknownSubmit.Resubmit };

    private int _tokens;

    public BatchWebhookSpecs() => Callbacks = new WebhookAddresses(
        new Uri("https://media.example.org"), count => [.. Enumerable.Repeat((byte)Interlocked.Increment(ref _tokens), count)]);

    [Fact]
    public void Each_submission_names_an_address_of_its_own_unless_the_job_does()
    {
        var own = Some.Image(3) with { Body = """{"model":"m","webhook_url":"https://mine.example"}""" };
        var atlas = StartAtlas();
        var batch = Begin(atlas, Some.Batch(Some.Image(1), Some.Image(2), own));
        RunToRest(atlas, batch.Id);

        var addresses = Atlas.Submitted.Select(AddressIn).ToList();
        Assert.Contains(own.Body, Atlas.Submitted);
        Assert.Equal(3, addresses.Distinct().Count());
        Assert.Equal(
            [$"https://media.example.org/hooks/atlas/{batch.Id}/1/1/", $"https://media.example.org/hooks/atlas/{batch.Id}/2/1/"],
            addresses.Where(address => !address.Contains("mine", StringComparison.Ordinal)).Select(address => address[..^WebhookToken.Length]).Order());
    }

    [Fact]
    public void Where_Atlas_calls_polls_are_rare_until_it_does()
    {
        Atlas.OnPoll = (_, _) => Task.FromResult<PollAnswer>(new PollAnswer.Running("processing"));
        var atlas = StartAtlas();
        var batch = Begin(atlas, Some.Images(1));
        RunUntil(atlas, batch.Id, view => view.Count(JobStage.Generating) == 1);
        Clock.Advance(TimeSpan.FromSeconds(50));
        Look(atlas, batch.Id);
        Assert.Empty(Atlas.Polls);
        AwaitPolls(1);

        Assert.IsType<WebhookReply.Taken>(Call(atlas, 0));
        AwaitAssert(() => Assert.True(Atlas.Polls["p1"] >= 2), TimeSpan.FromSeconds(30));
        var before = Atlas.Polls["p1"];
        // As often as without a webhook from now on: its answer may lag behind its call.
        Clock.Advance(TimeSpan.FromSeconds(8));
        AwaitAssert(() => Assert.True(Atlas.Polls["p1"] > before), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_job_in_doubt_is_found_collected_and_paid_once()
    {
        Atlas.OnSubmit = (_, _) => Task.FromResult(Lost);
        var atlas = StartAtlas();
        var batch = Begin(atlas, Some.Images(1));
        var doubtful = RunToRest(atlas, batch.Id);
        Assert.Equal((BatchPhase.Finished, 1), (doubtful.Phase, doubtful.Count(JobStage.InDoubt)));

        Assert.IsType<WebhookReply.Taken>(Call(atlas, 0));
        var found = RunUntil(atlas, batch.Id, view => view.Phase == BatchPhase.Finished && view.Count(JobStage.Succeeded) == 1);

        Assert.Equal((new Usd(0.04m), Usd.Zero, Usd.Zero), (found.Money.Charged, found.Money.Reserved, found.Money.InDoubt));
        Assert.Equal("found-1", Assert.Single(LookAtJobs(atlas, batch.Id)).PredictionId);
        Assert.Single(Atlas.Submitted);
        AssertMoneyAgrees(atlas, found);
        var events = EventsOf($"batch-{batch.Id}").All.Count;
        foreach (var ending in Enum.GetValues<WebhookEnding>())
            Assert.IsType<WebhookReply.Taken>(Call(atlas, 0, ending));
        Assert.Equal(events, EventsOf($"batch-{batch.Id}").All.Count);
        Assert.Equal(found.Money, Look(atlas, batch.Id).Money);
    }

    [Fact]
    public void Named_while_the_answer_is_awaited_it_is_not_in_doubt_when_the_answer_is_lost()
    {
        var answer = new TaskCompletionSource<SubmitAnswer>();
        Atlas.OnSubmit = (_, _) => answer.Task;
        var atlas = StartAtlas();
        var batch = Begin(atlas, Some.Images(1));
        AwaitCondition(() => !Atlas.Submitted.IsEmpty, TimeSpan.FromSeconds(30));
        Assert.IsType<WebhookReply.Taken>(Call(atlas, 0));
        Assert.IsType<WebhookReply.Taken>(Call(atlas, 0));
        Assert.Equal(1, Look(atlas, batch.Id).Count(JobStage.Submitting));

        answer.SetResult(Lost);
        var end = RunToRest(atlas, batch.Id);

        Assert.Equal((1, new Usd(0.04m), Usd.Zero), (end.Count(JobStage.Succeeded), end.Money.Charged, end.Money.InDoubt));
        Assert.Single(EventsOf($"batch-{batch.Id}").All.OfType<JobEvents.SubmissionFound>());
        AssertMoneyAgrees(atlas, end);
    }

    [Fact]
    public void Named_before_a_crash_it_is_not_in_doubt_after_it()
    {
        Atlas.OnSubmit = (_, _) => new TaskCompletionSource<SubmitAnswer>().Task;
        var first = StartAtlas("first");
        var batch = Begin(first, Some.Images(1));
        AwaitCondition(() => !Atlas.Submitted.IsEmpty, TimeSpan.FromSeconds(30));
        Assert.IsType<WebhookReply.Taken>(Call(first, 0));
        Crash(first);

        var end = RunToRest(StartAtlas("second", continueUnfinished: true), batch.Id);

        Assert.Equal((1, new Usd(0.04m), Usd.Zero), (end.Count(JobStage.Succeeded), end.Money.Charged, end.Money.InDoubt));
        Assert.Single(Atlas.Submitted);
    }

    [Fact]
    public void Called_after_a_crash_at_the_answer_it_is_found()
    {
        Atlas.OnSubmit = (_, _) => new TaskCompletionSource<SubmitAnswer>().Task;
        var first = StartAtlas("first");
        var batch = Begin(first, Some.Images(1));
        AwaitCondition(() => !Atlas.Submitted.IsEmpty, TimeSpan.FromSeconds(30));
        Crash(first);
        var second = StartAtlas("second", continueUnfinished: true);
        Assert.IsType<WebhookReply.Taken>(Call(second, 0));
        Call(second, 0);

        var end = RunUntil(second, batch.Id, view => view.Phase == BatchPhase.Finished && view.Count(JobStage.Succeeded) == 1);

        Assert.Equal((new Usd(0.04m), Usd.Zero), (end.Money.Charged, end.Money.InDoubt));
        Assert.Single(Atlas.Submitted);
        AssertMoneyAgrees(second, end);
    }

    [Theory]
    [InlineData(WebhookEnding.Completed, "0.08", "0.00")]
    [InlineData(WebhookEnding.Failed, "0.04", "0.00")]
    [InlineData(WebhookEnding.Unclear, "0.04", "0.04")]
    public void An_older_submission_is_paid_or_not_as_the_call_says(WebhookEnding ending, string charged, string inDoubt)
    {
        Atlas.OnSubmit = (_, before) => Task.FromResult(before == 0 ? Lost : Atlas.Take());
        var atlas = StartAtlas();
        var batch = Begin(atlas, Some.Batch(Some.Image(1, policy: Resubmits)));
        RunToRest(atlas, batch.Id);
        for (var i = 0; i < 3; i++)
            Assert.IsType<WebhookReply.Taken>(Call(atlas, 0, ending));

        var end = RunUntil(atlas, batch.Id, view => view.Phase == BatchPhase.Finished && view.Money.Charged == Dollars(charged));

        Assert.Equal((1, Dollars(inDoubt)), (end.Count(JobStage.Succeeded), end.Money.InDoubt));
        Assert.Equal(2, Atlas.Submitted.Count);
        AwaitAssert(() => AssertMoneyAgrees(atlas, Look(atlas, batch.Id)), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_job_that_waits_to_be_submitted_again_is_found_and_its_next_attempt_waits_its_turn()
    {
        var (first, held) = (new TaskCompletionSource<SubmitAnswer>(), new TaskCompletionSource<SubmitAnswer>());
        Atlas.OnSubmit = (body, before) => body.Contains("picture 2", StringComparison.Ordinal) ? held.Task
            : before == 0 ? first.Task : Task.FromResult<SubmitAnswer>(Atlas.Take());
        Atlas.OnPoll = (id, _) => Task.FromResult(id.StartsWith("found", StringComparison.Ordinal)
            ? new PollAnswer.Failed(new AtlasFailure("It failed."), false) : ScriptedAtlas.Done(id));
        var atlas = StartAtlas();
        var batch = Begin(atlas, Some.Batch(Some.Image(1, policy: Resubmits), Some.Image(2)) with { MaxWorkers = 1 });
        AwaitCondition(() => !Atlas.Submitted.IsEmpty, TimeSpan.FromSeconds(30));
        // Lost later than the other began to wait: so that one's turn comes first.
        Clock.Advance(TimeSpan.FromSeconds(1));
        first.SetResult(Lost);
        AwaitCondition(() => Atlas.Submitted.Count == 2, TimeSpan.FromSeconds(30));
        Assert.IsType<WebhookReply.Taken>(Call(atlas, 0));
        RunUntil(atlas, batch.Id, view => view.Count(JobStage.Queued) == 1 && Atlas.Polls.ContainsKey("found-1"));

        held.SetResult(Atlas.Take());
        var end = RunToRest(atlas, batch.Id);

        Assert.Equal((2, new Usd(0.08m), Usd.Zero), (end.Count(JobStage.Succeeded), end.Money.Charged, end.Money.InDoubt));
        Assert.Equal(3, Atlas.Submitted.Count);
    }

    [Fact]
    public void With_any_part_of_the_address_wrong_it_is_nobody_s_and_nothing_changes()
    {
        Atlas.OnSubmit = (_, _) => Task.FromResult(Lost);
        var atlas = StartAtlas();
        var batch = Begin(atlas, Some.Images(2));
        RunToRest(atlas, batch.Id);
        var events = EventsOf($"batch-{batch.Id}").All.Count;
        var right = WebhookTo(Atlas.Submitted.First());

        foreach (var wrong in new[]
                 {
                     right with { Token = WebhookTo(Atlas.Submitted.Last()).Token }, right with { Token = "" },
                     right with { Token = right.Token + "A" }, right with { Job = 0 }, right with { Job = 3 },
                     right with { Job = 3 - right.Job }, right with { Submission = 0 }, right with { Submission = 2 },
                     right with { Batch = BatchId.Parse("nobody-s") },
                 })
            Assert.IsType<WebhookReply.Unknown>(Tell(atlas, wrong));
        Assert.Equal(events, EventsOf($"batch-{batch.Id}").All.Count);
        Assert.Equal(2, Look(atlas, batch.Id).Count(JobStage.InDoubt));
    }

    [Fact]
    public void A_finished_batch_goes_on_for_an_overdue_job_that_Atlas_calls_for()
    {
        var isDone = false;
        Atlas.OnPoll = (id, _) => Task.FromResult(Volatile.Read(ref isDone) ? ScriptedAtlas.Done(id) : new PollAnswer.Running("processing"));
        var atlas = StartAtlas();
        var batch = Begin(atlas, Some.Images(1));
        Assert.Equal(1, RunToRest(atlas, batch.Id).Count(JobStage.Overdue));
        Volatile.Write(ref isDone, true);
        Assert.IsType<WebhookReply.Taken>(Call(atlas, 0));
        var end = RunUntil(atlas, batch.Id, view => view.Phase == BatchPhase.Finished && view.Count(JobStage.Succeeded) == 1);
        Assert.Equal(new Usd(0.04m), end.Money.Charged);
    }

    [Fact]
    public void A_batch_that_a_person_stopped_is_not_taken_up_by_a_call()
    {
        var answer = new TaskCompletionSource<SubmitAnswer>();
        Atlas.OnSubmit = (_, _) => answer.Task;
        var atlas = StartAtlas();
        var batch = Begin(atlas, Some.Images(3, workers: 1));
        AwaitCondition(() => !Atlas.Submitted.IsEmpty, TimeSpan.FromSeconds(30));
        atlas.Tell(new BatchCommands.StopBatch(batch.Id), TestActor);
        AwaitCondition(() => Look(atlas, batch.Id).Phase == BatchPhase.Stopping, TimeSpan.FromSeconds(30));
        answer.SetResult(Lost);
        Assert.Equal(BatchPhase.Idle, ExpectMsg<BatchView>().Phase);

        Assert.IsType<WebhookReply.Taken>(Call(atlas, 0));
        var after = Look(atlas, batch.Id);
        Assert.Equal((BatchPhase.Idle, 1), (after.Phase, after.Count(JobStage.Generating)));
        Assert.Single(Atlas.Submitted);

        Atlas.OnSubmit = null;
        Ask(atlas, new BatchCommands.ContinueBatch(batch.Id));
        RunUntil(atlas, batch.Id, view => view.Phase == BatchPhase.Finished);
        Assert.Equal(3, Atlas.Submitted.Count);
    }

    [Fact]
    public async Task A_call_in_the_moment_of_the_doubt_finds_the_job_though_its_actor_is_just_ending()
    {
        var (reached, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        Journal.Tell(new FailingJournal.HoldWrite("SubmissionLost", reached, release.Task));
        Atlas.OnSubmit = (body, _) => Task.FromResult(body.Contains("picture 1", StringComparison.Ordinal) ? Lost : Atlas.Take());
        // The other job keeps the batch at work.
        Atlas.OnPoll = (id, _) => Task.FromResult(id == "found" ? ScriptedAtlas.Done(id) : new PollAnswer.Running("processing"));
        var atlas = StartAtlas();
        var batch = Begin(atlas, Some.Images(2)).Id;
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(30));

        var probe = CreateTestProbe();
        var lost = Atlas.Submitted.First(body => body.Contains("picture 1", StringComparison.Ordinal));
        atlas.Tell(WebhookTo(lost) with { Event = new WebhookEvent("found", WebhookEnding.Completed, null) }, probe.Ref);
        Look(atlas, batch);
        release.SetResult();

        probe.ExpectMsg<WebhookReply.Taken>();
        var view = RunUntil(atlas, batch, view => view.Count(JobStage.Succeeded) + view.Count(JobStage.Overdue) > 0);
        Assert.Equal((1, 0), (view.Count(JobStage.Succeeded), view.Count(JobStage.Overdue)));
        Atlas.OnPoll = null;
        RunToRest(atlas, batch);
    }

    private WebhookReply Call(IActorRef atlas, int submitted, WebhookEnding ending = WebhookEnding.Completed) => Tell(
        atlas, WebhookTo(Atlas.Submitted.ElementAt(submitted)) with { Event = new WebhookEvent($"found-{submitted + 1}", ending, null) });

    private WebhookReply Tell(IActorRef atlas, AtlasWebhook webhook) =>
        Assert.IsAssignableFrom<WebhookReply>(AskWhileTimePasses(atlas, webhook));

    private void AwaitPolls(int count) => AwaitCondition(() =>
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        return Atlas.Polls.GetValueOrDefault("p1") >= count;
    }, TimeSpan.FromSeconds(60), TimeSpan.FromMilliseconds(1));

    private static AtlasWebhook WebhookTo(string body)
    {
        var parts = AddressIn(body).Split('/')[^4..];
        return new AtlasWebhook(
            BatchId.Parse(parts[0]), int.Parse(parts[1], null), int.Parse(parts[2], null), parts[3],
            new WebhookEvent("p1", WebhookEnding.Completed, null));
    }

    private static string AddressIn(string body) => JsonDocument.Parse(body).RootElement.GetProperty("webhook_url").GetString()!;

    private static Usd Dollars(string amount) => new(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture));
}
