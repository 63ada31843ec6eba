using System.Net;
using System.Net.Sockets;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Simulator;
using Xunit;

namespace AtlasActors.Host.Tests.Processes;

/// <summary>What happens to a run while it runs.</summary>
public sealed class InterruptionSpecs : IAsyncLifetime
{
    private readonly HeldClock _clock = new();
    private readonly ProgramRuns _runs = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _runs.DisposeAsync();

    [Theory]
    [InlineData("resume")]
    [InlineData("run", "pack.yaml")]
    public async Task Interrupted_it_says_how_to_go_on_and_going_on_pays_for_nothing_twice(params string[] goOn)
    {
        var run = await RunToTheSecondOfAsync("a", "b", "c", "d");
        run.Interrupt();
        Assert.True(await run.EndsAsync() == 130, run.Out + run.Error);
        Assert.Contains("Go on by: atlas-actors resume pipeline_output", run.Out, StringComparison.Ordinal);
        _clock.LetGo();
        var (code, output, error) = await _runs.RunAsync(goOn);
        Assert.True(code == 0, output + error);
        Assert.Contains("Going on with pack.yaml: 1 of 4 done.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("[OK] Picture 1", output, StringComparison.Ordinal);
        Assert.Contains("Successful:   4", output, StringComparison.Ordinal);
        Assert.Equal(4, _runs.Seen.SubmitRequests);
    }

    [Fact]
    public async Task A_rehearsal_is_interrupted_and_resumed_with_its_own_simulator()
    {
        _runs.WithImages("pack.yaml", "a", "[slow] b");
        var run = _runs.Start("run", "pack.yaml", "--simulate", "--speed", "40");
        await run.SeesAsync("[OK] Picture 1");
        run.Interrupt();
        Assert.True(await run.EndsAsync() == 130, run.Out + run.Error);
        var (code, output, error) = await _runs.RunAsync("resume", "--speed", "40");
        Assert.True(code == 0, output + error);
        Assert.Contains("Successful:   2", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_run_in_the_folder_is_told_who_works_there_and_status_looks_on()
    {
        var first = await RunToTheSecondOfAsync("a", "b");
        var (code, _, error) = await _runs.RunAsync("run", "pack.yaml");
        Assert.Equal(2, code);
        Assert.Contains($"process {first.Id}", error, StringComparison.Ordinal);
        (code, var output, error) = await _runs.RunAsync("status");
        Assert.True(code == 0, output + error);
        Assert.Contains($"running in process {first.Id}, 1 of 2 done", output, StringComparison.Ordinal);
        first.Interrupt();
        Assert.True(await first.EndsAsync() == 130, first.Out + first.Error);
        Assert.Equal(2, _runs.Seen.SubmitRequests);
    }

    [Fact]
    public async Task Interrupted_as_it_begins_it_ends_as_interrupted()
    {
        // Nobody answers there, so that the batch cannot end by itself before the signal comes.
        _runs.With("ATLASCLOUD_BASE_URL", "http://127.0.0.1:9/api/v1").With("ATLASCLOUD_API_KEY", "key");
        _runs.WithImages("pack.yaml", "a");
        var run = _runs.Start("run", "pack.yaml");
        await run.SeesAsync("1 job, USD 0.04 expected");
        run.Interrupt();
        Assert.True(await run.EndsAsync() == 130, run.Out + run.Error);
    }

    [Fact]
    public async Task A_second_interrupt_ends_it_at_once_though_an_answer_is_awaited()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        _runs.With("ATLASCLOUD_BASE_URL", $"http://{silent.LocalEndpoint}/api/v1").With("ATLASCLOUD_API_KEY", "key");
        _runs.WithImages("pack.yaml", "a");
        var run = _runs.Start("run", "pack.yaml");
        using var submission = await silent.AcceptTcpClientAsync().WaitAsync(ProgramProcess.Patience);
        run.Interrupt();
        await run.SeesAsync("Stopping:");
        run.Interrupt();
        Assert.Equal(130, await run.EndsAsync().WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.DoesNotContain("Jobs:", run.Out, StringComparison.Ordinal);
    }

    /// <summary>A run whose first job is done, and whose second generates for as long as the clock is held.</summary>
    private async Task<ProgramProcess> RunToTheSecondOfAsync(params string[] prompts)
    {
        await _runs.WithAtlasAsync(new SimulatorOptions { Clock = _clock });
        _runs.WithImages("pack.yaml", prompts);
        var run = _runs.Start("run", "pack.yaml");
        await _runs.SubmittedAsync(1);
        _clock.FinishAll();
        await run.SeesAsync("[OK] Picture 1");
        await _runs.SubmittedAsync(2);
        return run;
    }
}
