using System.Text;
using System.Text.Json;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Simulator;
using Xunit;

namespace AtlasActors.Host.Tests.EndToEnd;

/// <summary>Texts of the batch file and of Atlas's errors reach a terminal as text: they neither steer it nor turn its lines about.</summary>
public sealed class HostileNameSpecs
{
    private static readonly string[] Steering =
        ["\u001b", "\u009b", "\u0007", "\b", "\u007f", "\u202e", "\u2066", "\u2028"];

    [Theory]
    [InlineData("image")]
    [InlineData("\\e[2Jtype")]
    public async Task What_is_printed_steers_no_terminal(string type)
    {
        await using var runs = new ProgramRuns();
        await runs.WithAtlasAsync(new SimulatorOptions { Speed = 500 });
        string[] names =
        [
            "clear \\e[2J\\e[H", "title \\e]0;x\\a", "C1 \\x9b2J", "back\\b\\b\\b", "gone \\x7f", "turned \\u202egnp.exe",
            "isolated \\u2066x", "line\\u2028feed",
        ];
        await File.WriteAllTextAsync(runs.File("pack.yaml"), """
            max_workers: 3
            retries: 0
            poll: { initial: 20ms, multiplier: 1.5, max: 200ms }
            jobs:

            """ + string.Concat(names.Select((name, i) => $$"""
              - name: "{{name}}"
                type: "{{(i == 0 ? type : "image")}}"
                model: "black-forest-labs/flux-2-pro/text-to-image"
                prompt: "[fail] {{name}}"

            """)));

        var said = new StringBuilder();
        string[][] commands =
        [
            ["validate", "pack.yaml"], ["estimate", "pack.yaml"], ["run", "pack.yaml", "--log-level", "trace"],
            ["status", "pipeline_output"], ["retry", "pipeline_output", "--log-level", "debug", "--log-format", "json"],
            ["costs", "pipeline_output"], ["status", "pipeline_output", "--json"],
        ];
        foreach (var command in commands)
        {
            var (_, output, error) = await runs.RunAsync(command);
            said.Append(output).Append(error);
        }
        AssertSteersNothing(said.ToString());
    }

    [Fact]
    public async Task Names_that_steer_nothing_but_are_turned_about_are_made_and_listed_as_they_are()
    {
        await using var runs = new ProgramRuns();
        await runs.WithAtlasAsync(new SimulatorOptions { Speed = 500 });
        runs.WithImages("pack.yaml", "a lake");
        var text = await File.ReadAllTextAsync(runs.File("pack.yaml"));
        await File.WriteAllTextAsync(
            runs.File("pack.yaml"), text.Replace("name: Picture 1", "name: \"a\\u202egnp.exe \\u200b\"", StringComparison.Ordinal));

        var (code, output, error) = await runs.RunAsync("run", "pack.yaml", "--log-level", "debug");

        Assert.True(code == 0, output + error);
        AssertSteersNothing(output + error);
        using var manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(runs.File("pipeline_output/manifest.json")));
        var result = manifest.RootElement.GetProperty("results")[0];
        Assert.Equal("a\u202egnp.exe \u200b", result.GetProperty("name").GetString());
        Assert.Equal("pipeline_output/images/agnpexe_.png", result.GetProperty("local_path").GetString());
    }

    [Theory]
    [InlineData("jobs: [ \"\\e[2J\" ]")]
    [InlineData("\"\\e[2J\": 1\njobs: []")]
    [InlineData("jobs:\n  - { name: a, type: image, model: \"m\\e[2J\", prompt: p, \"\\e[3J\": { \"\\x9b\": 1 } }")]
    [InlineData("output_dir: \"o\\e[2J\"\njobs:\n  - { name: a, type: image, model: m, prompt: p }")]
    [InlineData("jobs:\n  - { name: a, type: image, model: m, prompt: \"{\\e[2J}\", foreach: \"\\e[2J.csv\" }")]
    [InlineData("\u001b[2J")]
    public async Task Mistakes_are_told_as_text(string file)
    {
        using var program = new ScriptedProgram();
        program.WithFile("pack.yaml", file);

        await program.RunAsync("validate", "pack.yaml");

        Assert.NotEmpty(program.Text + program.Errors);
        AssertSteersNothing(program.Text + program.Errors);
    }

    private static void AssertSteersNothing(string said) =>
        Assert.All(Steering, letter => Assert.DoesNotContain(letter, said, StringComparison.Ordinal));
}
