using System.Text.Json;
using Akka.Actor;
using AtlasActors.Atlas;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Gate;
using AtlasActors.Hosting;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Batches;

public class BatchCancelSpecs : CrashSpecs
{
    private static readonly AtlasFailure Trouble = new("It did not work.");

    private Func<string, PollAnswer> _poll = _ => new PollAnswer.Running("processing");

    public BatchCancelSpecs() => Atlas.OnPoll = (id, _) => Task.FromResult(Volatile.Read(ref _poll)(id));

    [Fact]
    public void A_cancelled_batch_brings_what_Atlas_has_and_pays_for_no_more()
    {
        var atlas = StartAtlas();
        var id = BeginWithTwoGenerating(atlas);

        var told = Ask(atlas, new BatchCommands.CancelJobs(id));
        Assert.Equal((BatchPhase.Running, 2, 3), (told.Phase, told.Count(JobStage.Generating), told.Count(JobStage.Cancelled)));
        _poll = ScriptedAtlas.Done;
        var end = RunToRest(atlas, id);

        Assert.Equal((BatchPhase.Finished, 2, 3, 5), (end.Phase, end.Count(JobStage.Succeeded), end.Count(JobStage.Cancelled), end.Ended));
        Assert.Equal((2, new Usd(0.08m)), (Atlas.Submitted.Count, end.Money.Charged));
        AssertMoneyAgrees(atlas, end);
        Assert.Equal(["success", "success", "cancelled", "cancelled", "cancelled"], Statuses());
        Assert.All(LookAtJobs(atlas, id).Skip(2), job => Assert.Equal("Cancelled before anything was sent.", job.Error));
    }

    [Fact]
    public void A_job_that_is_cancelled_at_the_gate_is_never_submitted_and_the_others_go_on()
    {
        var atlas = StartAtlas(settings: OneAtATime);
        var id = Begin(atlas, Some.Images(3)).Id;
        RunUntil(atlas, id, view => view.Count(JobStage.Generating) == 1);

        Ask(atlas, new BatchCommands.CancelJobs(id, [2]));
        _poll = ScriptedAtlas.Done;
        var end = RunToRest(atlas, id);

        Assert.Equal(["success", "cancelled", "success"], Statuses());
        Assert.Equal(BatchPhase.Finished, end.Phase);
        Assert.DoesNotContain(Atlas.Submitted, body => body.Contains("picture 2", StringComparison.Ordinal));
        AssertMoneyAgrees(atlas, end);
    }

    [Fact]
    public void A_job_that_the_gate_lets_through_while_its_cancelling_is_written_is_not_submitted()
    {
        var atlas = StartAtlas(settings: OneAtATime);
        var (gate, holder) = (Sys.ActorSelection("/user/atlas/gate"), CreateTestProbe());
        AskWhileTimePasses(atlas, new SupervisorMessages.GetBatchIds());
        var other = new Leave(BatchId.Parse("other"), 1, "a model");
        gate.Tell(new GateCommands.RequestLeave(other, BatchPriority.High), holder.Ref);
        holder.ExpectMsg<LeaveGranted>();
        var id = Begin(atlas, Some.Images(1)).Id;
        RunUntil(atlas, id, _ => LookAtJobs(atlas, id)[0].Why?.Contains("gate", StringComparison.Ordinal) == true);
        var (reached, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        Journal.Tell(new FailingJournal.HoldWrite("CancellationAsked", reached, release.Task));
        var canceller = CreateTestProbe();
        atlas.Tell(new BatchCommands.CancelJobs(id, [1]), canceller.Ref);
        AwaitCondition(() => reached.Task.IsCompleted, TimeSpan.FromSeconds(30));

        gate.Tell(new GateCommands.ReturnLeave(other));
        AwaitProcessed("/user/atlas/gate");
        AwaitProcessed($"/user/atlas/batch-{id}/job-1");
        release.SetResult();

        Assert.Equal(1, canceller.ExpectMsg<BatchView>().Count(JobStage.Cancelled));
        Assert.Equal(BatchPhase.Finished, RunToRest(atlas, id).Phase);
        Assert.Empty(Atlas.Submitted);
        Assert.DoesNotContain(EventsOf($"batch-{id}").All, happened => happened is JobEvents.SubmissionStarted);
    }

    [Fact]
    public void A_job_that_the_ledger_has_money_for_while_its_cancelling_is_written_is_not_submitted()
    {
        var atlas = StartAtlas(settings: Some.Settings with { Budgets = [new Budget("all", null, BudgetPeriod.Total, new Usd(10))] });
        var (reached, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        Journal.Tell(new FailingJournal.HoldWrite("MoneyReserved", reached, release.Task));
        var id = Begin(atlas, Some.Images(2)).Id;
        AwaitCondition(() => reached.Task.IsCompleted, TimeSpan.FromSeconds(30));

        // The ledger's word comes while the cancelling is being written, and before the job's actor has ended.
        var (coordinator, canceller) = (Sys.ActorSelection($"/user/atlas/batch-{id}"), CreateTestProbe());
        coordinator.Tell(new BatchCommands.CancelJobs(id, [1]), canceller.Ref);
        coordinator.Tell(new ReservationGranted(1, 1));
        AwaitProcessed($"/user/atlas/batch-{id}");
        Journal.Tell(new FailingJournal.Mend());
        release.SetResult();
        _poll = ScriptedAtlas.Done;

        Assert.Equal(1, canceller.ExpectMsg<BatchView>().Count(JobStage.Cancelled));
        RunToRest(atlas, id);
        Assert.Equal(["cancelled", "success"], Statuses());
        Assert.Single(Atlas.Submitted);
        Assert.DoesNotContain(EventsOf($"batch-{id}").All, happened => happened is JobEvents.SubmissionStarted { Job: 1 });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_cancelled_job_whose_attempt_fails_comes_to_no_further_one(bool isRefused)
    {
        var answer = new TaskCompletionSource<SubmitAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        Atlas.OnSubmit = (_, _) => isRefused ? answer.Task : Task.FromResult<SubmitAnswer>(Atlas.Take());
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(1)).Id;
        RunUntil(atlas, id, view => view.Count(isRefused ? JobStage.Submitting : JobStage.Generating) == 1);

        Ask(atlas, new BatchCommands.CancelJobs(id));
        _poll = _ => new PollAnswer.Failed(Trouble, false);
        answer.SetResult(new SubmitAnswer.RateLimited(Trouble, null));
        var end = RunToRest(atlas, id);

        Assert.Equal((BatchPhase.Finished, 1, Usd.Zero), (end.Phase, end.Count(JobStage.Cancelled), end.Money.Charged + end.Money.Reserved));
        Assert.Single(Atlas.Submitted);
        Assert.Equal("Cancelled before another attempt. The last: It did not work.", LookAtJobs(atlas, id)[0].Error);
    }

    [Fact]
    public void What_waits_for_a_cancelled_job_is_cancelled_with_it()
    {
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Batch(Some.Image(1), Some.Image(2), Needing(3, 2), Needing(4, 3), Needing(5, 1)) with { MaxWorkers = 1 }).Id;
        RunUntil(atlas, id, view => view.Count(JobStage.Generating) == 1);

        Ask(atlas, new BatchCommands.CancelJobs(id, [2]));
        _poll = ScriptedAtlas.Done;
        RunToRest(atlas, id);

        Assert.Equal(["success", "cancelled", "cancelled", "cancelled", "success"], Statuses());
        Assert.Equal("Nothing was sent: it needs what 'image 2' makes, which was cancelled.", LookAtJobs(atlas, id)[2].Error);
    }

    [Fact]
    public void What_waits_for_a_job_that_is_cancelled_after_its_attempt_is_cancelled_then()
    {
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Batch(Some.Image(1), Needing(2, 1), Needing(3, 2))).Id;
        RunUntil(atlas, id, view => view.Count(JobStage.Generating) == 1);

        Assert.Equal(2, Ask(atlas, new BatchCommands.CancelJobs(id, [1])).Count(JobStage.Waiting));
        _poll = _ => new PollAnswer.Failed(Trouble, false);
        RunToRest(atlas, id);

        Assert.Equal(["cancelled", "cancelled", "cancelled"], Statuses());
        Assert.Equal("Nothing was sent: it needs what 'image 1' makes, which was cancelled.", LookAtJobs(atlas, id)[1].Error);
    }

    [Fact]
    public void A_batch_that_is_cancelled_at_rest_is_finished_and_its_manifest_says_so()
    {
        var atlas = StartAtlas();
        var id = BeginWithTwoGenerating(atlas);
        Ask(atlas, new BatchCommands.PauseBatch(id));
        _poll = ScriptedAtlas.Done;
        RunToRest(atlas, id);

        Assert.Equal(3, Ask(atlas, new BatchCommands.CancelJobs(id)).Count(JobStage.Cancelled));
        var end = RunUntil(atlas, id, view => view.Phase == BatchPhase.Finished);

        Assert.Equal(((HaltReason?)null, 2), (end.Halt, Atlas.Submitted.Count));
        AssertMoneyAgrees(atlas, end);
        Assert.Equal(["success", "success", "cancelled", "cancelled", "cancelled"], Statuses());
        Assert.IsType<BatchEvents.BatchSettled>(EventsOf($"batch-{id}").All[^1]);
    }

    [Fact]
    public void Who_resumes_while_a_cancelling_at_rest_is_being_written_down_is_heard_after_it()
    {
        var atlas = StartAtlas();
        var id = BeginWithTwoGenerating(atlas);
        Ask(atlas, new BatchCommands.StopBatch(id));
        var (reached, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        Journal.Tell(new FailingJournal.HoldWrite("ResultListed", reached, release.Task));
        Assert.Equal(BatchPhase.Stopping, Ask(atlas, new BatchCommands.CancelJobs(id, [5])).Phase);

        var resumer = CreateTestProbe();
        atlas.Tell(new BatchCommands.ContinueBatch(id), resumer.Ref);
        Look(atlas, id);
        Journal.Tell(new FailingJournal.Mend());
        release.SetResult();
        _poll = ScriptedAtlas.Done;

        resumer.ExpectMsg<BatchView>();
        var end = RunToRest(atlas, id);
        Assert.Equal((4, 1), (end.Count(JobStage.Succeeded), end.Count(JobStage.Cancelled)));
    }

    [Fact]
    public void One_that_is_cancelled_in_part_at_rest_stays_as_it_was()
    {
        var atlas = StartAtlas();
        var id = BeginWithTwoGenerating(atlas);
        Ask(atlas, new BatchCommands.StopBatch(id));

        Ask(atlas, new BatchCommands.CancelJobs(id, [1, 5]));
        var rest = RunToRest(atlas, id);
        Assert.Equal((BatchPhase.Idle, 2, 2, 1),
            (rest.Phase, rest.Count(JobStage.Generating), rest.Count(JobStage.Queued), rest.Count(JobStage.Cancelled)));

        _poll = ScriptedAtlas.Done;
        Ask(atlas, new BatchCommands.ContinueBatch(id));
        Assert.Equal((4, 1), (RunToRest(atlas, id).Count(JobStage.Succeeded), Look(atlas, id).Count(JobStage.Cancelled)));
    }

    [Fact]
    public void Only_a_retry_that_names_a_cancelled_job_runs_it()
    {
        _poll = ScriptedAtlas.Done;
        var atlas = StartAtlas(settings: OneAtATime);
        var id = Begin(atlas, Some.Images(3, workers: 1)).Id;
        Ask(atlas, new BatchCommands.CancelJobs(id, [2, 3]));
        Assert.Equal(2, RunToRest(atlas, id).Count(JobStage.Cancelled));

        Ask(atlas, new BatchCommands.RetryBatch(id));
        Assert.Equal(2, RunToRest(atlas, id).Count(JobStage.Cancelled));
        Ask(atlas, new BatchCommands.RetryBatch(id, Jobs: [1, 3]));
        var end = RunToRest(atlas, id);

        Assert.Equal((2, 1, 2), (end.Count(JobStage.Succeeded), end.Count(JobStage.Cancelled), Atlas.Submitted.Count));
        Assert.Equal(["success", "cancelled", "success"], Statuses());
    }

    [Fact]
    public void A_job_that_there_is_not_is_refused_with_a_sentence()
    {
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(2)).Id;

        IBatchCommand[] wishes =
        [
            new BatchCommands.CancelJobs(id, [1, 3]), new BatchCommands.RetryBatch(id, Jobs: [0]),
            new BatchQueries.GetPreview(id, BatchAction.Cancel, [7]),
        ];

        Assert.All(wishes, wish => Assert.Contains(
            "its jobs are 1 to 2.", Assert.IsType<Status.Failure>(AskWhileTimePasses(atlas, wish)).Cause.Message, StringComparison.Ordinal));
        Assert.Equal(0, Look(atlas, id).Count(JobStage.Cancelled));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whichever_write_fails_what_was_answered_as_cancelled_is_never_submitted(bool isWritten)
    {
        for (var number = 1; FailsAtWrite(number, isWritten); number++)
            Assert.True(number < 100, "The cancelling never passed.");
    }

    private bool FailsAtWrite(int number, bool isWritten)
    {
        Atlas.Submitted.Clear();
        _poll = _ => new PollAnswer.Running("processing");
        Clock.Advance(TimeSpan.FromMinutes(2));
        var first = StartAtlas($"atlas-{number}-first");
        var id = BeginWithTwoGenerating(first);
        Journal.Tell(new FailingJournal.FailWrite(number, IsWritten: isWritten));
        var isTold = AskWhileTimePasses(first, new BatchCommands.CancelJobs(id)) is BatchView;
        // One is brought, the other fails.
        _poll = prediction => prediction.EndsWith('1') ? ScriptedAtlas.Done(prediction) : new PollAnswer.Failed(Trouble, false);
        for (var isBroken = false; isTold && !isBroken;)
            isBroken = AskWhileTimePasses(first, new BatchQueries.GetBatch(id)) is not BatchAnswer { Batch: { } view } || IsAtRest(view);
        Crash(first);
        var fell = EventsOf("batch-index").Writes >= number;
        Journal.Tell(new FailingJournal.Mend());

        var second = StartAtlas($"atlas-{number}-second");
        if (!isTold) Assert.IsType<BatchView>(AskWhileTimePasses(second, new BatchCommands.CancelJobs(id)));
        Assert.IsType<BatchView>(AskWhileTimePasses(second, new BatchCommands.TakeUpBatch(id)));
        var end = RunToRest(second, id);

        Assert.Equal((BatchPhase.Finished, 5, 0), (end.Phase, end.Count(JobStage.Succeeded) + end.Count(JobStage.Cancelled), end.Count(JobStage.InDoubt)));
        Assert.Equal((2, end.Count(JobStage.Succeeded) * 0.04m), (Atlas.Submitted.Count, end.Money.Charged.Amount));
        AssertMoneyAgrees(second, end);
        Crash(second);
        return fell;
    }

    private static AtlasSettings OneAtATime => Some.Settings with { Gate = Some.Settings.Gate with { Account = 1 } };

    /// <summary>Five jobs, two of which Atlas has and keeps.</summary>
    private BatchId BeginWithTwoGenerating(IActorRef atlas)
    {
        var id = Begin(atlas, Some.Images(5, workers: 2)).Id;
        RunUntil(atlas, id, view => view.Count(JobStage.Generating) == 2);
        return id;
    }

    private static JobDefinition Needing(int number, int parent) => Some.Image(number) with
    {
        Body = $$"""{"model":"a/b","prompt":"picture {{number}}","image":"?"}""",
        Inputs = [new JobInput("image") { Job = parent }],
    };

    /// <summary>Whatever it had in its mailbox is done.</summary>
    private void AwaitProcessed(string path)
    {
        var probe = CreateTestProbe();
        Sys.ActorSelection(path).Tell(new Identify(path), probe.Ref);
        Assert.NotNull(probe.ExpectMsg<ActorIdentity>().Subject);
    }

    private List<string> Statuses()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(OutputDir, "manifest.json")));
        Assert.Equal(
            json.RootElement.GetProperty("results").EnumerateArray().Count(result => result.GetProperty("status").GetString() == "cancelled"),
            json.RootElement.GetProperty("cancelled").GetInt32());
        return [.. json.RootElement.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("status").GetString()!)];
    }
}
