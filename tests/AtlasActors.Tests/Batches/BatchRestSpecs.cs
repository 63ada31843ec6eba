using System.Text.Json;
using AtlasActors.Atlas;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Batches;

/// <summary>What is told when a batch comes to rest before its end.</summary>
public class BatchRestSpecs : AtlasSpecs
{
    [Fact]
    public void What_is_paid_for_and_not_yet_there_stands_in_the_manifest_with_its_cost()
    {
        var isSlow = true;
        Atlas.OnDownload = (order, _) => isSlow ? new TaskCompletionSource<DownloadAnswer>().Task : Task.FromResult(ScriptedAtlas.Saved(order));
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(2)).Id;
        RunUntil(atlas, id, view => view.Count(JobStage.Downloading) == 2);

        Ask(atlas, new BatchCommands.StopBatch(id));
        Assert.Equal(("0.0800", 0, 2, "unfinished"), Manifest());

        isSlow = false;
        Ask(atlas, new BatchCommands.ContinueBatch(id));
        RunToRest(atlas, id);
        Assert.Equal(("0.0800", 2, 0, "success"), Manifest());
    }

    [Fact]
    public void With_an_empty_balance_jobs_that_wait_at_the_gate_are_not_submitted()
    {
        var first = new TaskCompletionSource<SubmitAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        Atlas.OnSubmit = (_, before) => before == 0 ? first.Task : Task.FromResult<SubmitAnswer>(Atlas.Take());
        var atlas = StartAtlas(settings: Some.Settings with { Gate = Some.Settings.Gate with { Account = 1 } });
        var id = Begin(atlas, Some.Images(3)).Id;
        AwaitCondition(() => Atlas.Submitted.Count == 1, TimeSpan.FromSeconds(30));

        first.SetResult(new SubmitAnswer.OutOfBalance(new AtlasFailure("empty")));
        var view = RunToRest(atlas, id);

        Assert.Equal((BatchPhase.Halted, 3), (view.Phase, view.Count(JobStage.Queued)));
        Assert.Single(Atlas.Submitted);
    }

    [Fact]
    public void What_a_budget_refused_is_made_when_it_is_raised()
    {
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(5), new Usd(0.08m)).Id;
        Assert.Equal(3, RunToRest(atlas, id).Count(JobStage.Refused));

        Ask(atlas, new BatchCommands.RetryBatch(id, InDoubt: false, new Usd(0.16m)));
        var view = RunToRest(atlas, id);

        Assert.Equal((4, 1, new Usd(0.16m)), (view.Count(JobStage.Succeeded), view.Count(JobStage.Refused), view.Money.Budget));
    }

    private (string Cost, int Successful, int Unfinished, string Status) Manifest()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(OutputDir, "manifest.json")));
        var root = json.RootElement;
        return (root.GetProperty("total_cost").GetRawText(), root.GetProperty("successful").GetInt32(),
            root.GetProperty("unfinished").GetInt32(), root.GetProperty("results")[0].GetProperty("status").GetString()!);
    }
}
