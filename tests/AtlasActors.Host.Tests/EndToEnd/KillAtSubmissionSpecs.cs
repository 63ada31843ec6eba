using AtlasActors.Host.Tests.EndToEnd.Support;
using Xunit;

namespace AtlasActors.Host.Tests.EndToEnd;

/// <summary><c>kill -9</c> while a submission is on its way, there, or on its way back.</summary>
public sealed class KillAtSubmissionSpecs
{
    [Theory]
    [InlineData("submission 1 arrived")]
    [InlineData("submission 2 arrived")]
    [InlineData("submission 3 arrived")]
    [InlineData("submission 4 arrived")]
    [InlineData("submission 1 taken")]
    [InlineData("submission 2 taken")]
    [InlineData("submission 3 taken")]
    [InlineData("submission 4 taken")]
    public async Task Killed_before_the_answer_the_job_is_in_doubt_and_all_others_end(string moment)
    {
        await using var runs = await WatchedRuns.StartAsync();
        await runs.KillAsync(Moment.Of(moment), "run", "pack.yaml");
        Assert.InRange(runs.InDoubt.Count, 1, 2);
        await runs.FinishAsync(Moment.Of(moment).Number % 2 == 0 ? ["run", "pack.yaml"] : ["resume", "out"]);
        await runs.AssertAllIsAccountedForAsync();
    }

    [Theory]
    [InlineData("submission 1 answered")]
    [InlineData("submission 2 answered")]
    [InlineData("submission 3 answered")]
    [InlineData("submission 4 answered")]
    public async Task Killed_at_the_answer_it_is_on_record_or_in_doubt_and_never_submitted_again(string moment)
    {
        await using var runs = await WatchedRuns.StartAsync();
        await runs.KillAsync(Moment.Of(moment), "run", "pack.yaml");
        await runs.FinishAsync(Moment.Of(moment).Number % 2 == 0 ? ["run", "pack.yaml"] : ["resume", "out"]);
        await runs.AssertAllIsAccountedForAsync();
    }

    [Fact]
    public async Task A_person_can_have_what_is_in_doubt_submitted_again()
    {
        await using var runs = await WatchedRuns.StartAsync();
        await runs.KillAsync(Moment.Of("submission 2 taken"), "run", "pack.yaml");
        await runs.FinishAsync("run", "pack.yaml");
        var before = runs.Seen.SubmitRequests;
        var (code, output, error) = await runs.RunAsync("retry", "out", "--in-doubt");
        Assert.True(code == 0, $"{code}: {output} {error}");
        Assert.Equal(before + runs.InDoubt.Count, runs.Seen.SubmitRequests);
        Assert.All(runs.Results.Manifest.Results, entry => Assert.Equal("success", entry.Status));
        var ledger = (await runs.Results.ReadJournalAsync())!.Ledger;
        Assert.Equal(runs.Results.Manifest.TotalCost, ledger.Charged.Amount);
        Assert.Equal(runs.Results.Manifest.PossibleCost, ledger.InDoubt.Amount);
        Assert.True(ledger.InDoubt.Amount > 0, "What was in doubt stays possibly charged.");
    }
}
