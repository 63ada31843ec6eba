using System.Text.Json;
using AtlasActors.Atlas;
using AtlasActors.Batches;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Manifests;

public class TakenUpAgainSpecs : CrashSpecs
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_job_that_is_retried_is_no_failure_in_the_manifest_any_more_in_whichever_life(bool isNewLife)
    {
        Atlas.OnSubmit = (_, before) => Task.FromResult<SubmitAnswer>(
            before == 0 ? new SubmitAnswer.Rejected(new AtlasFailure("no such model")) : Atlas.Take());
        var atlas = StartAtlas("first");
        var id = Begin(atlas, Some.Images(2, workers: 1)).Id;
        RunToRest(atlas, id);
        Assert.Equal((1, 1, 0), Counts());
        if (isNewLife)
        {
            Crash(atlas);
            atlas = StartAtlas("second");
        }

        var asked = new TaskCompletionSource();
        Atlas.OnPoll = (_, _) =>
        {
            asked.TrySetResult();
            return Task.FromResult<PollAnswer>(new PollAnswer.Running("processing"));
        };
        Assert.IsType<BatchView>(AskWhileTimePasses(atlas, new BatchCommands.RetryBatch(id)));
        RunUntil(atlas, id, _ => asked.Task.IsCompleted);
        var stopped = Assert.IsType<BatchView>(AskWhileTimePasses(atlas, new BatchCommands.StopBatch(id)));

        Assert.Equal(1, stopped.Count(JobStage.Generating));
        Assert.Equal((1, 0, 1), Counts());
    }

    [Fact]
    public void Of_jobs_that_were_only_submitted_nothing_is_withdrawn_as_they_are_taken_up_again()
    {
        Atlas.OnPoll = (_, _) => Task.FromResult<PollAnswer>(new PollAnswer.Running("processing"));
        var atlas = StartAtlas("first");
        var id = Begin(atlas, Some.Images(3, workers: 2)).Id;
        RunUntil(atlas, id, batch => batch.Count(JobStage.Generating) == 2);
        Crash(atlas);

        atlas = StartAtlas("second");
        Assert.IsType<BatchView>(AskWhileTimePasses(atlas, new BatchCommands.ContinueBatch(id)));
        Assert.IsType<BatchView>(AskWhileTimePasses(atlas, new BatchCommands.StopBatch(id)));

        Assert.Empty(EventsOf($"manifest-{id}").All);
        Assert.Equal((0, 0, 3), Counts());
    }

    private (int Successful, int Failed, int Unfinished) Counts()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(OutputDir, "manifest.json")));
        int Count(string name) => manifest.RootElement.GetProperty(name).GetInt32();
        return (Count("successful"), Count("failed"), Count("unfinished"));
    }
}
