using System.Text.Json;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Simulator;
using Xunit;

namespace AtlasActors.Host.Tests.Commands;

/// <summary>What batches cost, from the run to the comparison with Atlas's own list, with actors and a simulator.</summary>
public sealed class CostsCommandSpecs : IAsyncLifetime
{
    private const string Flux = "black-forest-labs/flux-2-pro/text-to-image";

    private const string Pictures = $$"""
        max_workers: 2
        poll: { initial: 20ms, multiplier: 1.5, max: 200ms }
        jobs:
          - { name: One, type: image, model: {{Flux}}, prompt: a lake, width: 64, height: 64 }
          - { name: Two, type: image, model: {{Flux}}, prompt: a hill, width: 64, height: 64 }
          - { name: Three, type: image, model: google/imagen4-ultra/text-to-image, prompt: a wood, width: 64, height: 64 }
        """;

    private readonly ShiftedClock _clock = new();
    private readonly ScriptedProgram _program =
        new ScriptedProgram().WithActors().WithFile("pack.yaml", Pictures);
    private AtlasSimulator? _atlas;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_atlas is not null)
            await _atlas.DisposeAsync();
        _program.Dispose();
    }

    [Fact]
    public async Task A_price_that_comes_after_the_run_is_collected_by_costs_and_agrees_with_Atlas_s_list()
    {
        await WithAtlasAsync(Late(TimeSpan.FromHours(1)));
        Assert.Equal(0, await _program.RunAsync("run", "pack.yaml"));
        Assert.Contains("Total cost:   USD 0.1400, not yet confirmed by Atlas", _program.Text, StringComparison.Ordinal);
        Assert.Equal((0.14m, 0.14m, false), Manifest());

        Assert.Equal(0, await _program.RunAsync("costs"));
        Assert.Contains("0 told, 3 still missing.", _program.Text, StringComparison.Ordinal);

        _clock.PutForward(TimeSpan.FromHours(2));
        Assert.Equal(0, await _program.RunAsync("costs", "--reconcile"));
        Assert.Contains("3 told, 0 still missing.", _program.Text, StringComparison.Ordinal);
        Assert.Contains("Charged:      USD 0.1600\n", Lines(), StringComparison.Ordinal);
        Assert.Contains("Both say the same.", _program.Text, StringComparison.Ordinal);
        Assert.Equal((0.16m, 0m, true), Manifest());
        Assert.Equal(3, _atlas!.Seen.SubmitRequests);

        Assert.Equal(0, await _program.RunAsync("run", "pack.yaml"));
        Assert.Contains("Nothing was sent", _program.Text, StringComparison.Ordinal);
        Assert.Contains("Total cost:   USD 0.1600\n", Lines(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_price_that_comes_a_moment_after_the_last_job_is_there_at_the_end_of_the_run()
    {
        await WithAtlasAsync(Late(TimeSpan.FromMilliseconds(1)));
        Assert.Equal(0, await _program.RunAsync("run", "pack.yaml"));
        Assert.Equal((0.16m, 0m, true), Manifest());
    }

    [Fact]
    public async Task Without_a_key_it_shows_what_is_known_and_why_no_more()
    {
        await WithAtlasAsync(Late(TimeSpan.FromHours(1)));
        await _program.RunAsync("run", "pack.yaml");
        _program.With("ATLASCLOUD_API_KEY", null);

        Assert.Equal(0, await _program.RunAsync("costs", "--json"));
        var document = Document();
        var money = document.GetProperty("money");
        Assert.Equal((0.14m, 0.14m, 3), (Amount(money, "charged"), Amount(money, "unconfirmed"), money.GetProperty("untold").GetInt32()));
        Assert.Equal(2, document.GetProperty("by_model").GetArrayLength());
        Assert.Contains("no API key", document.GetProperty("not_asked").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, document.GetProperty("collected").ValueKind);
        Assert.Equal(2, await _program.RunAsync("costs", "--reconcile"));
    }

    [Fact]
    public async Task Who_else_uses_the_account_is_seen_in_the_comparison()
    {
        await WithAtlasAsync(new SimulatorOptions { Speed = 1000 });
        await _program.RunAsync("run", "pack.yaml");
        await _program.RunAsync("run", "pack.yaml", "-o", "elsewhere");

        Assert.Equal(0, await _program.RunAsync("costs", "pipeline_output", "--reconcile"));
        Assert.Contains("USD +0.1400: charges that no batch here knows of", _program.Text, StringComparison.Ordinal);

        await _program.RunAsync("costs", "pipeline_output", "--reconcile", "--json");
        var reconciled = Document().GetProperty("reconciled");
        Assert.Equal((0.14m, 0.28m, 0.14m), (Amount(reconciled, "counted"), Amount(reconciled, "listed"), Amount(reconciled, "difference")));
        Assert.All(reconciled.GetProperty("lines").EnumerateArray(),
            line => Assert.Equal("others_too", line.GetProperty("verdict").GetString()));
    }

    [Fact]
    public async Task When_Atlas_cannot_be_asked_the_ledger_is_shown_all_the_same()
    {
        await WithAtlasAsync(new SimulatorOptions { Speed = 1000, Keys = ["apikey-for-tests"] });
        await _program.RunAsync("run", "pack.yaml");
        _program.With("ATLASCLOUD_API_KEY", "another");
        Assert.Equal(5, await _program.RunAsync("costs", "--reconcile"));
        Assert.Contains("Charged:      USD 0.1400\n", Lines(), StringComparison.Ordinal);
        Assert.Contains("Atlas Cloud could not be asked for its charges: Atlas Cloud refused the API key", _program.Text, StringComparison.Ordinal);

        await _atlas!.DisposeAsync();
        Assert.Equal(1, await _program.RunAsync("costs", "--reconcile", "--json"));
        var document = Document();
        Assert.Equal(0.14m, Amount(document.GetProperty("money"), "charged"));
        Assert.Equal(JsonValueKind.Null, document.GetProperty("reconciled").GetProperty("listed").ValueKind);
        Assert.NotEmpty(document.GetProperty("reconciled").GetProperty("trouble").GetString()!);
    }

    [Fact]
    public async Task A_rehearsal_is_compared_with_its_own_simulator()
    {
        _program.With("ATLASCLOUD_API_KEY", null);
        Assert.Equal(0, await _program.RunAsync("run", "pack.yaml", "--simulate", "--speed", "1000", "--live"));
        Assert.Contains("3 jobs, USD 0.14 expected", _program.Text, StringComparison.Ordinal);
        Assert.Equal(0, await _program.RunAsync("costs", "--reconcile"));
        Assert.Contains("with the simulator", _program.Text, StringComparison.Ordinal);
        Assert.Contains("Both say the same.", _program.Text, StringComparison.Ordinal);
        Assert.Contains("\"price_basis\": \"quote\"", File.ReadAllText(_program.Folder.File("pipeline_output/manifest.json")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_a_batch_is_a_sentence()
    {
        Assert.Equal(2, await _program.RunAsync("costs", "nowhere"));
        Assert.Contains("There is no batch in nowhere", _program.Errors, StringComparison.Ordinal);
    }

    // Flux costs a cent more there than by the table, so that a charge can be told from an estimate.
    private SimulatorOptions Late(TimeSpan delay) => new()
    {
        Speed = 1000, PriceDelay = delay, Clock = _clock, Prices = new Dictionary<string, decimal> { [Flux] = 0.05m },
    };

    private async Task WithAtlasAsync(SimulatorOptions options)
    {
        _atlas = await AtlasSimulator.StartAsync(options);
        _program.With("ATLASCLOUD_BASE_URL", _atlas.BaseUrl.ToString());
    }

    private (decimal Cost, decimal Unconfirmed, bool IsReported) Manifest()
    {
        var manifest = JsonDocument.Parse(File.ReadAllText(_program.Folder.File("pipeline_output/manifest.json"))).RootElement;
        return (Amount(manifest, "total_cost"), Amount(manifest, "unconfirmed_cost"), manifest.GetProperty("cost_reported").GetBoolean());
    }

    private JsonElement Document() => JsonSerializer.Deserialize<JsonElement>(_program.Text);

    private static decimal Amount(JsonElement part, string name) => part.GetProperty(name).GetDecimal();

    private string Lines() => _program.Text.ReplaceLineEndings("\n");
}
