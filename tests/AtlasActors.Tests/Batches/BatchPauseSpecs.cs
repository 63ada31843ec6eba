using Akka.Actor;
using AtlasActors.Atlas;
using AtlasActors.Batches;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Batches;

public class BatchPauseSpecs : CrashSpecs
{
    private volatile bool _isDone;

    public BatchPauseSpecs() => Atlas.OnPoll = (id, _) =>
        Task.FromResult(_isDone ? ScriptedAtlas.Done(id) : new PollAnswer.Running("processing"));

    [Fact]
    public void A_paused_batch_sees_through_what_Atlas_has_and_goes_on_when_a_person_says_so()
    {
        var atlas = StartAtlas();
        var id = BeginWithTwoGenerating(atlas);

        var told = Ask(atlas, new BatchCommands.PauseBatch(id));
        Assert.Equal((BatchPhase.Running, HaltReason.Paused), (told.Phase, told.Halt));
        _isDone = true;
        var rest = RunToRest(atlas, id);

        Assert.Equal((BatchPhase.Halted, HaltReason.Paused, 2, 3), (rest.Phase, rest.Halt, rest.Count(JobStage.Succeeded), rest.Count(JobStage.Queued)));
        Assert.Equal("Paused; resume goes on with it.", rest.HaltMessage);
        Assert.Equal(2, Atlas.Submitted.Count);
        var goesOn = Ask(atlas, new BatchCommands.ContinueBatch(id));
        Assert.Equal((BatchPhase.Running, null, null), (goesOn.Phase, goesOn.Halt, goesOn.HaltMessage));
        AssertNothingLostOrDoubled(atlas, RunToRest(atlas, id), []);
    }

    [Fact]
    public void Jobs_that_wait_at_the_gate_of_a_paused_batch_are_taken_back()
    {
        var atlas = StartAtlas(settings: Some.Settings with { Gate = Some.Settings.Gate with { Account = 1 } });
        var id = Begin(atlas, Some.Images(3)).Id;
        RunUntil(atlas, id, view => view.Count(JobStage.Generating) == 1);

        Ask(atlas, new BatchCommands.PauseBatch(id));
        _isDone = true;
        var rest = RunToRest(atlas, id);

        Assert.Equal((HaltReason.Paused, 1, 2), (rest.Halt, rest.Count(JobStage.Succeeded), rest.Count(JobStage.Queued)));
        Assert.Single(Atlas.Submitted);
    }

    [Fact]
    public void A_pause_outlives_crashes_and_whoever_takes_the_batch_up_without_being_asked()
    {
        var first = StartAtlas("first");
        var id = BeginWithTwoGenerating(first);
        Ask(first, new BatchCommands.PauseBatch(id));
        Crash(first);
        _isDone = true;

        var second = StartAtlas("second", continueUnfinished: true);
        var rest = RunUntil(second, id, view => view.Phase == BatchPhase.Halted);
        Assert.Equal((HaltReason.Paused, 2, 3), (rest.Halt, rest.Count(JobStage.Succeeded), rest.Count(JobStage.Queued)));
        Crash(second);

        var third = StartAtlas("third");
        Assert.Equal((BatchPhase.Halted, HaltReason.Paused), (Look(third, id).Phase, Look(third, id).Halt));
        Ask(third, new BatchCommands.TakeUpBatch(id));
        Assert.Equal(HaltReason.Paused, RunToRest(third, id).Halt);
        Assert.Equal(2, Atlas.Submitted.Count);
        Ask(third, new BatchCommands.RetryBatch(id));
        AssertNothingLostOrDoubled(third, RunToRest(third, id), []);
    }

    [Fact]
    public void A_paused_batch_with_something_to_see_through_is_idle_after_a_crash_so_that_it_is_taken_up()
    {
        var first = StartAtlas("first");
        var id = BeginWithTwoGenerating(first);
        Ask(first, new BatchCommands.PauseBatch(id));
        Crash(first);

        var second = StartAtlas("second");

        Assert.Equal((BatchPhase.Idle, HaltReason.Paused), (Look(second, id).Phase, Look(second, id).Halt));
    }

    [Fact]
    public void A_coordinator_that_fails_in_a_pause_is_paused_in_its_next_life()
    {
        var atlas = StartAtlas();
        var id = BeginWithTwoGenerating(atlas);
        Ask(atlas, new BatchCommands.PauseBatch(id));

        // An acknowledgement of nothing throws in the coordinator.
        Sys.ActorSelection($"/user/atlas/batch-{id}").Tell(new AtlasActors.Costs.MoneyTaken(null!));
        _isDone = true;
        var rest = RunUntil(atlas, id, view => view.Phase == BatchPhase.Halted);

        Assert.Equal((HaltReason.Paused, 2), (rest.Halt, rest.Count(JobStage.Succeeded)));
        Assert.Equal(2, Atlas.Submitted.Count);
    }

    [Fact]
    public void Who_resumes_while_the_last_of_a_pause_is_recorded_is_heard_when_it_is()
    {
        var atlas = StartAtlas();
        // One job: Akka.NET's journal answers in order, and no other write has to be answered for the pause.
        var id = Begin(atlas, Some.Images(3, workers: 1)).Id;
        RunUntil(atlas, id, view => view.Count(JobStage.Generating) == 1);
        var (reached, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        Journal.Tell(new FailingJournal.HoldWrite("ResultListed", reached, release.Task));
        Ask(atlas, new BatchCommands.PauseBatch(id));
        _isDone = true;
        RunUntil(atlas, id, view => view.Phase == BatchPhase.Stopping);

        var resumer = CreateTestProbe();
        atlas.Tell(new BatchCommands.ContinueBatch(id), resumer.Ref);
        Look(atlas, id);
        Journal.Tell(new FailingJournal.Mend());
        release.SetResult();

        Assert.Null(resumer.ExpectMsg<BatchView>().Halt);
        AssertNothingLostOrDoubled(atlas, RunToRest(atlas, id), []);
    }

    [Fact]
    public void Who_begins_a_batch_again_while_its_last_is_recorded_is_told_that_it_is_there()
    {
        var atlas = StartAtlas();
        var (reached, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        Journal.Tell(new FailingJournal.HoldWrite("ResultListed", reached, release.Task));
        _isDone = true;
        var start = new BatchCommands.StartBatch(Some.Images(1), null, BatchId.Parse("order-7"));
        atlas.Tell(start, TestActor);
        var id = ExpectMsg<BatchView>().Id;
        RunUntil(atlas, id, view => view.Phase == BatchPhase.Stopping);

        var caller = CreateTestProbe();
        atlas.Tell(start, caller.Ref);
        Look(atlas, id);
        Journal.Tell(new FailingJournal.Mend());
        release.SetResult();

        Assert.Equal(id, caller.ExpectMsg<BatchView>(TimeSpan.FromSeconds(30)).Id);
        AssertNothingLostOrDoubled(atlas, RunToRest(atlas, id), []);
        Assert.Single(Atlas.Submitted);
    }

    [Fact]
    public void A_batch_that_ends_in_its_pause_is_finished_and_a_finished_one_is_not_paused()
    {
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(2)).Id;
        RunUntil(atlas, id, view => view.Count(JobStage.Generating) == 2);
        Ask(atlas, new BatchCommands.PauseBatch(id));
        _isDone = true;

        var end = RunToRest(atlas, id);

        Assert.Equal((BatchPhase.Finished, null), (end.Phase, end.Halt));
        Assert.Equal((BatchPhase.Finished, null), (Ask(atlas, new BatchCommands.PauseBatch(id)).Phase, Look(atlas, id).Halt));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whichever_write_fails_what_was_answered_as_paused_is_paused(bool isWritten)
    {
        for (var number = 1; FailsAtWrite(number, isWritten); number++)
            Assert.True(number < 100, "The pause never passed.");
    }

    private bool FailsAtWrite(int number, bool isWritten)
    {
        Atlas.Submitted.Clear();
        _isDone = false;
        Clock.Advance(TimeSpan.FromMinutes(2));
        var first = StartAtlas($"atlas-{number}-first");
        var id = BeginWithTwoGenerating(first);
        Journal.Tell(new FailingJournal.FailWrite(number, IsWritten: isWritten));
        var isTold = AskWhileTimePasses(first, new BatchCommands.PauseBatch(id)) is BatchView;
        _isDone = true;
        for (var isBroken = false; isTold && !isBroken;)
            isBroken = AskWhileTimePasses(first, new BatchQueries.GetBatch(id)) is not BatchAnswer { Batch: { } view } || IsAtRest(view);
        Crash(first);
        var fell = EventsOf("batch-index").Writes >= number;
        Journal.Tell(new FailingJournal.Mend());

        var second = StartAtlas($"atlas-{number}-second");
        Look(second, id);
        var unanswered = Unanswered(id);
        Assert.IsType<BatchView>(AskWhileTimePasses(second, new BatchCommands.TakeUpBatch(id)));
        var rest = RunToRest(second, id);
        if (isTold)
            Assert.Equal((BatchPhase.Halted, HaltReason.Paused, 2), (rest.Phase, rest.Halt, Atlas.Submitted.Count));
        Assert.IsType<BatchView>(AskWhileTimePasses(second, new BatchCommands.ContinueBatch(id)));
        AssertNothingLostOrDoubled(second, RunToRest(second, id), unanswered);
        Crash(second);
        return fell;
    }

    /// <summary>Five jobs, two of which Atlas has and keeps.</summary>
    private BatchId BeginWithTwoGenerating(IActorRef atlas)
    {
        var id = Begin(atlas, Some.Images(5, workers: 2)).Id;
        RunUntil(atlas, id, view => view.Count(JobStage.Generating) == 2);
        return id;
    }
}
