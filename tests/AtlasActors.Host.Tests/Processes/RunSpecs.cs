using System.Text.Json;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Simulator;
using Xunit;

namespace AtlasActors.Host.Tests.Processes;

/// <summary>The real program, from the command line to the files.</summary>
public sealed class RunSpecs : IAsyncLifetime
{
    private static readonly SimulatorOptions Fast = new() { Speed = 500 };

    private readonly ProgramRuns _runs = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _runs.DisposeAsync();

    [Fact]
    public async Task A_rehearsal_leaves_pictures_and_a_manifest_and_needs_nothing()
    {
        _runs.WithImages("pack.yaml", "a lighthouse", "a harbour");
        var (code, output, error) = await _runs.RunAsync("run", "pack.yaml", "--simulate", "--speed", "500");
        Assert.True(code == 0, output + error);
        Assert.Contains("[OK] Picture 1 -- USD0.040", output, StringComparison.Ordinal);
        Assert.Contains("Total cost:   USD 0.0800", output, StringComparison.Ordinal);
        Assert.Empty(error);
        var picture = await File.ReadAllBytesAsync(_runs.File("pipeline_output/images/picture_1.png"));
        Assert.Equal("PNG"u8, picture.AsSpan(1, 3));
        var manifest = JsonSerializer.Deserialize<JsonElement>(
            await File.ReadAllTextAsync(_runs.File("pipeline_output/manifest.json")));
        Assert.Equal(2, manifest.GetProperty("successful").GetInt32());
        Assert.Equal(0.08m, manifest.GetProperty("total_cost").GetDecimal());
    }

    [Fact]
    public async Task Run_twice_it_sends_nothing_the_second_time()
    {
        await AtlasAsync("a", "b");
        Assert.Equal(0, (await _runs.RunAsync("run", "pack.yaml")).Code);
        var (code, output, _) = await _runs.RunAsync("run", "pack.yaml");
        Assert.Equal(0, code);
        Assert.Contains("Nothing was sent", output, StringComparison.Ordinal);
        Assert.Equal(2, _runs.Seen.SubmitRequests);
    }

    [Fact]
    public async Task New_generates_again()
    {
        await AtlasAsync("a");
        await _runs.RunAsync("run", "pack.yaml");
        Assert.Equal(0, (await _runs.RunAsync("run", "pack.yaml", "--new")).Code);
        Assert.Equal(2, _runs.Seen.SubmitRequests);
    }

    [Fact]
    public async Task Json_is_one_document_on_standard_output()
    {
        await AtlasAsync("a", "[fail] b");
        var (code, output, _) = await _runs.RunAsync(
            "run", "pack.yaml", "--json", "--log-level", "info", "--log-format", "json");
        Assert.Equal(3, code);
        var document = JsonSerializer.Deserialize<JsonElement>(output);
        Assert.Equal(1, document.GetProperty("counts").GetProperty("succeeded").GetInt32());
        Assert.Equal(1, document.GetProperty("counts").GetProperty("failed").GetInt32());
        Assert.Equal("atlas-actors retry pipeline_output", document.GetProperty("next").GetString());
    }

    [Fact]
    public async Task Without_a_key_there_is_one_sentence_and_nothing_is_sent()
    {
        await AtlasAsync("a");
        _runs.Without("ATLASCLOUD_API_KEY");
        var (code, output, error) = await _runs.RunAsync("run", "pack.yaml");
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Contains("ATLASCLOUD_API_KEY", Assert.Single(error.Split('\n')), StringComparison.Ordinal);
        Assert.Equal(0, _runs.Seen.SubmitRequests);
    }

    [Fact]
    public async Task The_key_may_stand_in_the_env_file_and_a_wrong_one_stops_the_batch()
    {
        await _runs.WithAtlasAsync(Fast with { Keys = ["the-right-one"] });
        _runs.WithImages("pack.yaml", "a", "b");
        var (code, output, _) = await _runs.RunAsync("run", "pack.yaml");
        Assert.Equal(5, code);
        Assert.Contains("atlas-actors resume pipeline_output", output, StringComparison.Ordinal);
        await File.WriteAllTextAsync(_runs.File(".env"), "ATLAS_CLOUD_API_KEY='the-right-one'\n");
        _runs.Without("ATLASCLOUD_API_KEY");
        (code, output, var error) = await _runs.RunAsync("resume");
        Assert.True(code == 0, output + error);
        Assert.Equal(2, _runs.Seen.Submissions.Count);
    }

    [Fact]
    public async Task A_budget_stops_it()
    {
        await AtlasAsync("a", "b");
        Assert.Equal(4, (await _runs.RunAsync("run", "pack.yaml", "--max-cost", "0.05")).Code);
        Assert.Equal(1, _runs.Seen.SubmitRequests);
    }

    [Fact]
    public async Task Ten_mistakes_are_told_with_their_lines_and_nothing_is_sent()
    {
        await AtlasAsync("a");
        await File.WriteAllTextAsync(_runs.File("bad.yaml"), Files.TenMistakes);
        var (code, _, error) = await _runs.RunAsync("run", "bad.yaml");
        Assert.Equal(2, code);
        Assert.Equal(10, Files.FaultsIn(error, "bad.yaml"));
        Assert.Equal(0, _runs.Seen.SubmitRequests);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_a_sentence()
    {
        await AtlasAsync("a");
        await File.WriteAllTextAsync(_runs.File("pipeline_output"), "in its place");
        var (code, _, error) = await _runs.RunAsync("run", "pack.yaml");
        Assert.Equal(2, code);
        Assert.StartsWith(
            "The output folder pipeline_output cannot be written to",
            Assert.Single(error.Split('\n')), StringComparison.Ordinal);
        Assert.Equal(0, _runs.Seen.SubmitRequests);
    }

    [Fact]
    public async Task A_broken_journal_is_a_sentence_and_stays_as_it_is()
    {
        await AtlasAsync("a");
        Directory.CreateDirectory(_runs.File("pipeline_output/.atlas-actors"));
        await File.WriteAllTextAsync(_runs.File("pipeline_output/.atlas-actors/journal.db"), "no database at all");
        var (code, output, error) = await _runs.RunAsync("run", "pack.yaml");
        Assert.True(code == 1, $"{code} {output} {error}");
        Assert.EndsWith("journal.db is not a SQLite database.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.Equal(
            "no database at all", await File.ReadAllTextAsync(_runs.File("pipeline_output/.atlas-actors/journal.db")));
        Assert.Equal(0, _runs.Seen.SubmitRequests);
    }

    private async Task AtlasAsync(params string[] prompts)
    {
        await _runs.WithAtlasAsync(Fast);
        _runs.WithImages("pack.yaml", prompts);
    }
}
