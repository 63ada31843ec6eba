using System.Net;
using System.Net.Sockets;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Simulator;
using Xunit;

namespace AtlasActors.Host.Tests.Processes;

/// <summary>What happens to a run while it runs.</summary>
public sealed class InterruptionSpecs : IAsyncLifetime
{
    // An image takes a quarter of a second or so, and one that is asked to be slow half a minute.
    private static readonly SimulatorOptions Unhurried = new() { Speed = 80 };

    private readonly ProgramRuns _runs = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _runs.DisposeAsync();

    [Fact]
    public async Task Interrupted_it_says_how_to_go_on_and_going_on_pays_for_nothing_twice()
    {
        await _runs.WithAtlasAsync(Unhurried);
        _runs.WithImages("pack.yaml", "a", "b", "c", "d");
        var run = _runs.Start("run", "pack.yaml");
        await run.SeesAsync("[OK] Picture 1");
        run.Interrupt();
        Assert.True(await run.EndsAsync() == 130, run.Out + run.Error);
        Assert.Contains("Go on by: atlas-actors resume pipeline_output", run.Out, StringComparison.Ordinal);
        var (code, output, error) = await _runs.RunAsync("resume");
        Assert.True(code == 0, output + error);
        Assert.Contains("Successful:   4", output, StringComparison.Ordinal);
        Assert.Equal(4, _runs.Seen.SubmitRequests);
    }

    [Fact]
    public async Task Run_again_after_an_interruption_goes_on_with_the_same_batch()
    {
        await _runs.WithAtlasAsync(Unhurried);
        _runs.WithImages("pack.yaml", "a", "b", "c");
        var run = _runs.Start("run", "pack.yaml");
        await run.SeesAsync("[OK] Picture 1");
        run.Interrupt();
        await run.EndsAsync();
        var (code, output, error) = await _runs.RunAsync("run", "pack.yaml");
        Assert.True(code == 0, output + error);
        Assert.Contains("Going on with pack.yaml", output, StringComparison.Ordinal);
        Assert.Equal(3, _runs.Seen.SubmitRequests);
    }

    [Fact]
    public async Task A_rehearsal_is_interrupted_and_resumed_with_its_own_simulator()
    {
        _runs.WithImages("pack.yaml", "a", "b", "c", "d");
        var run = _runs.Start("run", "pack.yaml", "--simulate", "--speed", "80");
        await run.SeesAsync("[OK] Picture 1");
        run.Interrupt();
        Assert.Equal(130, await run.EndsAsync());
        var (code, output, error) = await _runs.RunAsync("resume", "--speed", "80");
        Assert.True(code == 0, output + error);
        Assert.Contains("Successful:   4", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_run_in_the_folder_is_told_who_works_there_and_status_looks_on()
    {
        await _runs.WithAtlasAsync(Unhurried);
        _runs.WithImages("pack.yaml", "a", "[slow] b");
        var first = _runs.Start("run", "pack.yaml");
        await first.SeesAsync("[OK] Picture 1");
        var (code, _, error) = await _runs.RunAsync("run", "pack.yaml");
        Assert.Equal(2, code);
        Assert.Contains($"process {first.Id}", error, StringComparison.Ordinal);
        (code, var output, error) = await _runs.RunAsync("status");
        Assert.True(code == 0, output + error);
        Assert.Contains($"running in process {first.Id}, 1 of 2 done", output, StringComparison.Ordinal);
        first.Interrupt();
        Assert.Equal(130, await first.EndsAsync());
        Assert.InRange(_runs.Seen.SubmitRequests, 1, 2);
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
}
