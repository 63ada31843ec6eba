using System.Text.Json;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Simulator;
using Xunit;

namespace AtlasActors.Host.Tests.Commands;

/// <summary><c>validate --live</c> and <c>models --live</c>, before the simulator.</summary>
public sealed class LiveValidationSpecs : IAsyncLifetime, IDisposable
{
    private readonly ScriptedProgram _program = new();
    private AtlasSimulator _atlas = null!;

    public async Task InitializeAsync()
    {
        _atlas = await AtlasSimulator.StartAsync(new SimulatorOptions());
        _program.With("ATLASCLOUD_BASE_URL", _atlas.BaseUrl.ToString());
    }

    public async Task DisposeAsync() => await _atlas.DisposeAsync();

    public void Dispose() => _program.Dispose();

    [Theory]
    [InlineData("apikey-for-tests")]
    [InlineData(null)]
    public async Task A_file_in_order_is_told_so_with_a_key_and_without(string? key)
    {
        _program.With("ATLASCLOUD_API_KEY", key).WithFile("a.yaml", Files.Pack);

        Assert.Equal(0, await _program.RunAsync("validate", "a.yaml", "--live"));
        Assert.Contains("checked against what Atlas publishes of 2 of 2 models", _program.Text, StringComparison.Ordinal);
        Assert.Empty(_program.Errors);
    }

    [Fact]
    public async Task What_Atlas_would_refuse_is_told_at_its_place()
    {
        _program.WithFile("a.yaml", """
            jobs:
              - {name: a, type: video, model: google/veo3.1/text-to-video, prompt: p, params: {generate_audio: loud}}
              - {name: b, type: image, model: google/imagen44, prompt: p}
            """);

        Assert.Equal(0, await _program.RunAsync("validate", "a.yaml"));
        Assert.Equal(2, await _program.RunAsync("validate", "a.yaml", "--live"));
        Assert.Contains(
            "a.yaml:2:100: jobs[1].params.generate_audio: Atlas says of google/veo3.1/text-to-video: 'generate_audio' "
            + "wants true or false, found the text 'loud'", _program.Errors, StringComparison.Ordinal);
        Assert.Contains(
            "a.yaml:3:35: jobs[2].model: Atlas lists no model 'google/imagen44'; did you mean 'google/imagen4'?",
            _program.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_that_Atlas_does_not_know_is_a_warning_and_with_strict_a_fault()
    {
        _program.WithFile("a.yaml", """
            jobs: [{name: a, type: image, model: google/imagen4, prompt: p, params: {mood: x}}]
            """);

        Assert.Equal(0, await _program.RunAsync("validate", "a.yaml", "--live"));
        Assert.Contains("warning: a.yaml:1:80: jobs[1].params.mood: Atlas says", _program.Errors, StringComparison.Ordinal);
        Assert.Equal(2, await _program.RunAsync("validate", "a.yaml", "--live", "--strict"));
    }

    [Fact]
    public async Task As_json_it_names_the_models_that_were_checked()
    {
        _program.WithFile("a.yaml", Files.Pack);

        Assert.Equal(0, await _program.RunAsync("validate", "a.yaml", "--live", "--json"));
        var live = JsonSerializer.Deserialize<JsonElement>(_program.Text).GetProperty("live");
        Assert.Equal(2, live.GetArrayLength());
        Assert.All(live.EnumerateArray(), model => Assert.Equal(JsonValueKind.Null, model.GetProperty("why").ValueKind));
    }

    [Fact]
    public async Task When_Atlas_is_not_to_be_reached_the_file_is_not_called_in_order()
    {
        _program.WithFile("a.yaml", Files.Pack);
        await _atlas.DisposeAsync();

        Assert.Equal(1, await _program.RunAsync("validate", "a.yaml", "--live"));
        Assert.Contains("could not be checked against what Atlas publishes", _program.Errors, StringComparison.Ordinal);
        Assert.Empty(_program.Text);
        Assert.Equal(1, await _program.RunAsync("validate", "a.yaml", "--live", "--json"));
        Assert.Equal(
            1, JsonSerializer.Deserialize<JsonElement>(_program.Text).GetProperty("error").GetProperty("exit_code").GetInt32());
    }

    [Fact]
    public async Task What_Atlas_lists_is_set_beside_the_catalog()
    {
        Assert.Equal(0, await _program.RunAsync("models", "--live"));
        Assert.Matches(@"google/veo3\.1/text-to-video +video +0\.[0-9]+ +0\.40 a second\r?\n", _program.Text);
        Assert.Matches(@"bytedance/seedream-v5\.0-pro/text-to-image +image +0\.052 \(0\.065\)", _program.Text);
        Assert.Matches(@"tencent/hunyuan3d\S+ +3d .* new", _program.Text);
        Assert.Matches(@"vidu/q3/text-to-video +video +- +0\.06 a second +not listed", _program.Text);
        Assert.Contains("Listed prices are in USD and have no unit", _program.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_can_be_narrowed_by_type_and_word_and_told_as_json()
    {
        Assert.Equal(0, await _program.RunAsync("models", "--live", "--type", "audio", "tts-v1", "--json"));
        var model = Assert.Single(
            JsonSerializer.Deserialize<JsonElement>(_program.Text).GetProperty("models").EnumerateArray());
        Assert.Equal(
            ("xai/tts-v1", "audio", "known"),
            (model.GetProperty("id").GetString(), model.GetProperty("type").GetString(),
                model.GetProperty("listing").GetString()));
        Assert.Equal(JsonValueKind.Number, model.GetProperty("listed").GetProperty("base").ValueKind);
    }

    [Fact]
    public async Task Without_an_answer_there_is_no_list()
    {
        await _atlas.DisposeAsync();

        Assert.Equal(1, await _program.RunAsync("models", "--live"));
        Assert.Contains("could not be asked", _program.Errors, StringComparison.Ordinal);
    }
}
