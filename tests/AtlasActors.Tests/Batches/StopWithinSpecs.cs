using AtlasActors.Atlas;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Hosting;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Batches;

/// <summary>A stop of all batches with a time limit.</summary>
public class StopWithinSpecs : CrashSpecs
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public void An_answer_that_never_comes_is_given_up_and_in_doubt_at_the_next_start_at_no_further_cost()
    {
        Atlas.OnSubmit = (body, _) => body.Contains("picture 2", StringComparison.Ordinal)
            ? new TaskCompletionSource<SubmitAnswer>().Task
            : Task.FromResult<SubmitAnswer>(Atlas.Take());
        Atlas.OnPoll = (_, _) => Task.FromResult<PollAnswer>(new PollAnswer.Running("processing"));
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(3, workers: 2)).Id;
        AwaitCondition(() => Atlas.Submitted.Count == 2 && Look(atlas, id).Count(JobStage.Generating) == 1, TimeSpan.FromSeconds(30));

        atlas.Tell(new SupervisorMessages.StopAll(Limit), TestActor);
        AwaitCondition(() => Look(atlas, id).Phase == BatchPhase.Stopping, TimeSpan.FromSeconds(30));
        Clock.Advance(Limit - TimeSpan.FromSeconds(1));
        Assert.Equal(1, Look(atlas, id).Count(JobStage.Submitting));
        Assert.False(HasMessages);
        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([id], ExpectMsg<SupervisorMessages.AllStopped>().Left);
        // As the actor system's end asks, without a limit: it waits for nothing any more.
        atlas.Tell(new SupervisorMessages.StopAll(), TestActor);
        Assert.Equal([id], ExpectMsg<SupervisorMessages.AllStopped>().Left);
        Crash(atlas);
        Assert.Equal([2], Unanswered(id));

        Atlas.OnSubmit = null;
        Atlas.OnPoll = null;
        var next = StartAtlas("next", continueUnfinished: true);
        var view = RunUntil(next, id, IsAtRest);

        AssertNothingLostOrDoubled(next, view, inDoubt: [2]);
        Assert.All(LookAtJobs(next, id), job => Assert.Equal(1, job.Attempt));
        Assert.Equal((3, new Usd(0.04m)), (Atlas.Submitted.Count, view.Money.InDoubt));
    }

    [Fact]
    public void An_answer_in_time_is_recorded_and_the_stop_waits_no_longer()
    {
        var answer = new TaskCompletionSource<SubmitAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        Atlas.OnSubmit = (_, _) => answer.Task;
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(2, workers: 1)).Id;
        AwaitCondition(() => Atlas.Submitted.Count == 1, TimeSpan.FromSeconds(30));

        atlas.Tell(new SupervisorMessages.StopAll(Limit), TestActor);
        AwaitCondition(() => Look(atlas, id).Phase == BatchPhase.Stopping, TimeSpan.FromSeconds(30));
        answer.SetResult(Atlas.Take());

        Assert.Empty(ExpectMsg<SupervisorMessages.AllStopped>().Left);
        Assert.Empty(Unanswered(id));
        // Its limit is over with it: what is begun afterwards is nobody's to give up.
        Ask(atlas, new BatchCommands.ContinueBatch(id));
        Clock.Advance(Limit);
        Assert.Equal(2, RunToRest(atlas, id).Count(JobStage.Succeeded));
    }

    [Fact]
    public void Where_nothing_is_at_work_there_is_nothing_to_wait_for()
    {
        var atlas = StartAtlas();
        atlas.Tell(new SupervisorMessages.StopAll(Limit), TestActor);
        Assert.Empty(ExpectMsg<SupervisorMessages.AllStopped>().Left);
    }
}
