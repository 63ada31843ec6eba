using AtlasActors.Host.Tests.EndToEnd.Support;
using Xunit;

namespace AtlasActors.Host.Tests.Faults;

/// <summary>Something stands where the program wants to write; the disk itself is well.</summary>
public sealed class BlockedPlaceSpecs
{
    [Theory]
    [InlineData("images", false, "Cannot write")]
    [InlineData("manifest.json", true, "cannot be written")]
    public async Task It_says_so_and_stops_and_a_plain_run_brings_the_rest_without_a_second_submission(string place, bool isFolder, string words)
    {
        await using var runs = await WatchedRuns.StartAsync();
        var path = Path.Combine(runs.Results.FullPath, place);
        runs.At(now =>
        {
            if (now == new Moment(RequestKind.Submission, 1, Point.Arrived)) Block(path, isFolder);
            return Task.FromResult(Deed.PassOn);
        });

        var ended = await runs.RunAsync("run", "pack.yaml");

        Assert.True(ended.Code == 1, $"{ended.Code}: {ended.Out} {ended.Error}");
        Assert.True((ended.Out + ended.Error).Contains(words, StringComparison.Ordinal), ended.Out + ended.Error);
        Sentence.AssertNoTrace(ended);
        Free(path);
        await runs.FinishAsync("run", "pack.yaml");
        await runs.AssertAllIsAccountedForAsync();
    }

    private static void Block(string path, bool isFolder)
    {
        if (!isFolder) File.WriteAllText(path, "in the way");
        while (isFolder && !Directory.Exists(path))
        {
            File.Delete(path);
            try
            {
                Directory.CreateDirectory(Path.Combine(path, "in the way"));
            }
            catch (IOException)
            {
                // It was written between the two.
            }
        }
    }

    private static void Free(string path)
    {
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        else File.Delete(path);
    }
}
