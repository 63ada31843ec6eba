using System.Buffers.Binary;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AtlasActors.Host.Tests.Simulator.Support;
using Xunit;

namespace AtlasActors.Host.Tests.Simulator;

/// <summary>Sounds, solids and texts.</summary>
public sealed class OtherMediaSpecs
{
    [Fact]
    public async Task Speech_is_a_wav_file_and_charged_by_the_job()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        var id = await atlas.SubmitAsync("/model/generateAudio", Body("xai/tts-v1", ("text", "Guten Morgen")));

        var response = await atlas.Http.GetAsync(await atlas.FinishAsync(id));
        var sound = await response.Content.ReadAsByteArrayAsync();

        Assert.Equal("audio/wav", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("RIFF", Encoding.ASCII.GetString(sound, 0, 4));
        Assert.Equal("WAVE", Encoding.ASCII.GetString(sound, 8, 4));
        Assert.Equal(sound.Length - 8, BinaryPrimitives.ReadInt32LittleEndian(sound.AsSpan(4)));
        Assert.Equal(sound.Length - 44, BinaryPrimitives.ReadInt32LittleEndian(sound.AsSpan(40)));
        Assert.Contains(sound.Skip(44), value => value != 0);
        Assert.Equal(0.02m, atlas.Simulator.Seen.Charged);
        Assert.Equal("Guten Morgen", atlas.Simulator.Seen.Submissions[0].Prompt);
    }

    [Fact]
    public async Task An_unknown_model_of_sounds_makes_one_too()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        var id = await atlas.SubmitAsync("/model/generateAudio", Body("somebody/new", ("prompt", "rain")));

        Assert.EndsWith(".wav", (await atlas.FinishAsync(id)).AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_solid_from_an_image_is_a_binary_gltf_file()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        var body = Body("tencent/hunyuan3d-rapid/image-to-3d", ("image", "https://example.com/shoe.png"));
        var id = await atlas.SubmitAsync("/model/generateImage", body);

        var response = await atlas.Http.GetAsync(await atlas.FinishAsync(id));
        var solid = await response.Content.ReadAsByteArrayAsync();

        Assert.Equal("model/gltf-binary", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("glTF", Encoding.ASCII.GetString(solid, 0, 4));
        Assert.Equal(2, BinaryPrimitives.ReadInt32LittleEndian(solid.AsSpan(4)));
        Assert.Equal(solid.Length, BinaryPrimitives.ReadInt32LittleEndian(solid.AsSpan(8)));
        var length = BinaryPrimitives.ReadInt32LittleEndian(solid.AsSpan(12));
        var description = JsonNode.Parse(solid.AsSpan(20, length))!;
        var buffer = (int)description["buffers"]![0]!["byteLength"]!;
        Assert.Equal(solid.Length - 28 - length, BinaryPrimitives.ReadInt32LittleEndian(solid.AsSpan(20 + length)));
        Assert.InRange(buffer, 1, solid.Length - 28 - length);
        Assert.All(description["bufferViews"]!.AsArray(), view => Assert.InRange(
            (int)view!["byteOffset"]! + (int)view["byteLength"]!, 1, buffer));
        Assert.All([0, length % 4, (28 + length) % 4], rest => Assert.Equal(0, rest));
    }

    [Fact]
    public async Task A_recording_becomes_a_text_in_the_answer()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        var body = Body("bytedance/seed-asr", ("audio", "https://example.com/call.wav"));
        var id = await atlas.SubmitAsync("/model/generateAudio", body);
        atlas.Clock.Advance(TimeSpan.FromHours(1));

        var done = await atlas.PollAsync(id);

        Assert.Equal("completed", (string)done["status"]!);
        Assert.NotEmpty((string)done["outputs"]![0]!["text"]!);
        Assert.Equal(
            HttpStatusCode.NotFound, (await atlas.GetAtHostAsync($"/outputs/{id}.txt")).StatusCode);
    }

    [Fact]
    public async Task A_background_is_removed_without_a_prompt()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        var body = Body("atlascloud/background-remover", ("image", "https://example.com/shoe.png"));
        var id = await atlas.SubmitAsync("/model/generateImage", body);

        Assert.EndsWith(".png", (await atlas.FinishAsync(id)).AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sequence_has_as_many_outputs_as_were_asked_for()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        var body = Body("bytedance/seedream-v4.5/sequential", ("prompt", "a comic"), ("max_images", 4));
        var id = await atlas.SubmitAsync("/model/generateImage", body);
        atlas.Clock.Advance(TimeSpan.FromHours(1));

        var done = await atlas.PollAsync(id);

        Assert.Equal(4, done["outputs"]!.AsArray().Count);
        Assert.Equal("0.144", (string)done["price"]!);
    }

    private static JsonObject Body(string model, params (string Name, JsonNode Value)[] fields)
    {
        var body = new JsonObject { ["model"] = model };
        foreach (var (name, value) in fields) body[name] = value;
        return body;
    }
}
