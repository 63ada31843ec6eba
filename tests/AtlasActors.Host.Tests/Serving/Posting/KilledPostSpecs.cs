using AtlasActors.Host.Tests.EndToEnd.Support;
using AtlasActors.Host.Tests.Serving.Support;
using AtlasActors.Host.Tests.Support;
using Dapper;
using Microsoft.Data.Sqlite;
using Xunit;

namespace AtlasActors.Host.Tests.Serving.Posting;

/// <summary>The real program, killed when a batch is on record: whoever heard nothing of it sends the same again.</summary>
public sealed class KilledPostSpecs
{
    private const string Batch = """
        max_workers: 1
        jobs:
          - { name: One, type: image, model: black-forest-labs/flux-2-pro/text-to-image, prompt: a lake, width: 64, height: 64 }
          - { name: Two, type: image, model: black-forest-labs/flux-2-pro/text-to-image, prompt: a sea, width: 64, height: 64 }
        """;

    private static readonly Moment Arrived = Moment.Of("submission 1 arrived");

    [Fact]
    public async Task Between_recording_a_batch_and_keeping_its_answer_it_is_the_same_batch_when_it_comes_again()
    {
        await using var runs = await ServedRuns.StartAsync();
        var program = await runs.ServeAsync();
        KillAtFirstSubmission(runs, program, Task.CompletedTask);
        using var requests = Open(runs);
        // Its answer is not kept, whichever comes first: that, or the submission at which it is killed.
        requests.Execute("CREATE TRIGGER lost BEFORE UPDATE ON request BEGIN SELECT RAISE(ABORT, 'the power is gone'); END");
        var heard = runs.PostAsync("k-1", Batch);
        await program.EndsAsync();
        await Task.WhenAny(heard).WaitAsync(ProgramProcess.Patience);
        var (batch, status) = requests.QuerySingle<(string, long?)>("SELECT batch, status FROM request");
        Assert.Null(status);
        requests.Execute("DROP TRIGGER lost");

        await AssertIsTakenOnceAsync(runs, batch);
    }

    [Fact]
    public async Task After_it_was_answered_too()
    {
        await using var runs = await ServedRuns.StartAsync();
        var program = await runs.ServeAsync();
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        KillAtFirstSubmission(runs, program, answered.Task);
        var first = await runs.PostAsync("k-1", Batch);
        answered.SetResult();
        await program.EndsAsync();

        Assert.Equal(first.Body, await AssertIsTakenOnceAsync(runs, first.Location!.Split('/')[^1]));
    }

    private static void KillAtFirstSubmission(ServedRuns runs, ProgramProcess program, Task after) => runs.Gateway.At = async moment =>
    {
        if (moment != Arrived || program.HasEnded) return Deed.PassOn;
        await after.WaitAsync(ProgramProcess.Patience);
        Signals.Kill(program);
        return Deed.Cut;
    };

    private static async Task<string> AssertIsTakenOnceAsync(ServedRuns runs, string batch)
    {
        await runs.ServeAsync();
        runs.Entrance.Open();
        var second = await runs.PostAsync("k-1", Batch);
        Assert.Equal((201, $"/v1/batches/{batch}"), (second.Status, second.Location));
        var third = await runs.PostAsync("k-1", Batch);
        Assert.Equal(second, third);
        // The one whose answer the crash cut off is in doubt, and nothing is made twice.
        await runs.RestsAsync(batch, "succeeded", 1);
        var listed = Assert.Single((await runs.GetAsync("/v1/batches")).GetProperty("batches").EnumerateArray());
        Assert.Equal(batch, listed.GetProperty("id").GetString());
        Assert.Equal(1, listed.GetProperty("counts").GetProperty("in_doubt").GetInt32());
        Assert.Single(runs.Seen.Submissions);
        return second.Body;
    }

    private static SqliteConnection Open(ServedRuns runs)
    {
        SQLitePCL.Batteries_V2.Init();
        var file = new SqliteConnection($"Data Source={Path.Combine(runs.Out, ".atlas-actors", "requests.db")};Pooling=False;Default Timeout=60");
        file.Open();
        return file;
    }
}
