using System.Text;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Simulator;
using Xunit;

namespace AtlasActors.Host.Tests.EndToEnd;

/// <summary>An address that is signed is as good as a key, for as long as it is good: it is used, and neither shown nor kept.</summary>
public sealed class SignedLinkSpecs
{
    private const string Secret = "Sg7Hq2LmPx9";

    private static readonly string[][] Commands =
    [
        ["run", "pack.yaml", "--log-level", "trace"],
        ["status", "pipeline_output", "--json"],
        ["retry", "pipeline_output", "--log-level", "trace", "--log-format", "json"],
        ["refetch", "pipeline_output", "--verify", "--json", "--log-level", "trace"],
        ["costs", "pipeline_output", "--json"],
        ["run", "pack.yaml", "--new", "--json"],
    ];

    [Theory]
    [InlineData($"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=900&X-Amz-Signature={Secret}")]
    [InlineData($"token={Secret}")]
    public async Task Neither_logs_nor_errors_nor_files_have_what_signs_an_address(string query)
    {
        await using var runs = new ProgramRuns();
        await runs.WithAtlasAsync(new SimulatorOptions { Speed = 500, LinkQuery = query });
        runs.WithImages("pack.yaml", "a lake", "[fail] a hill", "[expired] a wood", "[cut:1] a sea");
        var input = """
              - name: From a file
                type: video
                model: bytedance/seedance-v1.5-pro/image-to-video
                prompt: it moves
                image: a.png
              - name: From an output
                type: video
                model: bytedance/seedance-v1.5-pro/image-to-video
                prompt: it moves too
                image_from: Picture 1

            """;
        await File.AppendAllTextAsync(runs.File("pack.yaml"), input);
        await File.WriteAllBytesAsync(runs.File("a.png"), [0x89, .. "PNG\r\n\u001a\n"u8, 1]);

        var said = new StringBuilder();
        foreach (var command in Commands)
        {
            var (_, output, error) = await runs.RunAsync(command);
            said.Append(output).Append(error);
        }

        // They were needed, and used: without what signs them nothing is served.
        foreach (var file in new[] { "images/picture_1.png", "images/picture_4.png", "videos/from_a_file.mp4", "videos/from_an_output.mp4" })
            Assert.True(File.Exists(runs.File($"pipeline_output/{file}")), file + said);
        Assert.True(runs.Seen.Uploads > 0);
        Assert.DoesNotContain(Secret, said.ToString(), StringComparison.Ordinal);
        AssertNoFileHas(runs.Folder, Secret);
    }

    /// <summary>All bytes of all files: the journal's pages are among them, those that SQLite has freed too.</summary>
    private static void AssertNoFileHas(string folder, string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        foreach (var file in Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
            Assert.False(File.ReadAllBytes(file).AsSpan().IndexOf(bytes) >= 0, file);
    }
}
