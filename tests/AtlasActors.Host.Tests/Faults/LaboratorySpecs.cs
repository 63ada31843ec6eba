using Xunit;
using Xunit.Abstractions;

namespace AtlasActors.Host.Tests.Faults;

/// <summary>
/// Nothing is lost and nothing is paid for twice, whatever happens and whenever. docs/failure-modes.md says how to run it for long.
/// </summary>
public sealed class LaboratorySpecs(ITestOutputHelper output)
{
    [Fact]
    public async Task Ended_again_and_again_at_any_moment_it_loses_nothing_and_pays_for_nothing_twice() =>
        await RunAsync(new LabOrder(Seed: 1, Jobs: 200, Ends: 50, CutRate: 0, FaultRate: 0).OrFromEnvironment());

    [Fact]
    public async Task Ended_while_everything_fails_it_loses_nothing_and_pays_for_nothing_twice() =>
        await RunAsync(new LabOrder(Seed: 2, Jobs: 150, Ends: 12, CutRate: 0.05, FaultRate: 0.05).OrFromEnvironment());

    [Fact]
    public async Task With_every_twentieth_answer_lost_those_in_doubt_are_exactly_those()
    {
        var order = new LabOrder(Seed: 3, Jobs: 300, Ends: 0, CutRate: 0.05, FaultRate: 0.05).OrFromEnvironment() with { Ends = 0 };
        await using var lab = await Laboratory.OpenAsync(order);
        await lab.RunAsync(0);
        await LabChecks.AssertNothingIsLostOrPaidTwiceAsync(lab, order);
        output.WriteLine($"Seed {order.Seed}: {order.Jobs} jobs, {lab.Lost.Count} answers lost, {lab.Seen.Submissions.Count} submissions taken.");
        Assert.NotEmpty(lab.Lost);
    }

    [Fact]
    public async Task On_disks_that_are_full_sooner_or_later_it_stops_and_a_plain_run_brings_the_rest()
    {
        var order = new LabOrder(Seed: 4, Jobs: 60, Ends: 0, CutRate: 0.02, FaultRate: 0.02).OrFromEnvironment();
        await using var lab = await Laboratory.OpenAsync(order);
        await lab.RunOnFullDisksAsync(runs: 8);
        await LabChecks.AssertNothingIsLostOrPaidTwiceAsync(lab, order);
        output.WriteLine($"Seed {order.Seed}: {order.Jobs} jobs, {lab.Ends} times without room, {lab.Lost.Count} in doubt.");
        Assert.True(lab.Ends > 0, "No disk was full.");
    }

    private async Task RunAsync(LabOrder order)
    {
        for (var (batch, ends, jobs) = (1, 0, 0); ends < order.Ends; batch++)
        {
            var own = order with { Seed = order.Seed + (1000 * batch) };
            await using var lab = await Laboratory.OpenAsync(own);
            await lab.RunAsync(order.Ends - ends);
            await LabChecks.AssertNothingIsLostOrPaidTwiceAsync(lab, own);
            (ends, jobs) = (ends + lab.Ends, jobs + own.Jobs);
            var line = $"Seed {own.Seed}: ended {lab.Ends} times, {lab.Lost.Count} in doubt; {ends} ends and {jobs} jobs so far.";
            output.WriteLine(line);
            if (Environment.GetEnvironmentVariable("ATLAS_FAULTS_REPORT") is { Length: > 0 } report)
                await File.AppendAllTextAsync(report, line + Environment.NewLine);
        }
    }
}
