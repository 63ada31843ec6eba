using AtlasActors.Host.Tests.EndToEnd.Support;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Simulator;
using Xunit;

namespace AtlasActors.Host.Tests.EndToEnd;

/// <summary>A server that refuses, stumbles and breaks off changes nothing but the time.</summary>
public sealed class UnsteadyServerSpecs : IAsyncLifetime
{
    private const int Jobs = 12;

    private readonly ProgramRuns _runs = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _runs.DisposeAsync();

    [Theory]
    [InlineData(AnswerForm.Real)]
    [InlineData(AnswerForm.Tutorial)]
    [InlineData(AnswerForm.Reference)]
    public async Task A_quarter_of_submissions_answered_with_429_changes_nothing_but_the_time(AnswerForm form)
    {
        await RunAsync(new SimulatorOptions { Form = form, Faults = new FaultOptions { SubmitRefusedRate = 0.25 } });
        Assert.True(_runs.Seen.SubmitRequests > Jobs, "The seed refuses some.");
    }

    [Theory]
    [InlineData(AnswerForm.Real)]
    [InlineData(AnswerForm.Tutorial)]
    [InlineData(AnswerForm.Reference)]
    public async Task A_quarter_of_polls_answered_with_a_503_page_changes_nothing_but_the_time(AnswerForm form)
    {
        await RunAsync(new SimulatorOptions { Form = form, Faults = new FaultOptions { Poll503Rate = 0.25 } });
        Assert.Equal(Jobs, _runs.Seen.SubmitRequests);
    }

    [Fact]
    public async Task A_first_download_that_breaks_off_half_way_is_gone_on_with()
    {
        await RunAsync(new SimulatorOptions { Faults = new FaultOptions { CutFirstDownloads = true } });
        Assert.Equal(Jobs * 2, _runs.Seen.Downloads);
    }

    /// <summary>All succeed, each submitted once, at the usual cost, with the files that the server has.</summary>
    private async Task RunAsync(SimulatorOptions options)
    {
        await _runs.WithAtlasAsync(options with { Speed = 500 });
        await File.WriteAllTextAsync(_runs.File("pack.yaml"), """
            output_dir: out
            max_workers: 4
            poll: { initial: 20ms, max: 50ms }
            retry: { base_delay: 5ms }
            jobs:

            """ + string.Concat(Enumerable.Range(1, Jobs).Select(number =>
            $"  - {{ name: Picture {number}, type: image, model: black-forest-labs/flux-2-pro/text-to-image, "
            + $"prompt: number {number}, width: 64, height: 64 }}\n")));
        var (code, output, error) = await _runs.RunAsync("run", "pack.yaml");
        Assert.True(code == 0, $"{code}: {output} {error}");
        var results = new ResultFolder(_runs.Folder, "out");
        Assert.Equal((Jobs, 0.48m), (results.Manifest.Successful, results.Manifest.TotalCost));
        Assert.Equal(Jobs, _runs.Seen.Submissions.Count);
        Assert.Equal(Jobs, _runs.Seen.Submissions.Select(prediction => prediction.Prompt).Distinct().Count());
        Assert.Empty(results.Leftovers);
        foreach (var entry in results.Manifest.Results)
        {
            Assert.Equal(1, _runs.Seen.Submissions.Count(prediction => prediction.Id == entry.PredictionId));
            Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], results.BytesOf(entry)[..4]);
        }
    }
}
