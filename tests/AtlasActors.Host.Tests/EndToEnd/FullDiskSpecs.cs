using AtlasActors.Host.Tests.EndToEnd.Support;
using AtlasActors.Host.Tests.Support;
using Xunit;

namespace AtlasActors.Host.Tests.EndToEnd;

/// <summary>A disk without room, for the files or for the journal itself.</summary>
public sealed class FullDiskSpecs : IAsyncLifetime
{
    private const int Ample = 16_000;

    private readonly ProgramRuns _runs = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _runs.DisposeAsync();

    [SmallDiskFact]
    public async Task Without_room_for_the_files_it_stops_and_brings_them_later_without_a_second_submission()
    {
        using (var disk = SmallDisk.Mount(_runs.File("disk"), 1_500))
        await using (var atlas = await TutorialServer.StartAsync(fileLength: 2_000_000))
        {
            var ended = await RunAsync(atlas);
            Assert.Contains("disk is full", ended.Out, StringComparison.Ordinal);
            disk.Grow(Ample);
            ended = await _runs.RunAsync("resume", "disk/out");
            Assert.True(ended.Code == 0, $"{ended.Code}: {ended.Out} {ended.Error}");
            Assert.Equal(2, atlas.Jobs.Count);
            var results = new ResultFolder(_runs.Folder, "disk/out");
            Assert.Equal(2, results.Manifest.Successful);
            Assert.Empty(results.Leftovers);
        }
    }

    [SmallDiskTheory]
    [InlineData(200, 100_000)]
    [InlineData(240, 120_000)]
    [InlineData(300, 150_000)]
    public async Task Without_room_for_the_journal_it_ends_and_nothing_that_was_taken_is_submitted_again(int kilobytes, int fileLength)
    {
        using (var disk = SmallDisk.Mount(_runs.File("disk"), kilobytes))
        await using (var atlas = await TutorialServer.StartAsync(fileLength))
        {
            await RunAsync(atlas);
            disk.Grow(Ample);
            var ended = await _runs.RunAsync("resume", "disk/out");
            var manifest = new ResultFolder(_runs.Folder, "disk/out").Manifest;
            Assert.True(ended.Code == (manifest.InDoubt > 0 ? 3 : 0), $"{ended.Code}: {ended.Out} {ended.Error}");
            Assert.Equal(2, manifest.Successful + manifest.InDoubt);
            Assert.Equal(atlas.Jobs.Count, atlas.Jobs.Select(job => job.Prompt).Distinct().Count());
        }
    }

    [SmallDiskFact]
    public async Task On_a_read_only_disk_it_begins_nothing_and_says_so()
    {
        using var disk = SmallDisk.Mount(_runs.File("disk"), Ample);
        await using var atlas = await TutorialServer.StartAsync(fileLength: 1_000);
        _runs.With("ATLASCLOUD_BASE_URL", atlas.BaseUrl.ToString()).With("ATLASCLOUD_API_KEY", "apikey-for-tests");
        _runs.WithImages("pack.yaml", "a", "b");
        disk.Protect();
        Sentence.AssertIs(2, "cannot be written to: Read-only file system", await _runs.RunAsync("run", "pack.yaml", "-o", "disk/out"));
        Assert.Empty(atlas.Jobs);
        disk.Unprotect();
        var ended = await _runs.RunAsync("run", "pack.yaml", "-o", "disk/out");
        Assert.True(ended.Code == 0, $"{ended.Code}: {ended.Out} {ended.Error}");
        Assert.Equal(2, atlas.Jobs.Count);
    }

    private async Task<(int Code, string Out, string Error)> RunAsync(TutorialServer atlas)
    {
        _runs.With("ATLASCLOUD_BASE_URL", atlas.BaseUrl.ToString()).With("ATLASCLOUD_API_KEY", "apikey-for-tests");
        _runs.WithImages("pack.yaml", "a", "b");
        var ended = await _runs.RunAsync("run", "pack.yaml", "-o", "disk/out");
        Assert.True(ended.Code == 1, $"{ended.Code}: {ended.Out} {ended.Error}");
        Sentence.AssertNoTrace(ended);
        return ended;
    }
}
