using AtlasActors.Atlas;
using AtlasActors.Batches;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Batches;

/// <summary>Jobs that make more than one file.</summary>
public class SeveralOutputsSpecs : CrashSpecs
{
    private static readonly BatchDefinition TwoOfOneName = Some.Batch(Some.Image(1, "hero"), Some.Image(2, "hero"));

    [Fact]
    public void A_crash_between_two_downloads_changes_no_name_even_when_Atlas_tells_of_fewer_after_it()
    {
        var orders = new List<string>();
        var isFirstLife = true;
        Atlas.OnPoll = (id, _) => Task.FromResult<PollAnswer>(new PollAnswer.Completed(
            isFirstLife ? [$"https://cdn/{id}/a", $"https://cdn/{id}/b"] : [$"https://cdn/{id}/a"], null));
        Atlas.OnDownload = (order, _) =>
        {
            lock (orders) orders.Add(Path.GetFileName(order.Target));
            return isFirstLife && order.IsFurther
                ? new TaskCompletionSource<DownloadAnswer>().Task
                : Task.FromResult(ScriptedAtlas.Saved(order));
        };
        var first = StartAtlas("atlas-first");
        var id = Begin(first, TwoOfOneName).Id;
        AwaitCondition(() =>
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            lock (orders) return orders.Count == 4;
        }, TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(1));
        Crash(first);
        Assert.Equal(["hero-1", "hero-2", "hero_2_1", "hero_2_2"], orders.Order(StringComparer.Ordinal));

        isFirstLife = false;
        var second = StartAtlas("atlas-second");
        AskWhileTimePasses(second, new BatchCommands.ContinueBatch(id));
        RunToRest(second, id);

        Assert.Equal(
            ["images/hero-1.png", "images/hero_2_1.png"], LookAtJobs(second, id).SelectMany(job => job.Files));
        Assert.Equal(2, Atlas.Submitted.Count);
    }

    [Fact]
    public void A_text_is_an_output_like_any_other()
    {
        Atlas.OnPoll = (_, _) => Task.FromResult<PollAnswer>(
            new PollAnswer.Completed(["data:text/plain;base64,aGk=", "data:application/json;base64,e30="], null));
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Batch(Some.Image(1, "said") with { Kind = MediaKind.Audio })).Id;
        RunToRest(atlas, id);

        var job = LookAtJobs(atlas, id).Single();
        Assert.Equal((JobStage.Succeeded, "data:"), (job.Stage, job.OutputUrl));
        Assert.Equal(["audio/said_1.png", "audio/said_2.png"], job.Files);
    }
}
