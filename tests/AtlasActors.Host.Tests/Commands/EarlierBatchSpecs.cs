using System.Text.Json;
using AtlasActors.Batches;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Jobs;
using Xunit;

namespace AtlasActors.Host.Tests.Commands;

/// <summary>What resume, retry and status do with the batch of a folder.</summary>
public sealed class EarlierBatchSpecs : IDisposable
{
    private readonly ScriptedProgram _program = new ScriptedProgram().WithJournal();

    public void Dispose() => _program.Dispose();

    private ScriptedBatches Batches => _program.Batches;

    [Fact]
    public async Task Resume_goes_on_with_an_unfinished_batch()
    {
        Known(BatchPhase.Idle, Views.Done(1), Views.Job(2, JobStage.Generating));
        Script(Views.Done(1), Views.Done(2));
        Assert.Equal(0, await _program.RunAsync("resume"));
        Assert.Equal(["resume 20261121-060000-0001"], Batches.Asked);
        Assert.Contains("1 of 2 done", _program.Text, StringComparison.Ordinal);
        Assert.Equal(1, _program.Text.Split("[OK]").Length - 1);
    }

    [Fact]
    public async Task Resume_takes_the_latest_batch_of_the_folder()
    {
        Known(BatchPhase.Finished, Views.Done(1));
        Batches.Known.Insert(0, Views.Batch(BatchPhase.Idle, [Views.Job(1, JobStage.Queued)], id: "earlier"));
        Assert.Equal(0, await _program.RunAsync("resume"));
        Assert.Empty(Batches.Asked);
    }

    [Fact]
    public async Task Resume_of_what_is_done_says_so_and_exits_as_it_ended()
    {
        Known(BatchPhase.Finished, Views.Done(1), Views.Job(2, JobStage.Failed));
        Assert.Equal(3, await _program.RunAsync("resume", "pipeline_output"));
        Assert.Empty(Batches.Asked);
        Assert.Contains("Nothing was left to do.", _program.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rehearsal_is_resumed_with_the_simulator_and_without_a_key()
    {
        Known(BatchPhase.Idle, Views.Job(1, JobStage.Queued));
        Batches.Known[0] = Batches.Known[0] with { Endpoint = "simulator" };
        Script(Views.Done(1));
        _program.With("ATLASCLOUD_API_KEY", null);
        Assert.Equal(0, await _program.RunAsync("resume"));
        Assert.Equal("simulator", Batches.Opened[^1].EndpointName);
        Assert.True(Batches.Opened[^1].BaseUrl.IsLoopback);
    }

    [Fact]
    public async Task A_batch_of_another_api_is_not_sent_to_this_one()
    {
        Known(BatchPhase.Idle, Views.Job(1, JobStage.Queued));
        Batches.Known[0] = Batches.Known[0] with { Endpoint = "http://localhost:1/api/v1" };
        Assert.Equal(2, await _program.RunAsync("resume"));
        Assert.Contains("set ATLASCLOUD_BASE_URL=http://localhost:1/api/v1", _program.Errors, StringComparison.Ordinal);
        Assert.Empty(Batches.Asked);
    }

    [Fact]
    public async Task Without_a_batch_the_folder_is_told_and_not_made()
    {
        Assert.Equal(2, await _program.RunAsync("resume", "nowhere"));
        Assert.Contains("There is no batch in nowhere", _program.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_program.Folder.File("nowhere")));
    }

    [Fact]
    public async Task A_journal_in_which_no_batch_was_recorded_is_told()
    {
        Assert.Equal(2, await _program.RunAsync("resume"));
        Assert.Contains("has no batch yet", _program.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "retry 20261121-060000-0001")]
    [InlineData(true, "retry 20261121-060000-0001 in doubt")]
    public async Task Retry_tries_again_and_jobs_in_doubt_only_when_told(bool inDoubt, string asked)
    {
        Known(BatchPhase.Finished, Views.Done(1), Views.Job(2, JobStage.Failed), Views.Job(3, JobStage.InDoubt));
        Script(Views.Done(1), Views.Done(2), Views.Job(3, JobStage.InDoubt));
        string[] args = ["retry", "pipeline_output", .. inDoubt ? new[] { "--in-doubt" } : []];
        Assert.Equal(3, await _program.RunAsync(args));
        Assert.Equal([asked], Batches.Asked);
        Assert.Contains($"Trying {(inDoubt ? 2 : 1)} job", _program.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retry_takes_a_manifest_for_its_folder()
    {
        _program.WithFile("pipeline_output/manifest.json", "{}");
        Known(BatchPhase.Finished, Views.Job(1, JobStage.Failed));
        Script(Views.Done(1));
        Assert.Equal(0, await _program.RunAsync("retry", "pipeline_output/manifest.json"));
    }

    [Fact]
    public async Task Retry_of_nothing_but_doubt_sends_nothing()
    {
        Known(BatchPhase.Finished, Views.Done(1), Views.Job(2, JobStage.InDoubt));
        Assert.Equal(3, await _program.RunAsync("retry", "pipeline_output"));
        Assert.Empty(Batches.Asked);
        Assert.Contains("only with --in-doubt", _program.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_changes_nothing()
    {
        Known(BatchPhase.Idle, Views.Done(1), Views.Job(2, JobStage.Generating, "Clip"));
        var before = Directory.GetFileSystemEntries(_program.Folder.Path, "*", SearchOption.AllDirectories);
        Assert.Equal(0, await _program.RunAsync("status"));
        Assert.Empty(Batches.Asked);
        Assert.False(Batches.Opened[0].ContinueUnfinished);
        Assert.Equal(before, Directory.GetFileSystemEntries(_program.Folder.Path, "*", SearchOption.AllDirectories));
        Assert.Contains("not running, 1 of 2 done", _program.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_as_json_is_the_same_document()
    {
        Known(BatchPhase.Finished, Views.Done(1), Views.Job(2, JobStage.Failed));
        Assert.Equal(0, await _program.RunAsync("status", "--json"));
        var document = JsonSerializer.Deserialize<JsonElement>(_program.Text);
        Assert.Equal("finished", document.GetProperty("state").GetString());
        Assert.Equal(0, document.GetProperty("exit_code").GetInt32());
    }

    private void Known(BatchPhase phase, params JobView[] jobs)
    {
        Batches.Known.Add(Views.Batch(phase, jobs));
        Batches.Jobs = jobs;
    }

    private void Script(params JobView[] jobs) => Batches.Script =
    [
        .. jobs.Select(job => new BatchNotice.JobMoved(BatchId.Parse("new"), job)),
        new BatchNotice.PhaseChanged(Views.Batch(BatchPhase.Finished, jobs)),
    ];
}
