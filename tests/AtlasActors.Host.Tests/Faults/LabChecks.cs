using AtlasActors.Host.Tests.EndToEnd.Support;
using Xunit;

namespace AtlasActors.Host.Tests.Faults;

/// <summary>Holds files, manifest, journal, ledger and what the simulator has seen against each other.</summary>
internal static class LabChecks
{
    public static async Task AssertNothingIsLostOrPaidTwiceAsync(Laboratory lab, LabOrder order)
    {
        var manifest = lab.Results.Manifest;
        var taken = lab.Seen.Submissions.GroupBy(prediction => LabBatch.NameOf($$"""{"prompt":"{{prediction.Prompt}}"}"""))
            .ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(order.Jobs, manifest.Results.Select(entry => entry.Name).Distinct().Count());
        Assert.Equal(order.Jobs, manifest.Results.Count);
        Assert.Equal(lab.Lost.Order(), manifest.Results.Where(entry => entry.Status == "in_doubt").Select(entry => entry.Name).Order());
        for (var job = 1; job <= order.Jobs; job++)
        {
            var entry = manifest.Results[job - 1];
            var attempts = LabBatch.FailsOnce(job) ? 2 : 1;
            if (lab.Lost.Contains(entry.Name))
                Assert.InRange(taken.GetValueOrDefault(entry.Name), 0, attempts);
            else
            {
                Assert.True(entry.Status == "success", $"Seed {order.Seed}: {entry.Name} {entry.Status}: {entry.Error}");
                Assert.True(attempts == taken[entry.Name], $"Seed {order.Seed}: {entry.Name} was taken {taken[entry.Name]} times.");
                lab.Results.BytesOf(entry);
            }
        }
        Assert.Empty(lab.Results.Leftovers);
        await AssertMoneyAsync(lab, manifest);
    }

    private static async Task AssertMoneyAsync(Laboratory lab, ManifestFile manifest)
    {
        var journal = (await lab.Results.ReadJournalAsync())!;
        Assert.Equal(manifest.TotalCost, manifest.Results.Sum(entry => entry.Cost));
        Assert.Equal(manifest.TotalCost, journal.Ledger.Charged.Amount);
        Assert.Equal(manifest.TotalCost, journal.Batch.Money.Charged.Amount);
        Assert.Equal(manifest.PossibleCost, journal.Ledger.InDoubt.Amount);
        Assert.Equal(0, journal.Ledger.Reserved.Amount);
        Assert.InRange(
            lab.Seen.Submissions.Where(prediction => prediction.IsCharged).Sum(prediction => prediction.Price),
            manifest.TotalCost, manifest.TotalCost + manifest.PossibleCost);
    }
}
