using System.Text.Json;
using AtlasActors.Host.Tests.Support;
using Xunit;

namespace AtlasActors.Host.Tests.EndToEnd;

/// <summary>Sounds, 3D models, transcripts and jobs of several files, through the real actors and the simulator.</summary>
public sealed class AllKindsSpecs : IDisposable
{
    private const string Batch = """
        output_dir: out
        poll: {initial: 50ms}
        jobs:
          - {name: welcome, type: audio, model: xai/tts-v1, prompt: Welcome to our store}
          - {name: minutes, type: audio, model: bytedance/seed-asr, audio: "https://example.com/meeting.mp3"}
          - {name: chair, type: 3d, model: tencent/hunyuan3d-rapid/image-to-3d, image: "https://example.com/chair.png"}
          - {name: many, type: image, model: black-forest-labs/flux-schnell, prompt: p, width: 64, height: 64,
             params: {num_images: 3}}
          - {name: many 2, type: image, model: black-forest-labs/flux-schnell, prompt: p, width: 64, height: 64}
        """;

    private readonly ScriptedProgram _program = new ScriptedProgram().WithActors().WithFile("a.yaml", Batch);

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Each_file_lies_in_the_folder_of_its_kind_under_a_name_of_its_own_and_with_its_own_ending()
    {
        Assert.Equal(0, await _program.RunAsync("run", "a.yaml", "--simulate", "--speed", "1000"));

        var folder = Path.Combine(_program.Folder.Path, "out");
        Assert.Equal(
            [
                "audio/minutes.txt", "audio/welcome.wav", "images/many-1.png", "images/many-2.png", "images/many-3.png",
                "images/many_2.png", "models/chair.glb",
            ],
            new[] { "audio", "images", "models" }
                .SelectMany(kind => Directory.EnumerateFiles(Path.Combine(folder, kind)))
                .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal));
        using var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "manifest.json")));
        Assert.Equal(
            ["audio", "audio", "3d", "image", "image"],
            manifest.RootElement.GetProperty("results").EnumerateArray()
                .Select(result => result.GetProperty("type").GetString()));
        Assert.StartsWith("What was said", await File.ReadAllTextAsync(Path.Combine(folder, "audio", "minutes.txt")));
    }
}
