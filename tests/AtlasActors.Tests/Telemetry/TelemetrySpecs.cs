using System.Diagnostics;
using AtlasActors.Atlas;
using AtlasActors.Batches;
using AtlasActors.Jobs;
using AtlasActors.Telemetry;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Telemetry;

public class TelemetrySpecs : AtlasSpecs
{
    private const string Model = "telemetry/specs";

    [Fact]
    public void A_batch_is_counted_from_its_first_submission_to_its_last_file()
    {
        using var seen = new SeenMeasures(Model);
        // The second is refused at first, the third is lost for ever; the first poll of each tells nothing yet.
        Atlas.OnSubmit = (_, before) => Task.FromResult<SubmitAnswer>(before switch
        {
            1 => new SubmitAnswer.RateLimited(new AtlasFailure("slower"), TimeSpan.FromSeconds(4)),
            2 => new SubmitAnswer.Unknown(new AtlasFailure("cut")),
            _ => Atlas.Take(),
        });
        Atlas.OnPoll = (id, before) => Task.FromResult<PollAnswer>(
            before == 0 ? new PollAnswer.Running("processing") : FinishedASecondAgo(id));
        var atlas = StartAtlas();
        var id = Begin(atlas, Pack(3)).Id;
        Assert.Equal(2, RunToRest(atlas, id).Count(JobStage.Succeeded));

        Assert.Equal(2, seen.Sum("atlas_actors.submissions", "outcome=accepted"));
        Assert.Equal(1, seen.Sum("atlas_actors.submissions", "outcome=rate_limited"));
        Assert.Equal(1, seen.Sum("atlas_actors.submissions", "outcome=unknown"));
        Assert.Equal(4, seen.Sum("atlas_actors.polls"));
        Assert.Equal([2d, 2d], seen.All("atlas_actors.generation.polls"));
        Assert.Equal([1d, 1d], seen.All("atlas_actors.notice.delay"));
        Assert.Equal(2, seen.Sum("atlas_actors.jobs.ended", "end=succeeded"));
        Assert.Equal(1, seen.Sum("atlas_actors.jobs.ended", "end=in_doubt"));
        Assert.Equal((2d, 6d), (seen.Sum("atlas_actors.downloads"), seen.Sum("atlas_actors.downloads.size")));
        Assert.Equal(0.08, seen.Sum("atlas_actors.money", "status=charged"), 6);
    }

    [Fact]
    public void What_a_batch_at_rest_had_on_its_way_is_not_shown_any_more()
    {
        using var seen = new SeenMeasures(Model);
        Atlas.OnPoll = (_, _) => Task.FromResult<PollAnswer>(new PollAnswer.Running("processing"));
        var atlas = StartAtlas();
        var id = Begin(atlas, Pack(5) with { MaxWorkers = 2 }).Id;
        RunUntil(atlas, id, view => view.Count(JobStage.Generating) == 2);

        Assert.Equal((2d, 3d), (seen.Sum("atlas_actors.jobs", "stage=generating"), seen.Sum("atlas_actors.jobs", "stage=queued")));
        Assert.Equal(0.08, seen.Sum("atlas_actors.money", "status=reserved"), 6);
        Assert.Equal((0d, 2d), (seen.Sum("atlas_actors.gate.waiting"), seen.Sum("atlas_actors.gate.in_flight")));

        Ask(atlas, new BatchCommands.StopBatch(id));
        AwaitAssert(() => Assert.Equal(0, seen.Sum("atlas_actors.gate.in_flight")));
        Assert.Equal((0d, 0d), (seen.Sum("atlas_actors.jobs"), Math.Round(seen.Sum("atlas_actors.money"), 6)));
    }

    [Fact]
    public void Cancelled_jobs_are_not_shown_as_waiting_any_more()
    {
        using var seen = new SeenMeasures(Model);
        Atlas.OnPoll = (_, _) => Task.FromResult<PollAnswer>(new PollAnswer.Running("processing"));
        var atlas = StartAtlas();
        var id = Begin(atlas, Pack(5) with { MaxWorkers = 2 }).Id;
        RunUntil(atlas, id, view => view.Count(JobStage.Generating) == 2);

        Ask(atlas, new BatchCommands.CancelJobs(id, null));

        Assert.Equal((2d, 0d), (seen.Sum("atlas_actors.jobs", "stage=generating"), seen.Sum("atlas_actors.jobs", "stage=queued")));
        Assert.Equal(3, seen.Sum("atlas_actors.jobs.ended", "end=cancelled"));
    }

    [Fact]
    public void Each_attempt_is_a_trace_linked_to_its_batchs()
    {
        using var seen = new SeenTraces();
        Atlas.OnPoll = (id, _) => Task.FromResult<PollAnswer>(
            id == "p1" ? new PollAnswer.Failed(new AtlasFailure("a worker failed"), IsFinal: false) : FinishedASecondAgo(id));
        var atlas = StartAtlas();
        var id = Begin(atlas, Pack(1)).Id;
        RunToRest(atlas, id);

        var attempts = seen.Of(id, "attempt");
        Assert.Equal([1, 2], attempts.Select(attempt => attempt.GetTagItem("atlas.attempt")));
        Assert.Equal(["p1", "p2"], attempts.Select(attempt => attempt.GetTagItem("atlas.prediction")));
        Assert.Equal([ActivityStatusCode.Error, ActivityStatusCode.Unset], attempts.Select(attempt => attempt.Status));
        Assert.Equal(2, attempts.Select(attempt => attempt.TraceId).Distinct().Count());
        var batch = Assert.Single(seen.Of(id, "batch"));
        Assert.All(attempts, attempt => Assert.Equal(batch.Context, Assert.Single(attempt.Links).Context));
        Assert.Equal(["submit", "generate", "download"], seen.PartsOf(attempts[1]).Select(part => part.OperationName));
        Assert.Equal(["submit", "generate"], seen.PartsOf(attempts[0]).Select(part => part.OperationName));
    }

    private PollAnswer.Completed FinishedASecondAgo(string id) =>
        new([$"https://cdn.example/{id}.png"], null) { FinishedAt = Clock.Now - TimeSpan.FromSeconds(1) };

    private static BatchDefinition Pack(int jobs)
    {
        var pack = Some.Images(jobs);
        return pack with { Jobs = [.. pack.Jobs.Select(job => job with { Model = Model })] };
    }
}
