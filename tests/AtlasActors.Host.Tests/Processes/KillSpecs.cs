using System.Text.Json;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Simulator;
using Xunit;

namespace AtlasActors.Host.Tests.Processes;

/// <summary>The real program, ended by <c>kill -9</c> at one moment after another, and run again.</summary>
public sealed class KillSpecs
{
    private const int Jobs = 6;

    /// <summary>How many requests, of any kind, the simulator has seen when the process is killed.</summary>
    public static TheoryData<int> Moments => [.. Enumerable.Range(0, 24)];

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task Killed_at_any_moment_no_job_is_lost_and_none_that_was_answered_is_paid_twice(int requests)
    {
        await using var runs = await new ProgramRuns().WithAtlasAsync(new SimulatorOptions { Speed = 150 });
        runs.WithImages("pack.yaml", [.. Enumerable.Range(1, Jobs).Select(i => $"picture {i}")]);
        var killed = runs.Start("run", "pack.yaml", "--max-workers", "3");
        await runs.RequestedAsync(requests, orEndOf: killed);
        killed.Kill();

        string[] again = requests % 2 == 0 || !File.Exists(runs.File("pipeline_output/.atlas-actors/journal.db"))
            ? ["run", "pack.yaml"]
            : ["resume"];
        var (code, output, error) = await runs.RunAsync([.. again, "--json"]);
        if (code == 2 && again[0] == "resume")
            (code, output, error) = await runs.RunAsync("run", "pack.yaml", "--json");
        Assert.True(code is 0 or 3, $"{code} {output} {error}");
        var report = JsonSerializer.Deserialize<JsonElement>(output);
        var inDoubt = report.GetProperty("counts").GetProperty("in_doubt").GetInt32();
        // What was in doubt may have been taken or not; all else was submitted once, and only that.
        Assert.Equal(Jobs - inDoubt, report.GetProperty("counts").GetProperty("succeeded").GetInt32());
        Assert.InRange(runs.Seen.Submissions.Count, Jobs - inDoubt, Jobs);
        AssertCountedOnce(runs, report, Jobs - inDoubt);
        if (inDoubt == 0)
            return;

        (code, output, error) = await runs.RunAsync("retry", "pipeline_output", "--in-doubt", "--json");
        Assert.True(code == 0, $"{code} {output} {error}");
        Assert.InRange(runs.Seen.Submissions.Count, Jobs, Jobs + inDoubt);
    }

    private static void AssertCountedOnce(ProgramRuns runs, JsonElement report, int succeeded)
    {
        Assert.Equal(succeeded * 0.04m, report.GetProperty("money").GetProperty("charged").GetDecimal());
        var manifest = JsonSerializer.Deserialize<JsonElement>(
            File.ReadAllText(runs.File("pipeline_output/manifest.json")));
        Assert.Equal(succeeded * 0.04m, manifest.GetProperty("total_cost").GetDecimal());
        Assert.Equal(succeeded, manifest.GetProperty("successful").GetInt32());
        Assert.Equal(
            succeeded,
            Directory.GetFiles(runs.File("pipeline_output/images"), "*.png").Length);
    }
}
