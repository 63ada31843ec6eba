using Akka.Actor;
using AtlasActors.Atlas;
using AtlasActors.Batches;
using AtlasActors.Hosting;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Batches;

/// <summary>Removing what a finished batch made: its own files and no others, and nobody misses them.</summary>
public class BatchRemovalSpecs : CrashSpecs
{
    public BatchRemovalSpecs() => Atlas.OnDownload = (order, _) =>
    {
        var path = order.Target + ".png";
        var place = Path.Combine(OutputDir, path);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        File.WriteAllBytes(place, [1, 2, 3]);
        return Task.FromResult<DownloadAnswer>(new DownloadAnswer.Saved(path, 3, "ab"));
    };

    [Fact]
    public void Its_files_go_and_what_is_not_as_it_made_it_stays()
    {
        var (atlas, id) = Finished(3);
        File.WriteAllBytes(Image(2), [1, 2, 3, 4]);
        File.WriteAllText(Image(7), "somebody's");

        var removed = Remove(atlas, id);

        Assert.Equal((2, 6L), (removed.Files, removed.Bytes));
        Assert.Equal([false, true, false, true], [.. new[] { 1, 2, 3, 7 }.Select(number => File.Exists(Image(number)))]);
        Assert.True(File.Exists(Path.Combine(OutputDir, "manifest.json")));
        Assert.NotNull(removed.Batch.OutputsRemovedAt);
        Crash(atlas);
        var after = Look(StartAtlas("again"), id);
        Assert.Equal((removed.Batch.OutputsRemovedAt, true), (after.OutputsRemovedAt, after.IsSettled));
    }

    [Fact]
    public void Nobody_misses_them_and_a_second_time_writes_nothing()
    {
        var (atlas, id) = Finished(2);
        var removed = Remove(atlas, id);
        var downloads = Atlas.Downloads.Values.Sum();

        Ask(atlas, new BatchCommands.RefetchBatch(id));
        Assert.Equal(removed.Batch.Revision, RunToRest(atlas, id).Revision);
        Assert.Equal((0, removed.Batch.Revision), (Remove(atlas, id).Files, Look(atlas, id).Revision));
        Assert.Equal(downloads, Atlas.Downloads.Values.Sum());
    }

    [Fact]
    public void What_is_made_after_it_is_there_and_goes_the_next_time()
    {
        Atlas.OnSubmit = (body, before) => Task.FromResult<SubmitAnswer>(
            before < 2 && body.Contains("picture 2", StringComparison.Ordinal) ? new SubmitAnswer.Rejected(new AtlasFailure("No.")) : Atlas.Take());
        var (atlas, id) = Finished(2);
        Remove(atlas, id);
        Ask(atlas, new BatchCommands.CompactBatch(id));
        Crash(atlas);
        atlas = StartAtlas("again");

        Ask(atlas, new BatchCommands.RetryBatch(id));
        Assert.Equal(2, RunToRest(atlas, id).Count(JobStage.Succeeded));
        Assert.Equal([false, true], [File.Exists(Image(1)), File.Exists(Image(2))]);
        File.Delete(Image(2));
        Ask(atlas, new BatchCommands.RefetchBatch(id));
        RunToRest(atlas, id);
        Assert.Equal([false, true], [File.Exists(Image(1)), File.Exists(Image(2))]);

        Assert.Equal(1, Remove(atlas, id).Files);
        Assert.False(File.Exists(Image(2)));
    }

    [Fact]
    public void Ended_between_the_files_and_the_word_the_next_time_does_the_rest()
    {
        var (atlas, id) = Finished(2);
        Journal.Tell(new FailingJournal.FailWrite(1, $"batch-{id}"));
        Assert.IsType<Status.Failure>(AskWhileTimePasses(atlas, new BatchCommands.RemoveOutputs(id)));
        Journal.Tell(new FailingJournal.Mend());
        Crash(atlas);
        atlas = StartAtlas("again");
        Assert.Equal((false, null), (File.Exists(Image(1)), Look(atlas, id).OutputsRemovedAt));

        Assert.Equal(0, Remove(atlas, id).Files);
        Assert.NotNull(Look(atlas, id).OutputsRemovedAt);
    }

    [Fact]
    public async Task Whoever_takes_it_up_meanwhile_waits_until_it_is_said()
    {
        var (atlas, id) = Finished(2);
        var (reached, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        Journal.Tell(new FailingJournal.HoldWrite(nameof(BatchEvents.OutputsRemoved), reached, release.Task));
        var (remover, fetcher) = (CreateTestProbe(), CreateTestProbe());
        atlas.Tell(new BatchCommands.RemoveOutputs(id), remover.Ref);
        atlas.Tell(new BatchCommands.RefetchBatch(id), fetcher.Ref);
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(30));
        var downloads = Atlas.Downloads.Values.Sum();
        release.SetResult();

        remover.ExpectMsg<OutputsRemoval>();
        fetcher.ExpectMsg<BatchView>();
        Assert.Equal(BatchPhase.Finished, RunToRest(atlas, id).Phase);
        Assert.Equal((downloads, false), (Atlas.Downloads.Values.Sum(), File.Exists(Image(1))));
    }

    [Fact]
    public void A_batch_that_runs_keeps_them()
    {
        Atlas.OnPoll = (id, _) => Task.FromResult(id == "p1" ? ScriptedAtlas.Done(id) : new PollAnswer.Running("processing"));
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(2)).Id;
        RunUntil(atlas, id, view => view.Count(JobStage.Succeeded) == 1);

        var refused = Assert.IsType<Status.Failure>(AskWhileTimePasses(atlas, new BatchCommands.RemoveOutputs(id)));

        Assert.Equal($"Batch {id} is not finished: only what is can be rid of its outputs.", refused.Cause.Message);
        Assert.Single(Directory.GetFiles(Path.Combine(OutputDir, "images")));
    }

    private string Image(int number) => Path.Combine(OutputDir, "images", $"image_{number}.png");

    private (IActorRef Atlas, BatchId Id) Finished(int images)
    {
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(images)).Id;
        Assert.Equal(BatchPhase.Finished, RunToRest(atlas, id).Phase);
        return (atlas, id);
    }

    private OutputsRemoval Remove(IActorRef atlas, BatchId id) =>
        Assert.IsType<OutputsRemoval>(AskWhileTimePasses(atlas, new BatchCommands.RemoveOutputs(id)));
}
