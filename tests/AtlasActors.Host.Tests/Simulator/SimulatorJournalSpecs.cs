using System.Net;
using System.Net.Sockets;
using AtlasActors.Host.Tests.Simulator.Support;
using AtlasActors.Simulator;
using AtlasActors.Simulator.Journals;
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
            picture = await FetchAsync(atlas, submitted);
            Assert.Equal(0.04m, atlas.Simulator.Seen.Charged);
        }

        await using (var atlas = await StartAsync()) Assert.Equal(picture, await FetchAsync(atlas, submitted));
    }

    [Fact]
    public async Task The_next_run_listens_where_the_last_one_did()
    {
        // Between two runs the system may hand the port to somebody else, but not time after time.
        var isSame = false;
        for (var attempt = 0; attempt < 5 && !isSame; attempt++)
            isSame = await PortOfARunAsync() == await PortOfARunAsync();

        Assert.True(isSame);
    }

    [Fact]
    public async Task Another_port_will_do_where_the_last_one_is_taken()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = ((IPEndPoint)other.LocalEndpoint).Port;
        await File.WriteAllTextAsync(JournalFile, $"{{\"port\":{taken}}}\n");

        Assert.NotEqual(taken, await PortOfARunAsync());
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

        var empty = new FileInfo(JournalFile).Length;
        var id = await atlas.SubmitImageAsync();

        Assert.InRange(new FileInfo(JournalFile).Length - empty, id.Length, 1000);
    }

    [Fact]
    public void A_call_that_was_made_is_remembered()
    {
        using (var journal = SimulatorJournal.Open(JournalFile)) journal.RememberCalled("an-id");

        using var reopened = SimulatorJournal.Open(JournalFile);
        Assert.Equal(["an-id"], reopened.Called);
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
        var lines = await File.ReadAllLinesAsync(JournalFile);
        await File.AppendAllTextAsync(JournalFile, lines[^1][..kept]);

        await using (var atlas = await StartAsync())
        {
            Assert.Single(atlas.Simulator.Seen.Submissions);
            await atlas.SubmitImageAsync("second");
        }

        await using (var atlas = await StartAsync())
            Assert.Equal(["first", "second"], atlas.Simulator.Seen.Submissions.Select(prediction => prediction.Prompt));
    }

    [Theory]
    [InlineData("{\"accepted\":")]
    [InlineData("{\"accepted\":{\"number\":1}}")]
    [InlineData("{}")]
    [InlineData("null")]
    public async Task A_line_broken_in_the_middle_is_named(string broken)
    {
        await using (var atlas = await StartAsync())
        {
            await atlas.SubmitImageAsync();
            await atlas.SubmitImageAsync();
        }

        var lines = await File.ReadAllLinesAsync(JournalFile);
        await File.WriteAllLinesAsync(JournalFile, [lines[0], broken, .. lines[1..]]);

        var failure = await Assert.ThrowsAsync<SimulatorStartException>(() => StartAsync());
        Assert.Contains("line 2", failure.Message, StringComparison.Ordinal);
        Assert.Equal(4, (await File.ReadAllLinesAsync(JournalFile)).Length);
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

    private async Task<int> PortOfARunAsync()
    {
        await using var atlas = await StartAsync();
        return atlas.Simulator.BaseUrl.Port;
    }

    private static Task<byte[]> FetchAsync(AtlasCaller atlas, Prediction prediction) =>
        atlas.Http.GetByteArrayAsync(new Uri(atlas.Simulator.BaseUrl, $"/outputs/{prediction.Id}.png"));

    private Task<AtlasCaller> StartAsync(SimulatorOptions? options = null) =>
        AtlasCaller.StartAsync((options ?? new SimulatorOptions()) with { JournalFile = JournalFile }, _clock);
}
