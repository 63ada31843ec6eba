using AtlasActors.Host.Tests.EndToEnd.Support;
using Xunit;

namespace AtlasActors.Host.Tests.EndToEnd;

/// <summary><c>kill -9</c> when Atlas has charged, and the file is on its way.</summary>
public sealed class KillAtDownloadSpecs
{
    [Theory]
    [InlineData("download 1 arrived")]
    [InlineData("download 3 arrived")]
    [InlineData("download 1 half")]
    [InlineData("download 2 half")]
    [InlineData("download 3 half")]
    [InlineData("download 4 half")]
    [InlineData("download 2 answered")]
    [InlineData("download 4 answered")]
    public async Task Killed_at_a_download_it_brings_the_whole_file(string moment)
    {
        await using var runs = await WatchedRuns.StartAsync();
        await runs.KillAsync(Moment.Of(moment), "run", "pack.yaml");
        await runs.FinishAsync(Moment.Of(moment).Number % 2 == 0 ? ["run", "pack.yaml"] : ["resume", "out"]);
        await runs.AssertAllIsAccountedForAsync();
    }
}
