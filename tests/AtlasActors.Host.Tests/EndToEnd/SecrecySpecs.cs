using System.Text;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Simulator;
using Xunit;

namespace AtlasActors.Host.Tests.EndToEnd;

/// <summary>The key goes to the API and nowhere else.</summary>
public sealed class SecrecySpecs
{
    private const string Key = "apikey-Zq7vK2mWx9";

    [Fact]
    public async Task Neither_files_nor_logs_nor_errors_have_the_key()
    {
        await using var runs = new ProgramRuns();
        await runs.WithAtlasAsync(new SimulatorOptions { Speed = 500, Keys = [Key] });
        runs.With("ATLASCLOUD_API_KEY", Key).WithImages("pack.yaml", "a lake", "[fail] a hill", "[moderation] a wood");
        await File.WriteAllBytesAsync(runs.File("a.png"), [0x89, .. "PNG\r\n\u001a\n"u8, 1]);

        var said = new StringBuilder();
        string[][] commands =
        [
            ["run", "pack.yaml", "--log-level", "debug"], ["status", "pipeline_output", "--json"],
            ["retry", "pipeline_output", "--log-level", "debug", "--log-format", "json"],
            ["costs", "pipeline_output", "--reconcile"], ["balance", "--json"], ["upload", "a.png"],
            ["estimate", "pack.yaml", "--live"], ["validate", "pack.yaml", "--live"], ["models", "--live"],
        ];
        foreach (var command in commands)
        {
            var (_, output, error) = await runs.RunAsync(command);
            said.Append(output).Append(error);
        }
        // One that is refused, too: its errors name what was wrong with it.
        runs.With("ATLASCLOUD_API_KEY", Key + "x");
        var refused = await runs.RunAsync("run", "pack.yaml", "--new", "--log-level", "debug");
        Assert.Equal(5, refused.Code);
        said.Append(refused.Out).Append(refused.Error);

        Assert.Contains("a hill", await File.ReadAllTextAsync(runs.File("pack.yaml")), StringComparison.Ordinal);
        Assert.DoesNotContain(Key, said.ToString(), StringComparison.Ordinal);
        var key = Encoding.UTF8.GetBytes(Key);
        foreach (var file in Directory.EnumerateFiles(runs.Folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
            Assert.False((await File.ReadAllBytesAsync(file)).AsSpan().IndexOf(key) >= 0, file);
    }

    [Fact]
    public async Task The_state_folder_is_its_owners_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        await using var runs = new ProgramRuns();
        await runs.WithAtlasAsync(new SimulatorOptions { Speed = 500 });
        runs.WithImages("pack.yaml", "a lake");

        Assert.Equal(0, (await runs.RunAsync("run", "pack.yaml")).Code);

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(Path.Combine(runs.Folder, "pipeline_output", ".atlas-actors")));
    }
}
