using System.Net;
using AtlasActors.Host.Tests.Simulator.Support;
using AtlasActors.Simulator;
using AtlasActors.Simulator.Predictions;
using Xunit;

namespace AtlasActors.Host.Tests.Simulator;

public sealed class SimulatorJournalSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();

    private string JournalFile => _folder.File("simulator.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Predictions_survive_a_restart_and_go_on_meanwhile()
    {
        Prediction submitted;
        byte[] picture;
        await using (var atlas = await StartAsync())
        {
            await atlas.SubmitImageAsync("Grüße, \"Köln\"\n雪", ("width", 200), ("height", 100));
            submitted = Assert.Single(atlas.Simulator.Seen.Submissions);
        }

        _clock.Advance(TimeSpan.FromHours(1));
        await using (var atlas = await StartAsync())
        {
            Assert.Equal(submitted, Assert.Single(atlas.Simulator.Seen.Submissions));
            Assert.Equal("completed", (string)(await atlas.PollAsync(submitted.Id))["status"]!);
            picture = await atlas.Http.GetByteArrayAsync(new Uri(atlas.Simulator.BaseUrl, $"/outputs/{submitted.Id}.png"));
            Assert.Equal(0.04m, atlas.Simulator.Seen.Charged);
        }

        await using (var atlas = await StartAsync())
            Assert.Equal(
                picture,
                await atlas.Http.GetByteArrayAsync(new Uri(atlas.Simulator.BaseUrl, $"/outputs/{submitted.Id}.png")));
    }

    [Fact]
    public async Task Numbers_attempts_and_limits_go_on_where_they_were()
    {
        await using (var atlas = await StartAsync()) await atlas.SubmitImageAsync("[fail:1] a lake");
        await using (var atlas = await StartAsync(new SimulatorOptions { MaxInFlight = 2 }))
        {
            await atlas.SubmitImageAsync("[fail:1] a lake");

            var second = atlas.Simulator.Seen.Submissions[1];
            Assert.Equal((2, 2, Outcome.Completed), (second.Number, second.Attempt, second.Outcome));
            var third = await atlas.PostAsync("/model/generateImage", AtlasCaller.Image());
            Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        }
    }

    [Fact]
    public async Task A_submission_is_in_the_file_before_its_answer()
    {
        await using var atlas = await StartAsync();

        await atlas.SubmitImageAsync();
        var first = new FileInfo(JournalFile).Length;
        await atlas.SubmitImageAsync();

        Assert.NotEqual(0, first);
        Assert.Equal(2 * first, new FileInfo(JournalFile).Length, 40.0);
    }

    [Fact]
    public async Task The_key_is_not_in_the_file()
    {
        await using (var atlas = await StartAsync()) await atlas.SubmitImageAsync();

        Assert.DoesNotContain("apikey", await File.ReadAllTextAsync(JournalFile), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public async Task A_torn_last_line_is_cut_off_and_written_over(int kept)
    {
        await using (var atlas = await StartAsync()) await atlas.SubmitImageAsync("first");
        var line = await File.ReadAllTextAsync(JournalFile);
        await File.AppendAllTextAsync(JournalFile, line[..kept]);

        await using (var atlas = await StartAsync())
        {
            Assert.Single(atlas.Simulator.Seen.Submissions);
            await atlas.SubmitImageAsync("second");
        }

        await using (var atlas = await StartAsync())
            Assert.Equal(["first", "second"], atlas.Simulator.Seen.Submissions.Select(prediction => prediction.Prompt));
    }

    [Fact]
    public async Task A_line_broken_in_the_middle_is_named()
    {
        await using (var atlas = await StartAsync())
        {
            await atlas.SubmitImageAsync();
            await atlas.SubmitImageAsync();
        }

        var lines = await File.ReadAllLinesAsync(JournalFile);
        await File.WriteAllLinesAsync(JournalFile, [lines[0], "{\"number\":", lines[1]]);

        var failure = await Assert.ThrowsAsync<SimulatorStartException>(() => StartAsync());
        Assert.Contains("line 2", failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, (await File.ReadAllLinesAsync(JournalFile)).Length);
    }

    [Fact]
    public async Task A_journal_belongs_to_one_simulator_at_a_time()
    {
        await using var atlas = await StartAsync();

        await Assert.ThrowsAsync<SimulatorStartException>(() => StartAsync());
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_a_sentence()
    {
        await File.WriteAllTextAsync(_folder.File("taken"), "");

        var failure = await Assert.ThrowsAsync<SimulatorStartException>(() => AtlasCaller.StartAsync(
            new SimulatorOptions { JournalFile = Path.Combine(_folder.File("taken"), "simulator.jsonl") }));

        Assert.Contains("cannot be opened", failure.Message, StringComparison.Ordinal);
    }

    private Task<AtlasCaller> StartAsync(SimulatorOptions? options = null) =>
        AtlasCaller.StartAsync((options ?? new SimulatorOptions()) with { JournalFile = JournalFile }, _clock);
}
