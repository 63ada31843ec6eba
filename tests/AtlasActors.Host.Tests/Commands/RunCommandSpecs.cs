using System.Text.Json;
using AtlasActors.Batches;
using AtlasActors.BatchFiles;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Hosting;
using AtlasActors.Jobs;
using Xunit;

namespace AtlasActors.Host.Tests.Commands;

public sealed class RunCommandSpecs : IDisposable
{
    private static readonly string Fingerprint =
        BatchFingerprint.Of(BatchFileReader.Read(Files.Pack, "pack.yaml").Definition!);

    private readonly ScriptedProgram _program = new ScriptedProgram().WithFile("pack.yaml", Files.Pack);

    public void Dispose() => _program.Dispose();

    private ScriptedBatches Batches => _program.Batches;

    [Fact]
    public async Task A_batch_is_run_to_its_end_with_a_line_for_each_job_and_a_summary()
    {
        Script(BatchPhase.Finished, Views.Done(1, "Hero shot"), Views.Done(2, "Clip", Views.Seedance, 0.11m, 61));
        Assert.Equal(0, await _program.RunAsync("run", "pack.yaml"));
        Assert.Equal(["start"], Batches.Asked);
        Assert.Contains(
            "pack.yaml: 2 jobs, USD 0.15 expected, 2 at once, into pipeline_output",
            _program.Text, StringComparison.Ordinal);
        Assert.Contains("[OK] Hero shot -- USD0.040 -- 12.3s", _program.Text, StringComparison.Ordinal);
        Assert.Contains("[OK] Clip -- USD0.110 -- 61.0s", _program.Text, StringComparison.Ordinal);
        Assert.Contains("Total cost:   USD 0.1500", _program.Text, StringComparison.Ordinal);
        Assert.Empty(_program.Errors);
        Assert.Equal(1, Batches.Closed);
    }

    [Fact]
    public async Task What_ended_before_anybody_watched_is_told_all_the_same_and_once()
    {
        Script(BatchPhase.Finished, Views.Done(1, "Hero shot"), Views.Done(2, "Clip"));
        Batches.Script = [Batches.Script[^1]];
        await _program.RunAsync("run", "pack.yaml");
        Assert.Equal(2, _program.Text.Split("[OK]").Length - 1);
    }

    [Fact]
    public async Task Options_go_over_the_file()
    {
        Script(BatchPhase.Finished, Views.Done(1), Views.Done(2));
        await _program.RunAsync("run", "pack.yaml", "-o", "elsewhere", "--max-workers", "7", "--max-cost", "0.5");
        Assert.Equal(["start with 0.5000"], Batches.Asked);
        Assert.Equal(7, Batches.Started!.MaxWorkers);
        Assert.Equal(_program.Folder.File("elsewhere"), Batches.Opened[0].OutputDir);
    }

    [Fact]
    public async Task The_library_gets_the_key_and_the_address_of_the_variables_and_goes_on_with_nothing_by_itself()
    {
        Script(BatchPhase.Finished, Views.Done(1), Views.Done(2));
        _program.With("ATLASCLOUD_BASE_URL", "http://localhost:1234/api/v1/");
        await _program.RunAsync("run", "pack.yaml");
        var options = Batches.Opened[0];
        Assert.Equal("apikey-for-tests", options.ApiKey);
        Assert.Equal(new Uri("http://localhost:1234/api/v1/"), options.BaseUrl);
        Assert.Equal("http://localhost:1234/api/v1", options.EndpointName);
        Assert.False(options.ContinueUnfinished);
        Assert.Equal(1, options.Haste);
    }

    [Fact]
    public async Task A_rehearsal_needs_no_key_and_gets_a_simulator_of_its_own()
    {
        Script(BatchPhase.Finished, Views.Done(1), Views.Done(2));
        _program.With("ATLASCLOUD_API_KEY", null);
        Assert.Equal(0, await _program.RunAsync("run", "pack.yaml", "--simulate", "--speed", "50"));
        var options = Batches.Opened[0];
        Assert.True(options.BaseUrl.IsLoopback);
        Assert.Equal(("simulator", 50d), (options.EndpointName, options.Haste));
    }

    [Fact]
    public async Task Without_a_key_nothing_is_made_and_nothing_is_sent()
    {
        _program.With("ATLASCLOUD_API_KEY", null);
        Assert.Equal(2, await _program.RunAsync("run", "pack.yaml"));
        Assert.Contains("ATLASCLOUD_API_KEY", _program.Errors, StringComparison.Ordinal);
        Assert.Empty(Batches.Opened);
        Assert.False(Directory.Exists(_program.Folder.File("pipeline_output")));
    }

    [Fact]
    public async Task A_run_that_only_a_used_up_budget_holds_back_ends_with_code_4_and_does_not_wait()
    {
        Script(BatchPhase.Finished, Views.Done(1), Views.Job(2, JobStage.Queued));
        const string message = "The budget 'films' (USD 0.0400) is used up: USD 0.0400 is spent or on its way.";
        var waiting = Views.Batch(BatchPhase.Running, Batches.Jobs, id: "new") with { Pause = new("films", message, null) };
        Batches.Script = [new BatchNotice.PhaseChanged(waiting)];
        Batches.AfterStop = Views.Batch(BatchPhase.Halted, Batches.Jobs, HaltReason.BudgetReached, message, id: "new");

        Assert.Equal(4, await _program.RunAsync("run", "pack.yaml"));

        Assert.Equal(["start", "stop new"], Batches.Asked);
        Assert.Contains(message, _program.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(JobStage.Failed, 3)]
    [InlineData(JobStage.InDoubt, 3)]
    [InlineData(JobStage.Overdue, 3)]
    [InlineData(JobStage.Refused, 4)]
    public async Task The_exit_code_tells_how_it_ended(JobStage stage, int code)
    {
        Script(BatchPhase.Finished, Views.Done(1), Views.Job(2, stage));
        Assert.Equal(code, await _program.RunAsync("run", "pack.yaml"));
    }

    [Theory]
    [InlineData(HaltReason.KeyRefused, 5)]
    [InlineData(HaltReason.OutOfBalance, 5)]
    [InlineData(HaltReason.DiskRefused, 1)]
    [InlineData(HaltReason.JournalFailed, 1)]
    public async Task A_halted_batch_tells_why_and_how_to_go_on(HaltReason reason, int code)
    {
        Script(BatchPhase.Halted, reason, "This is why.", Views.Done(1), Views.Job(2, JobStage.Queued));
        Assert.Equal(code, await _program.RunAsync("run", "pack.yaml"));
        Assert.Contains("This is why.", _program.Text, StringComparison.Ordinal);
        Assert.Contains("atlas-actors resume pipeline_output", _program.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_skipped_job_is_told_and_does_not_spoil_the_outcome()
    {
        _program.WithFile("pack.yaml", Files.PackWithAudio);
        Script(BatchPhase.Finished, Views.Done(1), Views.Done(2));
        Assert.Equal(0, await _program.RunAsync("run", "pack.yaml"));
        Assert.Contains("[SKIP] Jingle -- unknown type 'hologram'", _program.Text, StringComparison.Ordinal);
        Assert.Contains("warning: pack.yaml:", _program.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_batch_goes_on_where_it_was()
    {
        Known(BatchPhase.Idle, Views.Done(1, "Hero shot"), Views.Job(2, JobStage.Queued, "Clip"));
        Script(BatchPhase.Finished, Views.Done(1, "Hero shot"), Views.Done(2, "Clip"));
        Assert.Equal(0, await _program.RunAsync("run", "pack.yaml"));
        Assert.Equal(["resume 20261121-060000-0001"], Batches.Asked);
        Assert.Contains("Going on with pack.yaml: 1 of 2 done.", _program.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_that_only_a_new_batch_heeds_are_told_so()
    {
        Known(BatchPhase.Idle, Views.Done(1), Views.Job(2, JobStage.Queued));
        Script(BatchPhase.Finished, Views.Done(1), Views.Done(2));
        await _program.RunAsync("run", "pack.yaml", "--max-workers", "9");
        Assert.Contains("count for a new batch", _program.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_batch_once_done_sends_nothing_and_exits_as_it_ended()
    {
        Known(BatchPhase.Finished, Views.Done(1), Views.Job(2, JobStage.Failed));
        Assert.Equal(3, await _program.RunAsync("run", "pack.yaml"));
        Assert.Empty(Batches.Asked);
        Assert.Contains("--new generates it again", _program.Text, StringComparison.Ordinal);
        Assert.Contains("Jobs:         2", _program.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_batch_in_the_folder_is_left_alone()
    {
        Known(BatchPhase.Idle, Views.Done(1), Views.Job(2, JobStage.Queued));
        Batches.Known[0] = Batches.Known[0] with { Fingerprint = "other" };
        Assert.Equal(2, await _program.RunAsync("run", "pack.yaml"));
        Assert.Empty(Batches.Asked);
        Assert.Contains("unfinished batch of another content", _program.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_batch_is_begun_beside_the_earlier_one()
    {
        Known(BatchPhase.Finished, Views.Done(1), Views.Done(2));
        Script(BatchPhase.Finished, Views.Done(1), Views.Done(2));
        Assert.Equal(0, await _program.RunAsync("run", "pack.yaml", "--new"));
        Assert.Equal(["start"], Batches.Asked);
    }

    [Fact]
    public async Task Ctrl_C_stops_the_batch_and_says_how_to_go_on()
    {
        JobView[] jobs = [Views.Done(1), Views.Job(2, JobStage.Generating)];
        Batches.Jobs = jobs;
        Batches.Script = [new BatchNotice.PhaseChanged(Views.Batch(BatchPhase.Running, jobs, id: "new"))];
        Batches.AfterStop = Views.Batch(BatchPhase.Idle, jobs, id: "new");
        var running = _program.RunAsync("run", "pack.yaml");
        await Batches.Told.Task.WaitAsync(TimeSpan.FromSeconds(30));
        _program.Interrupts.Signal();
        Assert.Equal(130, await running.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(["start", "stop new"], Batches.Asked);
        Assert.Contains("Stopping:", _program.Text, StringComparison.Ordinal);
        Assert.Contains(
            "Stopped; nothing is lost. Go on by: atlas-actors resume pipeline_output",
            _program.Text, StringComparison.Ordinal);
        Assert.Equal(1, Batches.Closed);
    }

    [Fact]
    public async Task Json_is_one_document_and_nothing_else()
    {
        _program.WithFile("pack.yaml", Files.PackWithAudio);
        Script(BatchPhase.Finished, Views.Done(1), Views.Job(2, JobStage.Failed));
        Assert.Equal(3, await _program.RunAsync("run", "pack.yaml", "--json"));
        var document = JsonSerializer.Deserialize<JsonElement>(_program.Text);
        Assert.Equal(3, document.GetProperty("exit_code").GetInt32());
        Assert.Equal("Jingle", document.GetProperty("skipped")[0].GetProperty("name").GetString());
        Assert.Equal("atlas-actors retry pipeline_output", document.GetProperty("next").GetString());
    }

    [Fact]
    public async Task At_its_end_it_asks_once_for_prices_of_a_hundred_jobs_and_for_no_longer_than_five_seconds()
    {
        Script(BatchPhase.Finished, Views.Done(1), Views.Done(2));
        Batches.LateCharges = Views.Batch(BatchPhase.Finished, [Views.Done(1), Views.Done(2, cost: 0.09m)], id: "new");
        Assert.Equal(0, await _program.RunAsync("run", "pack.yaml"));
        Assert.Equal([(100, TimeSpan.FromSeconds(5))], Batches.Collected);
        Assert.Contains("Total cost:   USD 0.1300", _program.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_halted_batch_is_asked_nothing_more()
    {
        Script(BatchPhase.Halted, HaltReason.KeyRefused, "This is why.", Views.Done(1), Views.Job(2, JobStage.Queued));
        await _program.RunAsync("run", "pack.yaml");
        Assert.Empty(Batches.Collected);
    }

    [Fact]
    public async Task Quiet_is_silent_about_success()
    {
        Script(BatchPhase.Finished, Views.Done(1), Views.Done(2));
        Assert.Equal(0, await _program.RunAsync("run", "pack.yaml", "--quiet"));
        Assert.Empty(_program.Text);
        Assert.Empty(_program.Errors);
    }

    [Fact]
    public async Task Quiet_has_one_line_for_what_did_not_succeed()
    {
        Script(BatchPhase.Finished, Views.Done(1), Views.Job(2, JobStage.Failed));
        Assert.Equal(3, await _program.RunAsync("run", "pack.yaml", "-q"));
        Assert.Empty(_program.Text);
        Assert.Equal(
            "1 of 2 succeeded, 1 failed, USD 0.0400; go on by: atlas-actors retry pipeline_output",
            _program.Errors.Trim());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ten_mistakes_are_told_at_once_and_nothing_is_sent(bool json)
    {
        _program.WithFile("bad.yaml", Files.TenMistakes);
        Assert.Equal(2, await _program.RunAsync(["run", "bad.yaml", .. json ? new[] { "--json" } : []]));
        Assert.Empty(Batches.Opened);
        var told = json
            ? JsonSerializer.Deserialize<JsonElement>(_program.Text)
                .GetProperty("error").GetProperty("faults").GetArrayLength()
            : Files.FaultsIn(_program.Errors, "bad.yaml");
        Assert.Equal(10, told);
    }

    [Fact]
    public async Task What_the_library_cannot_do_is_a_sentence()
    {
        Batches.Failure = new BatchException("The journal out/journal.db is broken.");
        Assert.Equal(1, await _program.RunAsync("run", "pack.yaml"));
        Assert.Equal("The journal out/journal.db is broken.", _program.Errors.Trim());
    }

    [Theory]
    [InlineData("warning", false)]
    [InlineData("debug", true)]
    public async Task A_bug_is_a_sentence_and_its_trace_is_for_who_asks(string level, bool traced)
    {
        Batches.Failure = new InvalidOperationException("a bug");
        Assert.Equal(1, await _program.RunAsync("run", "pack.yaml", "--log-level", level));
        Assert.Contains(
            "Something unexpected went wrong: a bug (--log-level debug shows the details.)",
            _program.Errors, StringComparison.Ordinal);
        Assert.Equal(traced, _program.Errors.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_a_sentence()
    {
        _program.WithFile("pipeline_output", "a file in its place");
        Assert.Equal(2, await _program.RunAsync("run", "pack.yaml"));
        Assert.StartsWith(
            "The output folder pipeline_output cannot be written to: ", _program.Errors, StringComparison.Ordinal);
    }

    private void Known(BatchPhase phase, params JobView[] jobs)
    {
        Batches.Known.Add(Views.Batch(phase, jobs, fingerprint: Fingerprint));
        Batches.Jobs = jobs;
    }

    private void Script(BatchPhase end, params JobView[] jobs) => Script(end, null, null, jobs);

    private void Script(BatchPhase end, HaltReason? halt, string? message, params JobView[] jobs)
    {
        Batches.Jobs = jobs;
        Batches.Script =
        [
            new BatchNotice.PhaseChanged(Views.Batch(BatchPhase.Running, jobs, id: "new")),
            .. jobs.Select(job => new BatchNotice.JobMoved(BatchId.Parse("new"), job)),
            new BatchNotice.PhaseChanged(Views.Batch(end, jobs, halt, message, id: "new")),
        ];
    }
}
