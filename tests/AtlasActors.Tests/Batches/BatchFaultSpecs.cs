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

public class BatchFaultSpecs : CrashSpecs
{
    private static readonly InvalidOperationException Fault = new("a fault of ours");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_submission_that_throws_is_in_doubt_and_the_others_go_on(bool throwsAtOnce)
    {
        Atlas.OnSubmit = (_, before) => before > 0 ? Task.FromResult<SubmitAnswer>(Atlas.Take())
            : throwsAtOnce ? throw Fault : Task.FromException<SubmitAnswer>(Fault);
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(3, workers: 1)).Id;

        AssertNothingLostOrDoubled(atlas, RunToRest(atlas, id), [1]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_poll_that_throws_for_ever_ends_in_an_overdue_job_and_a_finished_batch(bool throwsAtOnce)
    {
        Atlas.OnPoll = (_, _) => throwsAtOnce ? throw Fault : Task.FromException<PollAnswer>(Fault);
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(2)).Id;

        var view = RunToRest(atlas, id);
        Assert.Equal((BatchPhase.Finished, 2), (view.Phase, view.Count(JobStage.Overdue)));

        Atlas.OnPoll = null;
        Assert.IsType<BatchView>(AskWhileTimePasses(atlas, new BatchCommands.ContinueBatch(id)));
        AssertNothingLostOrDoubled(atlas, RunToRest(atlas, id), []);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_download_that_throws_for_ever_ends_in_an_overdue_job_that_is_paid_once(bool throwsAtOnce)
    {
        Atlas.OnDownload = (_, _) => throwsAtOnce ? throw Fault : Task.FromException<DownloadAnswer>(Fault);
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(2)).Id;

        var view = RunToRest(atlas, id);
        Assert.Equal((BatchPhase.Finished, 2), (view.Phase, view.Count(JobStage.Overdue)));

        Atlas.OnDownload = null;
        Assert.IsType<BatchView>(AskWhileTimePasses(atlas, new BatchCommands.ContinueBatch(id)));
        AssertNothingLostOrDoubled(atlas, RunToRest(atlas, id), []);
    }

    [Fact]
    public void A_stop_reaches_a_job_whose_actor_fails_meanwhile()
    {
        Atlas.OnPoll = (_, _) => throw Fault;
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(3)).Id;
        RunUntil(atlas, id, _ => Atlas.Polls.Values.Sum() > 2);

        var stopped = Assert.IsType<BatchView>(AskWhileTimePasses(atlas, new BatchCommands.StopBatch(id)));

        Assert.Equal(BatchPhase.Idle, stopped.Phase);
    }

    [Fact]
    public void All_stop_though_some_batches_have_nothing_left_to_do()
    {
        var first = StartAtlas("first");
        RunToRest(first, Begin(first, Some.Images(1)).Id);
        Crash(first);
        var second = StartAtlas("second", continueUnfinished: true);

        Assert.IsType<SupervisorMessages.AllStopped>(AskWhileTimePasses(second, new SupervisorMessages.StopAll()));
    }

    [Fact]
    public void A_batch_that_is_begun_while_all_are_being_stopped_is_recorded_and_rests()
    {
        var answer = new TaskCompletionSource<SubmitAnswer>();
        Atlas.OnSubmit = (_, _) => answer.Task;
        Atlas.OnPoll = (_, _) => Task.FromResult<PollAnswer>(new PollAnswer.Running("processing"));
        var atlas = StartAtlas();
        var early = Begin(atlas, Some.Images(1)).Id;
        RunUntil(atlas, early, _ => !Atlas.Submitted.IsEmpty);

        var stopper = CreateTestProbe();
        atlas.Tell(new SupervisorMessages.StopAll(), stopper.Ref);
        // No time passes meanwhile: the stop still waits for the answer.
        var late = Begin(atlas, Some.Images(2)).Id;
        answer.SetResult(Atlas.Take());

        Assert.Equal(BatchPhase.Idle, RunUntil(atlas, late, view => view.Phase != BatchPhase.Running && view.Phase != BatchPhase.Stopping).Phase);
        stopper.ExpectMsg<SupervisorMessages.AllStopped>();
        Assert.Equal(BatchPhase.Idle, Look(atlas, early).Phase);
    }

    [Fact]
    public void Who_watches_a_batch_whose_coordinator_fails_is_told_its_end()
    {
        Atlas.OnPoll = (_, _) => Task.FromResult<PollAnswer>(new PollAnswer.Running("processing"));
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(2)).Id;
        var watcher = CreateTestProbe();
        atlas.Tell(new BatchQueries.WatchBatch(id), watcher.Ref);
        RunUntil(atlas, id, view => view.Count(JobStage.Generating) == 2);
        Atlas.OnPoll = null;

        // An acknowledgement of nothing throws in the coordinator.
        Sys.ActorSelection($"/user/atlas/batch-{id}").Tell(new MoneyTaken(null!));
        RunUntil(atlas, id, view => view.Phase == BatchPhase.Finished);

        // Any phase at rest ends a watch: the first of them must be the real end, not the pause between two lives.
        var rest = (BatchNotice.PhaseChanged)watcher.FishForMessage(
            message => message is BatchNotice.PhaseChanged { Batch.Phase: BatchPhase.Finished or BatchPhase.Halted or BatchPhase.Idle },
            TimeSpan.FromSeconds(30));
        Assert.Equal(BatchPhase.Finished, rest.Batch.Phase);
    }

    [Fact]
    public void Jobs_that_wait_for_the_gate_are_let_through_after_its_fault()
    {
        Atlas.OnSubmit = (_, before) => Task.FromResult<SubmitAnswer>(
            before == 0 ? new SubmitAnswer.RateLimited(new AtlasFailure("Slower."), TimeSpan.FromSeconds(30)) : Atlas.Take());
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(4, workers: 1)).Id;
        RunUntil(atlas, id, _ => !Atlas.Submitted.IsEmpty);

        // A report without a model throws in the gate.
        Sys.ActorSelection("/user/atlas/gate").Tell(new GateCommands.ReportAccepted(null!));
        var view = RunToRest(atlas, id);

        Assert.Equal((4, 5), (view.Count(JobStage.Succeeded), Atlas.Submitted.Count));
    }

    [Fact]
    public void A_batch_that_was_listed_and_never_recorded_answers_whatever_is_asked()
    {
        Journal.Tell(new FailingJournal.FailWrite(1, "batch-2"));
        var first = StartAtlas("first");
        Assert.IsType<Status.Failure>(AskWhileTimePasses(first, new BatchCommands.StartBatch(Some.Images(1), null)));
        Crash(first);
        Journal.Tell(new FailingJournal.Mend());
        var second = StartAtlas("second");
        var id = Assert.Single(((SupervisorMessages.BatchIds)AskWhileTimePasses(second, new SupervisorMessages.GetBatchIds())).Batches);

        IBatchCommand[] commands = [new BatchCommands.StopBatch(id), new BatchQueries.WatchBatch(id), new BatchCommands.ContinueBatch(id),
            new BatchCommands.RetryBatch(id, InDoubt: true, null)];
        Assert.All(commands, command => Assert.IsType<Status.Failure>(AskWhileTimePasses(second, command)));
        Assert.Null(((BatchAnswer)AskWhileTimePasses(second, new BatchQueries.GetBatch(id))).Batch);
        Assert.IsType<SupervisorMessages.AllStopped>(AskWhileTimePasses(second, new SupervisorMessages.StopAll()));
    }

    [Fact]
    public void A_job_that_is_retried_while_its_actor_is_still_ending_is_taken_up_by_another()
    {
        using var release = new ManualResetEventSlim();
        Atlas.OnDownload = (order, before) => Task.FromResult(
            before < Some.Settings.GoneTries ? new DownloadAnswer.WrongKind(new AtlasFailure("a web page")) : ScriptedAtlas.Saved(order));
        Atlas.OnDownloadToken = token => token.Register(() => release.Wait(TimeSpan.FromSeconds(30)));
        // The other job keeps the batch at work.
        Atlas.OnPoll = (id, _) => Task.FromResult(id == "p1" ? ScriptedAtlas.Done(id) : new PollAnswer.Running("processing"));
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(2, workers: 1)).Id;
        RunUntil(atlas, id, view => view.Count(JobStage.Failed) == 1);
        Atlas.OnDownloadToken = null;

        Ask(atlas, new BatchCommands.RetryBatch(id));
        release.Set();

        var view = RunUntil(atlas, id, view => view.Count(JobStage.Succeeded) + view.Count(JobStage.Overdue) > 0);
        Assert.Equal((1, 0), (view.Count(JobStage.Succeeded), view.Count(JobStage.Overdue)));
        Atlas.OnPoll = null;
        RunToRest(atlas, id);
    }
}
