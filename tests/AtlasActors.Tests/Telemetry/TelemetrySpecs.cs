using System.Diagnostics;
using AtlasActors.Atlas;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Gate;
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
    public void Why_jobs_wait_is_shown_with_each_of_them_under_one_reason()
    {
        using var seen = new SeenMeasures(Model);
        Atlas.OnSubmit = (_, before) => Task.FromResult<SubmitAnswer>(
            before == 0 ? new SubmitAnswer.RateLimited(new AtlasFailure("slower"), TimeSpan.FromMinutes(5)) : Atlas.Take());
        Atlas.OnPoll = (_, _) => Task.FromResult<PollAnswer>(new PollAnswer.Running("processing"));
        var limits = new GateLimits(1000, 2, new Dictionary<string, int>(), TimeSpan.FromMinutes(1));
        var atlas = StartAtlas(settings: Some.Settings with { Gate = limits });
        var pack = Pack(8);
        var needing = pack.Jobs[7] with { Inputs = [new JobInput("image") { Job = 1 }] };
        var id = Begin(atlas, pack with { MaxWorkers = 4, Jobs = [.. pack.Jobs.Take(7), needing] }).Id;

        // The first is refused and waits for its next attempt; who has a slot waits for the model's pause to end.
        AwaitAssert(() => Assert.Equal((1d, 1d, 0d), (Waiting("job"), Waiting("backoff"), Waiting("model_limit"))));
        AwaitAssert(() => Assert.Equal(seen.Sum("atlas_actors.gate.waiting"), Waiting("rate_limited")));
        AwaitAssert(() => Assert.Equal(seen.Sum("atlas_actors.jobs", "stage=queued") - 1, Waiting("rate_limited") + Waiting("slot")));

        Clock.Advance(TimeSpan.FromMinutes(6));
        AwaitAssert(() => Assert.Equal((0d, 2d), (Waiting("backoff"), seen.Sum("atlas_actors.gate.in_flight"))));

        Ask(atlas, new BatchCommands.PauseBatch(id));
        AwaitAssert(() => Assert.Equal((0d, 0d), (Waiting("slot"), Waiting("rate_limited") + Waiting("model_limit"))));
        AwaitAssert(() => Assert.Equal(seen.Sum("atlas_actors.jobs", "stage=queued"), Waiting("paused")));

        Ask(atlas, new BatchCommands.CancelJobs(id, null));
        AwaitAssert(() => Assert.Equal(0, Waiting("")));

        double Waiting(string reason) => seen.Sum("atlas_actors.jobs.waiting", reason.Length == 0 ? "" : $"reason={reason}");
    }

    [Fact]
    public void What_is_left_of_each_budget_is_shown_and_is_all_of_it_again_when_it_begins_anew()
    {
        var settings = Some.Settings with
        {
            Budgets = [new Budget("seen-day", null, BudgetPeriod.Day, new Usd(0.10m)), new Budget("seen-total", "team:films", BudgetPeriod.Total, new Usd(5))],
        };
        using var seen = new SeenMeasures("");
        var atlas = StartAtlas(settings: settings);
        AwaitAssert(() => Assert.Equal((0.10, 5d), (Left("seen-day"), Left("seen-total"))));

        RunToRest(atlas, Begin(atlas, Pack(2)).Id);
        AwaitAssert(() => Assert.Equal((0.02, 5d), (Left("seen-day"), Left("seen-total"))));

        Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0.10, Left("seen-day"));

        Sys.Stop(atlas);
        AwaitAssert(() => Assert.Null(Left("seen-total")));

        double? Left(string budget) => seen.Now("atlas_actors.budget.left", $"budget={budget}") is [.., var left] ? left : null;
    }

    [Fact]
    public void Each_attempt_is_a_trace_linked_to_its_batchs()
    {
        using var seen = new SeenTraces();
        Atlas.OnPoll = (id, _) => Task.FromResult<PollAnswer>(
            id == "p1" ? new PollAnswer.Failed(new AtlasFailure("a worker failed"), IsFinal: false) : FinishedASecondAgo(id));
        var atlas = StartAtlas();
        // An id of its own: others begin batches in the same second, and are traced too.
        var id = BatchId.Parse("traced");
        atlas.Tell(new BatchCommands.StartBatch(Pack(1), Id: id), TestActor);
        ExpectMsg<BatchView>();
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
