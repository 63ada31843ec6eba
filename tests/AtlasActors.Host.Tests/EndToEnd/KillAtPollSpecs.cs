using AtlasActors.Host.Tests.EndToEnd.Support;
using Xunit;

namespace AtlasActors.Host.Tests.EndToEnd;

/// <summary><c>kill -9</c> while Atlas generates.</summary>
public sealed class KillAtPollSpecs
{
    [Theory]
    [InlineData("poll 1 arrived")]
    [InlineData("poll 2 arrived")]
    [InlineData("poll 4 arrived")]
    [InlineData("poll 7 arrived")]
    [InlineData("poll 1 taken")]
    [InlineData("poll 3 taken")]
    [InlineData("poll 5 answered")]
    [InlineData("poll 8 answered")]
    public async Task Killed_at_a_poll_it_collects_what_it_had_submitted(string moment)
    {
        await using var runs = await WatchedRuns.StartAsync();
        await runs.KillAsync(Moment.Of(moment), "run", "pack.yaml");
        await runs.FinishAsync(Moment.Of(moment).Number % 2 == 0 ? ["run", "pack.yaml"] : ["resume", "out"]);
        await runs.AssertAllIsAccountedForAsync();
    }
}
