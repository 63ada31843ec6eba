using Akka.Actor;
using AtlasActors.Atlas;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Hosting;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Batches;

public class BatchRecoverySpecs : CrashSpecs
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whichever_write_fails_every_job_ends_and_none_is_paid_for_twice(bool isWritten)
    {
        for (var number = 1; FailsAtWrite(number, isWritten); number++)
            Assert.True(number < 200, "The batch never passed.");
    }

    /// <summary>Whether there was such a write.</summary>
    private bool FailsAtWrite(int number, bool isWritten)
    {
        Atlas.Submitted.Clear();
        Clock.Advance(TimeSpan.FromMinutes(2));
        var definition = Some.Images(3, workers: 2);
        var first = StartAtlas($"atlas-{number}-first");
        var ids = Ids(first).Count;
        Journal.Tell(new FailingJournal.FailWrite(number, IsWritten: isWritten));
        var begun = AskWhileTimePasses(first, new BatchCommands.StartBatch(definition, null));
        if (begun is BatchView { Id: var running })
        {
            for (var isBroken = false; !isBroken;)
                isBroken = AskWhileTimePasses(first, new BatchQueries.GetBatch(running)) is not BatchAnswer { Batch: { } view } || IsAtRest(view);
        }
        Crash(first);
        var fell = EventsOf("batch-index").Writes >= number;
        Journal.Tell(new FailingJournal.Mend());

        var second = StartAtlas($"atlas-{number}-second");
        var listed = Ids(second);
        var isRecorded = listed.Count > ids && Look(second, listed[^1]) is not null;
        var unanswered = isRecorded ? Unanswered(listed[^1]) : [];
        var id = isRecorded ? listed[^1] : Begin(second, definition).Id;
        Assert.IsType<BatchView>(AskWhileTimePasses(second, new BatchCommands.ContinueBatch(id)));
        var end = RunToRest(second, id);

        AssertNothingLostOrDoubled(second, end, unanswered);
        Crash(second);
        return fell;
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(3, true)]
    [InlineData(3, false)]
    public void Whenever_it_crashes_only_a_submission_without_answer_is_in_doubt(int workers, bool isAnswerLost)
    {
        for (var call = 1; CrashesAtCall(call, workers, isAnswerLost); call++)
            Assert.True(call < 100, "The batch never passed.");
    }

    private bool CrashesAtCall(int call, int workers, bool isAnswerLost)
    {
        Atlas.Submitted.Clear();
        Clock.Advance(TimeSpan.FromMinutes(2));
        var first = StartAtlas($"atlas-{call}-first");
        var watch = CreateTestProbe();
        watch.Watch(first);
        var calls = 0;
        OnEachCall(() =>
        {
            if (Interlocked.Increment(ref calls) != call) return false;
            Sys.Stop(first);
            return isAnswerLost;
        });
        var id = Begin(first, Some.Images(3, workers)).Id;
        AwaitCondition(() =>
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            return watch.HasMessages || Volatile.Read(ref calls) >= 9;
        }, TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(1));
        Crash(first);
        OnEachCall(() => false);

        var second = StartAtlas($"atlas-{call}-second");
        Look(second, id);
        var unanswered = Unanswered(id);
        Assert.IsType<BatchView>(AskWhileTimePasses(second, new BatchCommands.ContinueBatch(id)));
        AssertNothingLostOrDoubled(second, RunToRest(second, id), unanswered);
        Crash(second);
        return calls >= call;
    }

    [Fact]
    public void Whenever_it_is_stopped_nothing_is_lost_and_a_resume_brings_all()
    {
        for (var call = 1; call <= 9; call++)
            StopsAtCall(call);
    }

    private void StopsAtCall(int call)
    {
        Atlas.Submitted.Clear();
        Clock.Advance(TimeSpan.FromMinutes(2));
        var atlas = StartAtlas($"atlas-{call}");
        var stopper = CreateTestProbe();
        var calls = 0;
        var id = default(BatchId);
        var begun = new TaskCompletionSource();
        OnEachCall(() =>
        {
            if (Interlocked.Increment(ref calls) != call) return false;
            begun.Task.Wait(TimeSpan.FromSeconds(30));
            atlas.Tell(new BatchCommands.StopBatch(id), stopper.Ref);
            return false;
        });
        id = Begin(atlas, Some.Images(3, workers: 2)).Id;
        begun.SetResult();
        AwaitCondition(() =>
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            return stopper.HasMessages;
        }, TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(1));
        var stopped = stopper.ExpectMsg<BatchView>();
        Assert.True(stopped.Phase == (stopped.Ended == 3 ? BatchPhase.Finished : BatchPhase.Idle), $"{stopped.Phase} with {stopped.Ended} ended");
        Assert.Equal((0, 0), (stopped.Count(JobStage.Submitting), stopped.Count(JobStage.InDoubt)));

        Assert.IsType<BatchView>(AskWhileTimePasses(atlas, new BatchCommands.ContinueBatch(id)));
        AssertNothingLostOrDoubled(atlas, RunToRest(atlas, id), []);
        Crash(atlas);
    }

    [Theory]
    [InlineData("cost-ledger")]
    [InlineData("manifest-")]
    public void A_ledger_or_manifest_whose_write_fails_is_told_again_and_counts_once(string whose)
    {
        for (var number = 1; number <= 4; number++)
        {
            Atlas.Submitted.Clear();
            Clock.Advance(TimeSpan.FromMinutes(2));
            var atlas = StartAtlas($"atlas-{number}");
            Journal.Tell(new FailingJournal.FailWrite(number, whose));
            var id = Begin(atlas, Some.Images(3)).Id;
            RunUntil(atlas, id, view => view.Ended == 3);
            Journal.Tell(new FailingJournal.Mend());

            AssertNothingLostOrDoubled(atlas, RunToRest(atlas, id), []);
            Crash(atlas);
        }
    }

    private List<BatchId> Ids(IActorRef atlas) =>
        [.. Assert.IsType<SupervisorMessages.BatchIds>(AskWhileTimePasses(atlas, new SupervisorMessages.GetBatchIds())).Batches];

    /// <summary>Runs at each call to Atlas; true loses the answer.</summary>
    private void OnEachCall(Func<bool> losesAnswer)
    {
        Atlas.OnSubmit = (_, _) => Answer<SubmitAnswer>(losesAnswer(), () => Atlas.Take());
        Atlas.OnPoll = (id, _) => Answer(losesAnswer(), () => ScriptedAtlas.Done(id));
        Atlas.OnDownload = (order, _) => Answer(losesAnswer(), () => ScriptedAtlas.Saved(order));
    }

    private static Task<T> Answer<T>(bool isLost, Func<T> answer) =>
        isLost ? new TaskCompletionSource<T>().Task : Task.FromResult(answer());
}
