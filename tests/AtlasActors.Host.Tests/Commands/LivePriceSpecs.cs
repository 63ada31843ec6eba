using System.Text.Json;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Simulator;
using Xunit;

namespace AtlasActors.Host.Tests.Commands;

/// <summary>Prices that are asked for, with a simulator in place of Atlas Cloud.</summary>
public sealed class LivePriceSpecs : IAsyncLifetime
{
    private const string Flux = "black-forest-labs/flux-2-pro/text-to-image";
    private readonly ScriptedProgram _program = new ScriptedProgram().WithFile("pack.yaml", Files.Pack);
    private AtlasSimulator? _atlas;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _program.Dispose();
        if (_atlas is not null)
            await _atlas.DisposeAsync();
    }

    [Fact]
    public async Task An_estimate_by_quotes_shows_what_this_account_pays()
    {
        await WithAtlasAsync(new SimulatorOptions { Prices = new Dictionary<string, decimal> { [Flux] = 0.03m } });
        Assert.Equal(0, await _program.RunAsync("estimate", "pack.yaml", "--live"));
        Assert.Contains("0.0300 an image", _program.Text, StringComparison.Ordinal);
        Assert.Contains("USD 0.14 for 2 jobs", _program.Text, StringComparison.Ordinal);
        Assert.Contains("Atlas Cloud quoted 2 of 2 jobs, asked 2 questions", _program.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_discounted_or_billed_by_tokens_says_so_and_a_picture_that_is_wanted_is_there()
    {
        await WithAtlasAsync(new SimulatorOptions());
        _program.WithFile("clips.yaml", """
            jobs:
              - { name: a, type: video, model: bytedance/seedance-2.0/text-to-video, prompt: waves, duration: 5, resolution: 720p }
              - { name: b, type: video, model: google/veo3.1/image-to-video, prompt: waves, duration: 8, image: "https://example.com/a.jpg" }
            """);
        Assert.Equal(0, await _program.RunAsync("estimate", "clips.yaml", "--live"));
        Assert.Matches(@"seedance-2\.0/text-to-video +1 +0\.9757 a video +0\.9757 +1\.2197  pays 80 %, estimated", _program.Text);
        Assert.Contains("Estimated: billed by tokens; the charge may differ.", _program.Text, StringComparison.Ordinal);
        Assert.Contains("Atlas Cloud quoted 2 of 2 jobs", _program.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_catalogue_of_500_products_is_one_question_and_needs_no_key_in_a_rehearsal()
    {
        _program.With("ATLASCLOUD_API_KEY", null);
        var sample = Samples.Path("catalogue.yaml");
        Assert.Equal(0, await _program.RunAsync("estimate", sample, "--live", "--simulate", "--json"));
        var document = JsonSerializer.Deserialize<JsonElement>(_program.Text);
        Assert.Equal((1, 500), (document.GetProperty("questions").GetInt32(), document.GetProperty("jobs").GetInt32()));
        var model = document.GetProperty("by_model")[0];
        Assert.Equal(500, model.GetProperty("quoted").GetInt32());
        Assert.Equal(JsonValueKind.Null, model.GetProperty("trouble").ValueKind);
    }

    [Fact]
    public async Task A_run_by_quotes_keeps_its_budget_by_them()
    {
        await WithAtlasAsync(new SimulatorOptions { Prices = new Dictionary<string, decimal> { [Flux] = 0.03m } });
        _program.Batches.Jobs = [Views.Done(1), Views.Done(2)];
        _program.Batches.Script =
        [
            new BatchNotice.PhaseChanged(
                Views.Batch(BatchPhase.Finished, _program.Batches.Jobs, id: "new")),
        ];
        Assert.Equal(0, await _program.RunAsync("run", "pack.yaml", "--live"));
        var jobs = _program.Batches.Started!.Jobs;
        Assert.Equal([0.03m, 0.11m], jobs.Select(job => job.Price.Amount));
        Assert.All(jobs, job => Assert.Equal(PriceBasis.Quote, job.PriceBasis));
        Assert.Contains("pack.yaml: 2 jobs, USD 0.14 expected", _program.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("estimate", "pack.yaml", "--live")]
    [InlineData("run", "pack.yaml", "--live")]
    [InlineData("balance")]
    public async Task A_refused_key_exits_with_5(params string[] args)
    {
        await WithAtlasAsync(new SimulatorOptions { Keys = ["another-key"] });
        Assert.Equal(5, await _program.RunAsync(args));
        Assert.Contains("Atlas Cloud refused the API key", _program.Errors, StringComparison.Ordinal);
        Assert.Empty(_program.Batches.Asked);
    }

    [Fact]
    public async Task Without_an_answer_the_price_table_stands_in_and_says_so()
    {
        _program.With("ATLASCLOUD_BASE_URL", "http://127.0.0.1:1/api/v1");
        Assert.Equal(0, await _program.RunAsync("estimate", "pack.yaml", "--live"));
        Assert.Contains("USD 0.15 for 2 jobs", _program.Text, StringComparison.Ordinal);
        Assert.Contains("price table: no quote", _program.Text, StringComparison.Ordinal);
        Assert.Contains($"No quote for {Flux}, the price table stands in: ", _program.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("0.0000", _program.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whom_to_ask_without_asking_is_a_slip()
    {
        Assert.Equal(2, await _program.RunAsync("estimate", "pack.yaml", "--simulate"));
        Assert.Contains("--live", _program.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Balance_tells_what_is_left()
    {
        await WithAtlasAsync(new SimulatorOptions { Balance = 12.5m });
        Assert.Equal(0, await _program.RunAsync("balance"));
        Assert.Contains("Available:    USD 12.5000", _program.Text, StringComparison.Ordinal);
        Assert.Contains("Frozen:       USD 0.0000, reserved for jobs under way", _program.Text, StringComparison.Ordinal);

        Assert.Equal(0, await _program.RunAsync("balance", "--json"));
        var document = JsonSerializer.Deserialize<JsonElement>(_program.Text);
        Assert.Equal(12.5m, document.GetProperty("available").GetDecimal());
    }

    [Fact]
    public async Task Balance_without_a_key_or_an_answer_is_a_sentence()
    {
        _program.With("ATLASCLOUD_BASE_URL", "http://127.0.0.1:1/api/v1");
        Assert.Equal(1, await _program.RunAsync("balance"));
        Assert.Single(_program.Errors.Trim().Split('\n'));
        _program.With("ATLASCLOUD_API_KEY", null);
        Assert.Equal(2, await _program.RunAsync("balance"));
    }

    private async Task WithAtlasAsync(SimulatorOptions options)
    {
        _atlas = await AtlasSimulator.StartAsync(options);
        _program.With("ATLASCLOUD_BASE_URL", _atlas.BaseUrl.ToString());
    }
}
