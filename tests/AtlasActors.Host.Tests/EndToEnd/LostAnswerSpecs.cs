using AtlasActors.Host.Tests.EndToEnd.Support;
using Xunit;

namespace AtlasActors.Host.Tests.EndToEnd;

/// <summary>A submission that Atlas took, and whose answer nobody heard.</summary>
public sealed class LostAnswerSpecs
{
    [Fact]
    public async Task It_is_in_doubt_and_no_second_run_submits_it_but_a_person_can()
    {
        await using var runs = await WatchedRuns.StartAsync();
        LoseSecondAnswer(runs);
        var (code, output, error) = await runs.RunAsync("run", "pack.yaml");
        Assert.True(code == 3, $"{code}: {output} {error}");
        Assert.Contains("[DOUBT] ", output, StringComparison.Ordinal);
        Assert.Contains("atlas-actors retry out --in-doubt", output, StringComparison.Ordinal);
        Assert.Equal((3, 1), (runs.Results.Manifest.Successful, runs.Results.Manifest.InDoubt));
        Assert.Equal(4, runs.Seen.SubmitRequests);
        foreach (var again in new string[][] { ["run", "pack.yaml"], ["resume", "out"], ["retry", "out"] })
            Assert.Equal(3, (await runs.RunAsync(again)).Code);
        Assert.Equal(4, runs.Seen.SubmitRequests);
        (code, output, error) = await runs.RunAsync("retry", "out", "--in-doubt");
        Assert.True(code == 0, $"{code}: {output} {error}");
        Assert.Equal(5, runs.Seen.SubmitRequests);
    }

    [Fact]
    public async Task It_is_submitted_again_where_the_file_says_so()
    {
        await using var runs = await WatchedRuns.StartAsync();
        runs.Head("on_unknown_submit: resubmit");
        LoseSecondAnswer(runs);
        var (code, output, error) = await runs.RunAsync("run", "pack.yaml");
        Assert.True(code == 0, $"{code}: {output} {error}");
        Assert.Equal(5, runs.Seen.Submissions.Count);
        var manifest = runs.Results.Manifest;
        Assert.Equal(4, manifest.Successful);
        Assert.Equal(
            runs.Seen.Submissions.Sum(prediction => prediction.Price), manifest.TotalCost + manifest.PossibleCost);
    }

    private static void LoseSecondAnswer(WatchedRuns runs) => runs.At(now => Task.FromResult(
        now == new Moment(RequestKind.Submission, 2, Point.Taken) ? Deed.Cut : Deed.PassOn));
}
