using Akka.Actor;
using AtlasActors.Atlas;
using AtlasActors.Batches;
using AtlasActors.Gate;
using AtlasActors.Hosting;
using AtlasActors.Telemetry;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Gate;

/// <summary>How many submissions are under way, and what of a batch that is taken up again is in flight.</summary>
public class SubmissionLimitSpecs : AtlasSpecs
{
    private static readonly GateLimits Two = Some.Settings.Gate with { Submissions = 2 };
    private static readonly BatchId Batch = BatchId.Parse("batch");

    [Fact]
    public void No_more_submissions_are_under_way_than_the_limit_whatever_may_be_in_flight()
    {
        var gate = new GateState(Two);
        foreach (var leave in Leaves(5)) gate.Request(leave, BatchPriority.Normal, Some.Time);

        Assert.Equal([1, 2], gate.Grant(Some.Time).Select(leave => leave.Job));
        Assert.Empty(gate.Grant(Some.Time));
        Assert.Equal(WaitReasons.SubmissionLimit, gate.WhyWaits("a", Some.Time));

        gate.Answered(Leaves(1)[0]);
        Assert.Equal([3], gate.Grant(Some.Time).Select(leave => leave.Job));
    }

    [Fact]
    public void A_leave_that_comes_back_without_an_answer_is_under_way_no_more()
    {
        var gate = new GateState(Two);
        foreach (var leave in Leaves(3)) gate.Request(leave, BatchPriority.Normal, Some.Time);
        gate.Grant(Some.Time);

        gate.Return(Leaves(1)[0], Some.Time);
        Assert.Equal([3], gate.Grant(Some.Time).Select(leave => leave.Job));
    }

    [Fact]
    public void What_Atlas_has_already_counts_for_the_account_and_not_for_submissions()
    {
        var gate = new GateState(Two with { Account = 4 });
        foreach (var leave in Leaves(3)) gate.Take(leave, BatchPriority.Normal, Some.Time);
        gate.Take(Leaves(3)[2], BatchPriority.Normal, Some.Time);
        foreach (var leave in Leaves(5)) gate.Request(leave, BatchPriority.Normal, Some.Time);

        Assert.Equal([4], gate.Grant(Some.Time).Select(leave => leave.Job));
        Assert.Equal(WaitReasons.AccountLimit, gate.WhyWaits("a", Some.Time));
    }

    [Fact]
    public void Jobs_wait_for_the_answers_of_those_before_them()
    {
        var answers = new TaskCompletionSource<SubmitAnswer>();
        Atlas.OnSubmit = (_, _) => answers.Task;
        var atlas = StartAtlas(settings: Some.Settings with { Gate = Two });
        Begin(atlas, Some.Images(5, workers: 5));
        AwaitCondition(() => Atlas.Submitted.Count == 2, TimeSpan.FromSeconds(30));

        // Whatever the gate lets through next must be let through by an answer: there is none yet.
        Assert.Equal(2, Atlas.Submitted.Count);
        answers.SetResult(new SubmitAnswer.Accepted(new Prediction("one", null), null));
        AwaitCondition(() => Atlas.Submitted.Count == 5, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void What_a_batch_has_in_flight_as_it_is_taken_up_again_counts_for_the_account()
    {
        var usual = Some.Settings.Gate;
        Atlas.OnPoll = (_, _) => Task.FromResult<PollAnswer>(new PollAnswer.Running("processing"));
        var atlas = StartAtlas(settings: Some.Settings with { Gate = usual with { Account = 3 } });
        var batch = Begin(atlas, Some.Images(5, workers: 5)).Id;
        AwaitCondition(() => Atlas.Submitted.Count == 3, TimeSpan.FromSeconds(30));
        atlas.Tell(new BatchCommands.StopBatch(batch), TestActor);
        ExpectMsg<BatchView>(TimeSpan.FromSeconds(30));

        atlas.Tell(new BatchCommands.ContinueBatch(batch), TestActor);
        ExpectMsg<BatchView>(TimeSpan.FromSeconds(30));
        Set(atlas, usual with { Account = 4 });
        AwaitCondition(() => Atlas.Submitted.Count >= 4, TimeSpan.FromSeconds(30));
        atlas.Tell(new BatchCommands.StopBatch(batch), TestActor);
        ExpectMsg<BatchView>(TimeSpan.FromSeconds(30));
        Assert.Equal(4, Atlas.Submitted.Count);
    }

    [Fact]
    public void After_a_fault_of_the_gate_what_is_in_flight_still_counts_and_what_waits_still_comes()
    {
        var limits = Two with { Account = 3 };
        Atlas.OnPoll = (_, _) => Task.FromResult<PollAnswer>(new PollAnswer.Running("processing"));
        var atlas = StartAtlas(settings: Some.Settings with { Gate = limits });
        Begin(atlas, Some.Images(6, workers: 6));
        AwaitCondition(() => Atlas.Submitted.Count == 3, TimeSpan.FromSeconds(30));

        Sys.ActorSelection(atlas.Path / "gate").Tell(new GateCommands.ReportAccepted(null!));
        Set(atlas, limits with { Account = 4 });
        AwaitCondition(() => Atlas.Submitted.Count == 4, TimeSpan.FromSeconds(30));
        Set(atlas, limits with { Account = 6 });
        AwaitCondition(() => Atlas.Submitted.Count == 6, TimeSpan.FromSeconds(30));
    }

    private static Leave[] Leaves(int count) => [.. Enumerable.Range(1, count).Select(job => new Leave(Batch, job, "a"))];

    private void Set(IActorRef atlas, GateLimits limits)
    {
        atlas.Tell(new LimitCommands.SetLimits(limits), TestActor);
        ExpectMsg<GateLimits>(TimeSpan.FromSeconds(30));
    }
}
