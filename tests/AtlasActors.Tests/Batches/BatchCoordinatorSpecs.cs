using System.Text.Json;
using AtlasActors.Atlas;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Batches;

public class BatchCoordinatorSpecs : AtlasSpecs
{
    [Fact]
    public void What_is_made_without_outputs_is_charged_and_failed_and_not_made_again_and_a_flag_is_told()
    {
        Atlas.OnPoll = (id, _) => Task.FromResult<PollAnswer>(new PollAnswer.Completed([], 0.03m, IsFlagged: id == "p1"));
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(2, workers: 1)).Id;

        var view = RunToRest(atlas, id);

        Assert.Equal((2, 2, new Usd(0.06m)), (view.Count(JobStage.Failed), Atlas.Submitted.Count, view.Money.Charged));
        const string empty = "Atlas Cloud reports the generation as completed, and charges it, but gives no output";
        Assert.Equal(
            [$"{empty}, which it holds for unfit to be shown. Their support can refund it.", $"{empty}. Their support can refund it."],
            LookAtJobs(atlas, id).Select(job => job.Error));
    }

    [Fact]
    public void A_failure_names_the_request_that_Atlas_s_support_asks_for()
    {
        Atlas.OnSubmit = (_, _) =>
            Task.FromResult<SubmitAnswer>(new SubmitAnswer.Rejected(new AtlasFailure("No such model.", 404, "404", "req-7")));
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(1)).Id;

        RunToRest(atlas, id);

        Assert.Equal("No such model. (request req-7)", Assert.Single(LookAtJobs(atlas, id)).Error);
    }

    private static readonly AtlasFailure Trouble = new("It did not work.");

    [Fact]
    public void A_batch_runs_to_its_end_and_each_job_is_submitted_once()
    {
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(10)).Id;

        var view = RunToRest(atlas, id);

        Assert.Equal((BatchPhase.Finished, 10), (view.Phase, view.Count(JobStage.Succeeded)));
        Assert.Equal(10, Atlas.Submitted.Distinct().Count());
        Assert.Equal(10, Atlas.Submitted.Count);
        Assert.Equal(new Usd(0.40m), view.Money.Charged);
    }

    [Fact]
    public void Ledger_and_manifest_agree_with_the_batch()
    {
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(4)).Id;
        RunToRest(atlas, id);

        atlas.Tell(new LedgerQueries.GetLedger(id), TestActor);
        var ledger = ExpectMsg<LedgerView>();
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(OutputDir, "manifest.json")));

        Assert.Equal((new Usd(0.16m), Usd.Zero), (ledger.Charged, ledger.Reserved));
        Assert.Equal("0.1600", manifest.RootElement.GetProperty("total_cost").GetRawText());
        Assert.Equal(4, manifest.RootElement.GetProperty("successful").GetInt32());
        Assert.Equal("out/images/image_1.png", manifest.RootElement.GetProperty("results")[0].GetProperty("local_path").GetString());
        Assert.Equal([1, 2, 3, 4], manifest.RootElement.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("job").GetInt32()));
    }

    [Fact]
    public void No_more_jobs_are_with_Atlas_than_there_are_slots()
    {
        Atlas.OnPoll = (_, _) => Task.FromResult<PollAnswer>(new PollAnswer.Running("processing"));
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(10, workers: 3)).Id;

        var view = RunUntil(atlas, id, _ => Atlas.Polls.Values.Sum() > 12);

        Assert.Equal((3, 7), (view.Count(JobStage.Generating), view.Count(JobStage.Queued)));
        Assert.Equal(3, Atlas.Submitted.Count);
    }

    [Fact]
    public void A_download_holds_no_slot()
    {
        Atlas.OnDownload = (_, _) => new TaskCompletionSource<DownloadAnswer>().Task;
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(6, workers: 1)).Id;

        RunUntil(atlas, id, view => view.Count(JobStage.Downloading) == 6);

        Assert.Equal(6, Atlas.Submitted.Count);
    }

    [Fact]
    public void A_429_is_waited_for_and_costs_neither_attempt_nor_money()
    {
        Atlas.OnSubmit = (_, before) => Task.FromResult<SubmitAnswer>(
            before < 3 ? new SubmitAnswer.RateLimited(Trouble, null) : Atlas.Take());
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(1)).Id;

        RunToRest(atlas, id);

        var job = LookAtJobs(atlas, id).Single();
        Assert.Equal((JobStage.Succeeded, 1, new Usd(0.04m)), (job.Stage, job.Attempt, job.Cost));
        Assert.Equal(4, Atlas.Submitted.Count);
    }

    [Fact]
    public void A_lost_answer_is_never_submitted_again_by_itself()
    {
        Atlas.OnSubmit = (_, _) => Task.FromResult<SubmitAnswer>(new SubmitAnswer.Unknown(Trouble));
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(1)).Id;
        Assert.Equal(1, RunToRest(atlas, id).Count(JobStage.InDoubt));

        Ask(atlas, new BatchCommands.ContinueBatch(id));
        RunToRest(atlas, id);
        Ask(atlas, new BatchCommands.RetryBatch(id, InDoubt: false, null));
        RunToRest(atlas, id);

        Assert.Single(Atlas.Submitted);
        Assert.Equal(new Usd(0.04m), Look(atlas, id).Money.InDoubt);
    }

    [Fact]
    public void A_job_in_doubt_is_submitted_again_when_a_person_says_so()
    {
        Atlas.OnSubmit = (_, before) => Task.FromResult<SubmitAnswer>(before == 0 ? new SubmitAnswer.Unknown(Trouble) : Atlas.Take());
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(1)).Id;
        RunToRest(atlas, id);

        Ask(atlas, new BatchCommands.RetryBatch(id, InDoubt: true, null));
        var view = RunToRest(atlas, id);

        Assert.Equal((1, new Usd(0.04m), new Usd(0.04m)), (view.Count(JobStage.Succeeded), view.Money.Charged, view.Money.InDoubt));
    }

    [Fact]
    public void A_refused_key_halts_the_batch_and_loses_nothing()
    {
        Atlas.OnSubmit = (_, before) => Task.FromResult<SubmitAnswer>(before == 0 ? new SubmitAnswer.KeyRefused(Trouble) : Atlas.Take());
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(5, workers: 1)).Id;

        var halted = RunToRest(atlas, id);
        Assert.Equal((BatchPhase.Halted, HaltReason.KeyRefused, 5), (halted.Phase, halted.Halt, halted.Count(JobStage.Queued)));
        Assert.Single(Atlas.Submitted);

        Ask(atlas, new BatchCommands.ContinueBatch(id));
        Assert.Equal(5, RunToRest(atlas, id).Count(JobStage.Succeeded));
    }

    [Fact]
    public void With_an_empty_balance_what_Atlas_has_is_seen_through_and_nothing_more_is_submitted()
    {
        Atlas.OnSubmit = (_, before) => Task.FromResult<SubmitAnswer>(before < 2 ? Atlas.Take() : new SubmitAnswer.OutOfBalance(Trouble));
        Atlas.OnPoll = (id, before) => Task.FromResult(before < 2 ? new PollAnswer.Running("processing") : ScriptedAtlas.Done(id));
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(6, workers: 3)).Id;

        var view = RunToRest(atlas, id);

        Assert.Equal((BatchPhase.Halted, HaltReason.OutOfBalance), (view.Phase, view.Halt));
        Assert.Equal((2, 4), (view.Count(JobStage.Succeeded), view.Count(JobStage.Queued)));
        Assert.Equal(3, Atlas.Submitted.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    public void A_budget_is_used_up_and_never_passed_however_many_run_at_once(int workers)
    {
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(10, workers), new Usd(0.13m)).Id;

        var view = RunToRest(atlas, id);

        Assert.Equal((3, 7), (view.Count(JobStage.Succeeded), view.Count(JobStage.Refused)));
        Assert.Equal((3, new Usd(0.12m)), (Atlas.Submitted.Count, view.Money.Charged));
    }

    [Fact]
    public void A_job_over_its_wait_is_overdue_and_a_resume_collects_it_without_paying_again()
    {
        var isDone = false;
        Atlas.OnPoll = (id, _) => Task.FromResult(isDone ? ScriptedAtlas.Done(id) : new PollAnswer.Running("processing"));
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(2)).Id;

        var late = RunToRest(atlas, id);
        Assert.Equal((BatchPhase.Finished, 2, new Usd(0.08m)), (late.Phase, late.Count(JobStage.Overdue), late.Money.Reserved));

        isDone = true;
        Ask(atlas, new BatchCommands.ContinueBatch(id));
        var view = RunToRest(atlas, id);
        Assert.Equal((2, 2, new Usd(0.08m)), (view.Count(JobStage.Succeeded), Atlas.Submitted.Count, view.Money.Charged));
    }

    [Fact]
    public void A_job_that_lay_for_a_day_has_its_whole_wait_when_it_is_taken_up()
    {
        Atlas.OnPoll = (id, before) => Task.FromResult(before < 3 ? new PollAnswer.Running("processing") : ScriptedAtlas.Done(id));
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(1)).Id;
        RunUntil(atlas, id, view => view.Count(JobStage.Generating) == 1);
        Ask(atlas, new BatchCommands.StopBatch(id));

        Clock.Advance(TimeSpan.FromDays(1));
        Ask(atlas, new BatchCommands.ContinueBatch(id));

        Assert.Equal(1, RunToRest(atlas, id).Count(JobStage.Succeeded));
    }

    [Fact]
    public void A_stop_waits_for_the_answer_of_a_submission_under_way()
    {
        var answer = new TaskCompletionSource<SubmitAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        Atlas.OnSubmit = (_, before) => before == 0 ? answer.Task : Task.FromResult<SubmitAnswer>(Atlas.Take());
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(3, workers: 1)).Id;
        AwaitCondition(() => Atlas.Submitted.Count == 1, TimeSpan.FromSeconds(30));

        atlas.Tell(new BatchCommands.StopBatch(id), TestActor);
        AwaitCondition(() => Look(atlas, id).Phase == BatchPhase.Stopping, TimeSpan.FromSeconds(30));
        answer.SetResult(Atlas.Take());

        var stopped = ExpectMsg<BatchView>();
        Assert.Equal((BatchPhase.Idle, 1, 2), (stopped.Phase, stopped.Count(JobStage.Generating), stopped.Count(JobStage.Queued)));
        Ask(atlas, new BatchCommands.ContinueBatch(id));
        Assert.Equal(3, RunToRest(atlas, id).Count(JobStage.Succeeded));
        Assert.Equal(3, Atlas.Submitted.Count);
    }

    [Fact]
    public void A_hundred_faults_in_a_row_do_not_take_the_batch_down()
    {
        Atlas.OnPoll = (id, before) => before < 4 ? throw new InvalidOperationException("a fault of ours") : Task.FromResult(ScriptedAtlas.Done(id));
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(25, workers: 5)).Id;

        var view = RunToRest(atlas, id);

        Assert.Equal((25, 25), (view.Count(JobStage.Succeeded), Atlas.Submitted.Count));
    }

    [Fact]
    public void A_download_that_breaks_off_is_tried_again_and_nothing_is_generated_twice()
    {
        Atlas.OnDownload = (order, before) => Task.FromResult(
            before < 3 ? new DownloadAnswer.Interrupted(Trouble, null) : ScriptedAtlas.Saved(order));
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(2)).Id;

        Assert.Equal(2, RunToRest(atlas, id).Count(JobStage.Succeeded));
        Assert.Equal(2, Atlas.Submitted.Count);
    }

    [Fact]
    public void A_disk_that_refuses_halts_the_batch_and_later_the_file_is_fetched_unpaid()
    {
        var isFull = true;
        Atlas.OnDownload = (order, _) => Task.FromResult(isFull ? new DownloadAnswer.DiskRefused(Trouble) : ScriptedAtlas.Saved(order));
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(1)).Id;
        Assert.Equal(HaltReason.DiskRefused, RunToRest(atlas, id).Halt);

        isFull = false;
        Ask(atlas, new BatchCommands.ContinueBatch(id));

        Assert.Equal(1, RunToRest(atlas, id).Count(JobStage.Succeeded));
        Assert.Single(Atlas.Submitted);
    }

    [Fact]
    public void Several_outputs_of_one_job_are_all_brought()
    {
        Atlas.OnPoll = (_, _) => Task.FromResult<PollAnswer>(new PollAnswer.Completed(["https://cdn/a.png", "https://cdn/b.png"], null));
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(1)).Id;
        RunToRest(atlas, id);

        Assert.Equal(["images/image_1_1.png", "images/image_1_2.png"], LookAtJobs(atlas, id).Single().Files);
    }

    [Fact]
    public void An_answer_that_brings_the_outputs_at_once_needs_no_poll()
    {
        Atlas.OnSubmit = (_, _) => Task.FromResult<SubmitAnswer>(Atlas.Take() with { Immediate = ScriptedAtlas.Done("p1") });
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(1)).Id;

        Assert.Equal(1, RunToRest(atlas, id).Count(JobStage.Succeeded));
        Assert.Empty(Atlas.Polls);
    }

    [Fact]
    public void Who_watches_is_told_every_end_and_then_the_rest()
    {
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(3)).Id;
        var watcher = CreateTestProbe();
        atlas.Tell(new BatchQueries.WatchBatch(id), watcher.Ref);
        RunToRest(atlas, id);

        var ends = new HashSet<int>();
        watcher.FishForMessage(message =>
        {
            if (message is BatchNotice.JobMoved { Job.Stage: JobStage.Succeeded } moved) ends.Add(moved.Job.Number);
            return message is BatchNotice.PhaseChanged { Batch.Phase: BatchPhase.Finished };
        }, TimeSpan.FromSeconds(30));
        Assert.Equal([1, 2, 3], ends.Order());
    }
}
