using Akka.Actor;
using Akka.Event;
using Akka.TestKit;
using AtlasActors.Atlas;
using AtlasActors.Batches;
using AtlasActors.Hosting;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Hosting;

/// <summary>What an actor of somebody else's tells <c>/user/atlas</c>, and what it is told.</summary>
public class BatchMessagesSpecs : AtlasSpecs
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void Who_starts_a_batch_is_told_its_id_and_who_watches_it_each_end_and_then_the_rest()
    {
        var atlas = StartAtlas();
        var me = CreateTestProbe();
        atlas.Tell(new BatchCommands.StartBatch(Some.Images(2)), me.Ref);
        var id = me.ExpectMsg<BatchView>(Patience).Id;
        atlas.Tell(new BatchQueries.WatchBatch(id), me.Ref);
        RunToRest(atlas, id);

        var told = NoticesUntilRest(me);
        Assert.All(told, notice => Assert.Equal(id, notice.BatchId));
        Assert.Equal([1, 2], told.OfType<BatchNotice.JobMoved>().Where(moved => moved.Job.Stage == JobStage.Succeeded)
            .Select(moved => moved.Job.Number).Distinct().Order());
        Assert.Equal(BatchPhase.Finished, Assert.IsType<BatchNotice.PhaseChanged>(told[^1]).Batch.Phase);
    }

    [Fact]
    public void A_start_that_is_told_again_with_its_id_is_the_same_batch()
    {
        var (atlas, me, id) = (StartAtlas(), CreateTestProbe(), BatchId.Parse("order-17"));
        var start = new BatchCommands.StartBatch(Some.Images(2), Id: id);
        atlas.Tell(start, me.Ref);
        atlas.Tell(start, me.Ref);
        Assert.Equal([id, id], [me.ExpectMsg<BatchView>(Patience).Id, me.ExpectMsg<BatchView>(Patience).Id]);
        RunToRest(atlas, id);

        atlas.Tell(start, me.Ref);

        Assert.Equal(2, me.ExpectMsg<BatchView>(Patience).Count(JobStage.Succeeded));
        Assert.Equal(BatchPhase.Finished, RunToRest(atlas, id).Phase);
        Assert.Equal(2, Atlas.Submitted.Count);
    }

    [Fact]
    public void An_id_that_another_batch_has_is_refused()
    {
        var (atlas, me, id) = (StartAtlas(), CreateTestProbe(), BatchId.Parse("order-17"));
        atlas.Tell(new BatchCommands.StartBatch(Some.Images(2), Id: id), me.Ref);
        me.ExpectMsg<BatchView>(Patience);

        atlas.Tell(new BatchCommands.StartBatch(Some.Images(1), Id: id), me.Ref);

        Assert.Equal("There is a batch order-17 already, and it asks for something else.", me.ExpectMsg<Status.Failure>(Patience).Cause.Message);
    }

    [Fact]
    public void A_watch_goes_on_when_a_stopped_batch_is_taken_up_again()
    {
        var (atlas, id, watcher) = WatchedBatch();
        Ask(atlas, new BatchCommands.StopBatch(id));
        Assert.Equal(BatchPhase.Idle, RestOf(NoticesUntilRest(watcher)));

        Atlas.OnPoll = null;
        Ask(atlas, new BatchCommands.ContinueBatch(id));
        RunToRest(atlas, id);

        Assert.Equal(BatchPhase.Finished, RestOf(NoticesUntilRest(watcher)));
    }

    [Fact]
    public void Who_watches_twice_is_told_once_and_who_unwatches_no_more()
    {
        var (atlas, id, watcher) = WatchedBatch();
        atlas.Tell(new BatchQueries.WatchBatch(id), watcher.Ref);
        Look(atlas, id);
        Drain(watcher);
        Ask(atlas, new BatchCommands.StopBatch(id));
        Assert.Single(NoticesUntilRest(watcher).OfType<BatchNotice.PhaseChanged>(), changed => changed.Batch.Phase == BatchPhase.Stopping);

        atlas.Tell(new BatchQueries.UnwatchBatch(id), watcher.Ref);
        Ask(atlas, new BatchCommands.ContinueBatch(id));
        Ask(atlas, new BatchCommands.StopBatch(id));

        Assert.False(watcher.HasMessages);
    }

    [Fact]
    public void A_watcher_that_ended_is_forgotten()
    {
        var (atlas, id, watcher) = WatchedBatch();
        var letters = CreateTestProbe();
        Sys.EventStream.Subscribe(letters.Ref, typeof(DeadLetter));
        Sys.Stop(watcher.Ref);

        // What it is told before the coordinator has heard of its end are dead letters; after that there are none.
        AwaitCondition(() =>
        {
            Drain(letters);
            Ask(atlas, new BatchCommands.StopBatch(id));
            Ask(atlas, new BatchCommands.ContinueBatch(id));
            Look(atlas, id);
            return !Drained(letters).Any(letter => letter is DeadLetter { Message: BatchNotice });
        }, Patience, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void Who_watches_a_batch_that_ends_for_good_is_told_so_in_a_sentence()
    {
        var (_, id, watcher) = WatchedBatch();

        Sys.ActorSelection($"/user/atlas/batch-{id}").Tell(Kill.Instance);

        var failure = (Status.Failure)watcher.FishForMessage(message => message is Status.Failure, Patience);
        Assert.Equal($"Batch {id} failed and was stopped; the log says how. It is resumable.",
            Assert.IsType<BatchException>(failure.Cause).Message);
    }

    [Fact]
    public void Nobody_is_told_of_a_failure_when_all_of_it_is_stopped()
    {
        var (atlas, _, watcher) = WatchedBatch();
        watcher.Watch(atlas);
        Sys.Stop(atlas);

        Assert.DoesNotContain(
            watcher.ReceiveWhile(Patience, message => message is Terminated ? null : message), message => message is Status.Failure);
    }

    [Fact]
    public void What_is_asked_of_a_batch_that_is_not_there_is_refused_in_a_sentence()
    {
        var atlas = StartAtlas();
        var me = CreateTestProbe();

        atlas.Tell(new BatchQueries.WatchBatch(BatchId.Parse("nowhere")), me.Ref);

        Assert.Equal("There is no batch nowhere in this journal.",
            Assert.IsType<BatchException>(me.ExpectMsg<Status.Failure>(Patience).Cause).Message);
    }

    /// <summary>A batch that generates for ever, and somebody who watches it and has been told how it is.</summary>
    private (IActorRef Atlas, BatchId Id, TestProbe Watcher) WatchedBatch()
    {
        Atlas.OnPoll = (_, _) => Task.FromResult<PollAnswer>(new PollAnswer.Running("processing"));
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(2)).Id;
        RunUntil(atlas, id, view => view.Count(JobStage.Generating) == 2);
        var watcher = CreateTestProbe();
        atlas.Tell(new BatchQueries.WatchBatch(id), watcher.Ref);
        watcher.FishForMessage(message => message is BatchNotice.PhaseChanged { Batch.Phase: BatchPhase.Running }, Patience);
        return (atlas, id, watcher);
    }

    private static List<BatchNotice> NoticesUntilRest(TestProbe watcher)
    {
        var told = new List<BatchNotice>();
        do
            told.Add(watcher.ExpectMsg<BatchNotice>(Patience));
        while (told[^1] is not BatchNotice.PhaseChanged { IsRest: true });
        return told;
    }

    private static BatchPhase RestOf(List<BatchNotice> told) => ((BatchNotice.PhaseChanged)told[^1]).Batch.Phase;

    private static void Drain(TestProbe probe) => _ = Drained(probe);

    private static List<object> Drained(TestProbe probe)
    {
        var all = new List<object>();
        while (probe.HasMessages) all.Add(probe.ReceiveOne(Patience)!);
        return all;
    }
}
