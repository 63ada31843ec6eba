using AtlasActors.Host.Tests.EndToEnd.Support;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Simulator;
using Xunit;

namespace AtlasActors.Host.Tests.Faults;

/// <summary>Connections that are refused, and connections that are reset before anything of them was read.</summary>
public sealed class FrontDoorSpecs
{
    private static readonly LabOrder Order = new(Seed: 5, Jobs: 40, Ends: 0, CutRate: 0, FaultRate: 0);

    [Fact]
    public async Task What_was_refused_is_not_taken_and_what_was_reset_unread_is_at_most_in_doubt_and_never_paid()
    {
        await using var atlas = await AtlasSimulator.StartAsync(new SimulatorOptions { Speed = 2000, Seed = Order.Seed });
        await using var runs = new ProgramRuns();
        using var door = new FrontDoor(atlas.BaseUrl);
        runs.With("ATLASCLOUD_BASE_URL", $"http://127.0.0.1:{door.Port}/api/v1").With("ATLASCLOUD_API_KEY", "apikey-for-tests");
        // Refused at once and without a wait: the circuit stays closed for want of requests that it could count.
        await File.WriteAllTextAsync(runs.File("pack.yaml"), LabBatch.Text(Order with { Jobs = 1 }));
        var refused = await runs.RunAsync("run", "pack.yaml", "-o", "shut");
        Assert.True(refused.Code == 3, $"{refused.Code}: {refused.Out} {refused.Error}");
        Assert.Contains("the connection was refused", refused.Out, StringComparison.Ordinal);
        Assert.Equal(0, new ResultFolder(runs.Folder, "shut").Manifest.InDoubt);

        door.Open(slams: number => new FaultPlan(Order).Lot(-3, number).Next(3) == 0);
        await File.WriteAllTextAsync(runs.File("pack.yaml"), LabBatch.Text(Order));
        var slammed = await runs.RunAsync("run", "pack.yaml");

        Assert.True(slammed.Code is 0 or 3, $"Seed {Order.Seed}: {slammed.Code}: {slammed.Out} {slammed.Error}");
        var manifest = new ResultFolder(runs.Folder, "out").Manifest;
        var taken = atlas.Seen.Submissions.GroupBy(one => one.Prompt).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(Order.Jobs, manifest.Successful + manifest.InDoubt);
        Assert.InRange(manifest.InDoubt, 0, door.Slammed);
        Assert.True(door.Slammed > 0, "No connection was slammed.");
        foreach (var (entry, job) in manifest.Results.Select((entry, place) => (entry, place + 1)))
        {
            var prompt = LabBatch.FailsOnce(job) ? $"job {job} [fail:1]" : $"job {job}";
            var known = LabBatch.FailsOnce(job) ? 2 : 1;
            if (entry.Status == "success") Assert.Equal(known, taken[prompt]);
            else Assert.InRange(taken.GetValueOrDefault(prompt), 0, known - 1);
        }
        Assert.Equal(manifest.TotalCost, atlas.Seen.Submissions.Where(one => one.IsCharged).Sum(one => one.Price));
    }
}
