using AtlasActors.Batches;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Batches;

/// <summary>Batches that share an account of few slots.</summary>
public class BatchPrioritySpecs : AtlasSpecs
{
    [Fact]
    public void A_batch_of_high_priority_that_comes_later_goes_before_one_that_waits()
    {
        var atlas = StartAtlas(settings: Some.Settings with { Gate = Some.Settings.Gate with { Account = 1 } });
        var low = Begin(atlas, Pack("low", 4, BatchPriority.Low)).Id;
        AwaitCondition(() => Atlas.Submitted.Count == 1, TimeSpan.FromSeconds(30));
        var high = Begin(atlas, Pack("high", 3, BatchPriority.High)).Id;

        RunToRest(atlas, low);

        Assert.Equal((BatchPhase.Finished, null), (Look(atlas, high).Phase, Look(atlas, high).HaltMessage));
        var prompts = Atlas.Submitted.Select(body => body.Contains("high", StringComparison.Ordinal) ? "high" : "low");
        Assert.Equal(["low", "high", "high", "high", "low", "low", "low"], prompts);
    }

    private static BatchDefinition Pack(string name, int jobs, BatchPriority priority)
    {
        var pack = Some.Images(jobs);
        return pack with
        {
            Priority = priority,
            Jobs = [.. pack.Jobs.Select(job => job with { Body = job.Body.Replace("picture", name, StringComparison.Ordinal) })],
        };
    }
}
