using System.Text.Json;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Models;
using Xunit;

namespace AtlasActors.Host.Tests.Commands;

public sealed class ModelsCommandSpecs : IDisposable
{
    private readonly ScriptedProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task It_lists_every_model_with_its_lengths_sizes_and_price()
    {
        Assert.Equal(0, await _program.RunAsync("models"));
        Assert.All(
            ModelCatalog.Default.Entries,
            model => Assert.Contains(model.Id + " ", _program.Text, StringComparison.Ordinal));
        Assert.Matches(
            @"google/veo3\.1/text-to-video +video +0\.40 a second +4, 6, 8 +720p, 1080p, 4k", _program.Text);
        Assert.Matches(@"openai/sora-2/text-to-video .* no longer listed", _program.Text);
        Assert.Contains("A model that is not listed works too", _program.Text, StringComparison.Ordinal);
        Assert.Empty(_program.Batches.Opened);
    }

    [Theory]
    [InlineData("KLING", "kwaivgi/kling-v3.0-std/text-to-video")]
    [InlineData("sora-v2", "openai/sora-2/text-to-video")]
    public async Task A_word_lists_the_models_with_it_in_an_id_or_alias(string word, string model)
    {
        Assert.Equal(0, await _program.RunAsync("models", word));
        Assert.DoesNotContain("google/veo3.1", _program.Text, StringComparison.Ordinal);
        Assert.Contains(model, _program.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("google/veo3.1/text-to-video", "duration         4, 6 or 8 seconds, nothing else; 8 by itself")]
    [InlineData("google/veo3.1/text-to-video", "when resolution is 1080p or 4k, duration must be 8")]
    [InlineData("google/veo3.1/text-to-video", "USD 0.40 a second, 2026-09-29 (0.20 without audio;")]
    [InlineData("z-image/turbo", "size             256 to 2048; as \"W*H\"; 1024*1536 by itself")]
    [InlineData("seedance-2.0/reference-to-video", "images           sent as reference_images; at most 9")]
    [InlineData("google/imagen4-ultra/text-to-image", "also found as google/imagen4-ultra/text-to-image")]
    public async Task An_id_tells_all_that_is_known_of_the_model(string id, string line)
    {
        Assert.Equal(0, await _program.RunAsync("models", id));
        Assert.Contains(line, _program.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_no_model_has_in_its_id_is_told_with_the_one_that_was_meant()
    {
        Assert.Equal(0, await _program.RunAsync("models", "google/veo3.1/text-to-vidoe"));
        Assert.Contains("did you mean 'google/veo3.1/text-to-video'?", _program.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_type_lists_the_models_that_make_it()
    {
        Assert.Equal(0, await _program.RunAsync("models", "--type", "audio"));
        Assert.Contains("xai/tts-v1", _program.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("veo", _program.Text, StringComparison.Ordinal);
        Assert.Equal(2, await _program.RunAsync("models", "--type", "film"));
    }

    [Fact]
    public async Task As_json_it_is_one_document()
    {
        Assert.Equal(0, await _program.RunAsync("models", "google/veo3.1/text-to-video", "--json"));
        var model = JsonSerializer.Deserialize<JsonElement>(_program.Text).GetProperty("models")[0];
        Assert.Equal("video", model.GetProperty("type").GetString());
        Assert.Equal(
            ["4", "6", "8"],
            model.GetProperty("fields").EnumerateArray()
                .Single(field => field.GetProperty("field").GetString() == "duration")
                .GetProperty("values").EnumerateArray().Select(value => value.GetString()));
        Assert.Equal(0.40m, model.GetProperty("price").GetProperty("usd").GetDecimal());
        Assert.Equal("second", model.GetProperty("price").GetProperty("per").GetString());
    }
}
