using AtlasActors.Host.Tests.EndToEnd.Support;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Simulator;
using Xunit;

namespace AtlasActors.Host.Tests.EndToEnd;

/// <summary>Files that are gone are fetched again, not made again.</summary>
public sealed class RefetchSpecs : IAsyncLifetime
{
    private readonly ProgramRuns _runs = new();

    private ResultFolder Results => new(_runs.Folder, "pipeline_output");

    public async Task InitializeAsync()
    {
        await _runs.WithAtlasAsync(new SimulatorOptions { Speed = 500 });
        _runs.WithImages("pack.yaml", "a lake", "a hill", "a wood");
        Assert.Equal(0, (await _runs.RunAsync("run", "pack.yaml")).Code);
    }

    public async Task DisposeAsync() => await _runs.DisposeAsync();

    [Fact]
    public async Task A_file_that_was_deleted_or_cut_is_fetched_again_and_nothing_is_paid()
    {
        var before = Results.Manifest;
        File.Delete(Results.PlaceOf(before.Results[0]));
        await File.WriteAllBytesAsync(Results.PlaceOf(before.Results[2]), [1, 2, 3]);

        var (code, output, error) = await _runs.RunAsync("refetch", "pipeline_output");

        Assert.True(code == 0, $"{code}: {output} {error}");
        Assert.Equal(before.Results.Select(entry => entry.Files[0]), Results.Manifest.Results.Select(entry => entry.Files[0]));
        Assert.All(Results.Manifest.Results, entry => Results.BytesOf(entry));
        Assert.Equal((before.TotalCost, 3), (Results.Manifest.TotalCost, _runs.Seen.Submissions.Count));
        Assert.Equal(1, _runs.Seen.Downloads - 4);
    }

    [Fact]
    public async Task What_has_another_content_is_found_only_where_that_is_asked()
    {
        var place = Results.PlaceOf(Results.Manifest.Results[1]);
        var bytes = await File.ReadAllBytesAsync(place);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(place, bytes);

        var plain = await _runs.RunAsync("refetch", "pipeline_output");
        Assert.Contains("Nothing was fetched: every file is in its place.", plain.Out, StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(place));

        Assert.Equal(0, (await _runs.RunAsync("refetch", "pipeline_output", "--verify")).Code);
        Results.BytesOf(Results.Manifest.Results[1]);
        Assert.Equal(3, _runs.Seen.Submissions.Count);
    }
}
