using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using AtlasActors.Host.Tests.EndToEnd.Support;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Simulator;
using Xunit;

namespace AtlasActors.Host.Tests.EndToEnd;

/// <summary>Whatever is wrong around it: the exit code, a sentence for people, nothing sent and nothing lost.</summary>
public sealed class TroubleSpecs : IAsyncLifetime
{
    private readonly ProgramRuns _runs = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _runs.DisposeAsync();

    [Theory]
    [InlineData("is not a SQLite database")]
    [InlineData("is damaged")]
    public async Task A_broken_journal_stays_as_it_is_and_nothing_is_sent(string words)
    {
        await _runs.WithAtlasAsync(new SimulatorOptions { Speed = 500 });
        _runs.WithImages("pack.yaml", "a", "b");
        Assert.Equal(0, (await _runs.RunAsync("run", "pack.yaml")).Code);
        var journal = new ResultFolder(_runs.Folder, "pipeline_output").Journal;
        var bytes = words.Contains("damaged", StringComparison.Ordinal)
            ? (await File.ReadAllBytesAsync(journal))[..(int)(new FileInfo(journal).Length / 2)]
            : RandomNumberGenerator.GetBytes(50_000);
        await File.WriteAllBytesAsync(journal, bytes);
        foreach (var command in new string[][] { ["run", "pack.yaml"], ["resume"], ["retry", "pipeline_output"], ["status"] })
        {
            var ended = await _runs.RunAsync(command);
            Assert.True(ended.Code == 1, $"{ended.Code}: {ended.Out} {ended.Error}");
            Assert.Contains(words, ended.Error.Split('\n')[^1], StringComparison.Ordinal);
            Sentence.AssertNoTrace(ended);
        }
        Assert.Equal(bytes, await File.ReadAllBytesAsync(journal));
        Assert.Equal(2, _runs.Seen.SubmitRequests);
    }

    [Fact]
    public async Task Where_nobody_listens_the_job_fails_for_that_reason_and_can_be_tried_again()
    {
        _runs.With("ATLASCLOUD_BASE_URL", "http://127.0.0.1:" + UnusedPort() + "/api/v1").With("ATLASCLOUD_API_KEY", "key");
        await File.WriteAllTextAsync(_runs.File("pack.yaml"), """
            retry: { base_delay: 1ms }
            jobs: [{ name: a, type: image, model: some/model, prompt: a }]
            """);
        var ended = await _runs.RunAsync("run", "pack.yaml");
        Assert.True(ended.Code == 3, $"{ended.Code}: {ended.Out} {ended.Error}");
        Assert.Contains("the connection was refused", ended.Out, StringComparison.Ordinal);
        Assert.Contains("Go on by: atlas-actors retry", ended.Out, StringComparison.Ordinal);
        Sentence.AssertNoTrace(ended);
    }

    [Fact]
    public async Task A_wrong_key_and_an_empty_account_stop_the_batch_and_it_goes_on_when_that_is_mended()
    {
        var journal = _runs.File("atlas.jsonl");
        var options = new SimulatorOptions { Speed = 500, JournalFile = journal, Keys = ["right"] };
        _runs.WithImages("pack.yaml", "a", "b", "c");
        await using (var atlas = await AtlasSimulator.StartAsync(options with { Balance = 0.05m }))
        {
            _runs.With("ATLASCLOUD_BASE_URL", atlas.BaseUrl.ToString()).With("ATLASCLOUD_API_KEY", "wrong");
            await RefusedAsync(0, "run", "pack.yaml");
            _runs.With("ATLASCLOUD_API_KEY", "right");
            await RefusedAsync(1, "resume");
        }
        // On the same port, and with what it knew before.
        await using (var atlas = await AtlasSimulator.StartAsync(options))
        {
            var (code, output, error) = await _runs.RunAsync("run", "pack.yaml");
            Assert.True(code == 0, $"{code}: {output} {error}");
            Assert.Equal(3, atlas.Seen.Submissions.Count);
        }
    }

    [Fact]
    public async Task A_port_in_use_is_a_sentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var ended = await _runs.RunAsync(
            "simulate", "--port", port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Sentence.AssertIs(1, "is in use", ended);
    }

    private async Task RefusedAsync(int successful, params string[] args)
    {
        var ended = await _runs.RunAsync(args);
        Assert.True(ended.Code == 5, $"{ended.Code}: {ended.Out} {ended.Error}");
        Assert.Contains("Go on by: atlas-actors resume pipeline_output", ended.Out, StringComparison.Ordinal);
        Assert.Equal(successful, new ResultFolder(_runs.Folder, "pipeline_output").Manifest.Successful);
        Sentence.AssertNoTrace(ended);
    }

    private static int UnusedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
