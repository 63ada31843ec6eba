using System.Globalization;
using System.Text.Json;
using AtlasActors.Host.Tests.Serving.Support;
using Xunit;

namespace AtlasActors.Host.Tests.Faults;

/// <summary>Holds what a service says, its files, the simulator and the receiver of its webhooks against each other.</summary>
internal static class ServiceChecks
{
    /// <summary>The batch of a prompt such as <c>job 3 of 7</c>.</summary>
    public static int BatchOf(string prompt) => int.Parse(prompt.Split(' ')[^1], CultureInfo.InvariantCulture);

    /// <summary>The prompts of the callers' jobs that the simulator took.</summary>
    public static IEnumerable<string> PostedOf(ServiceLaboratory lab) =>
        lab.Seen.Submissions.Select(one => one.Prompt).Where(prompt => prompt != ServiceLaboratory.ScheduledPrompt);

    /// <summary>No instant was left out, none had two batches, and no batch was submitted twice.</summary>
    public static void AssertEachFiredOnce(ServiceLaboratory lab, IReadOnlyList<DateTime> firings)
    {
        Assert.True(firings.Count > 1, "The schedule never fired.");
        Assert.All(firings.Zip(firings.Skip(1), (one, next) => next - one), step =>
            Assert.Equal(TimeSpan.FromSeconds(ServiceLaboratory.SecondsBetweenFirings), step));
        Assert.InRange(
            lab.Seen.Submissions.Count(one => one.Prompt == ServiceLaboratory.ScheduledPrompt), firings.Count / 2, firings.Count);
    }

    /// <summary>How many jobs are in doubt; <paramref name="batches"/> has each batch's id by its number.</summary>
    public static async Task<int> AssertNothingIsLostOrPaidTwiceAsync(
        ServiceLaboratory lab, ServiceOrder order, IReadOnlyDictionary<int, string> batches)
    {
        var taken = PostedOf(lab).GroupBy(prompt => prompt).ToDictionary(group => group.Key, group => group.Count());
        Assert.All(taken, one => Assert.True(one.Value == 1, $"{one.Key} was taken {one.Value} times."));
        var doubts = 0;
        foreach (var (number, id) in batches)
        {
            var results = lab.ResultsOf(id);
            var manifest = results.Manifest;
            Assert.Equal(order.Jobs, manifest.Results.Count);
            for (var job = 1; job <= order.Jobs; job++)
            {
                var entry = manifest.Results[job - 1];
                Assert.True(entry.Status is "success" or "in_doubt", $"Seed {order.Seed}: {entry.Name} of {number}: {entry.Status} {entry.Error}");
                if (entry.Status == "in_doubt") doubts++;
                else
                {
                    Assert.Contains($"job {job} of {number}", taken);
                    results.BytesOf(entry);
                }
            }
            Assert.Empty(results.Leftovers);
        }
        await AssertMoneyAsync(lab, order, doubts);
        return doubts;
    }

    /// <summary>Each job's end and each batch's end came, each under one id, and each try the same.</summary>
    public static async Task AssertEveryEndIsToldAsync(ServiceLaboratory lab, IReadOnlyList<string> batches)
    {
        foreach (var id in batches)
        {
            var ended = (await lab.GetAsync($"/v1/batches/{id}/jobs?limit=500")).GetProperty("jobs").EnumerateArray()
                .Select(NumberAndEnd).ToHashSet();
            var all = await lab.Receiver.HasAsync(all =>
                ended.IsSubsetOf(all.Where(one => one.Type == "job.ended" && BatchOf(one) == id).Select(one => NumberAndEnd(one.Of)))
                && all.Any(one => one.Type == "batch.ended" && one.Of.GetProperty("id").GetString() == id));
        }
        var tries = lab.Receiver.All;
        Assert.All(tries, one => Assert.True(one.IsSignedWith(ServiceLaboratory.Secret), one.Id));
        Assert.All(tries.GroupBy(one => one.Id), group => Assert.Single(group.Select(one => one.Body).Distinct()));
        Assert.All(tries.GroupBy(one => one.Body), group => Assert.Single(group.Select(one => one.Id).Distinct()));
    }

    private static async Task AssertMoneyAsync(ServiceLaboratory lab, ServiceOrder order, int doubts)
    {
        var teams = (await lab.GetAsync("/v1/costs?by=label")).GetProperty("costs").EnumerateArray()
            .Where(line => line.GetProperty("name").GetString()!.StartsWith("team:", StringComparison.Ordinal)).ToList();
        var (charged, inDoubt) = (SumOf("charged"), SumOf("in_doubt"));
        Assert.Equal((order.AllJobs - doubts) * ServiceLaboratory.Price, charged);
        Assert.Equal(doubts * ServiceLaboratory.Price, inDoubt);
        Assert.Equal(0, SumOf("reserved"));
        Assert.InRange(PostedOf(lab).Count() * ServiceLaboratory.Price, charged, charged + inDoubt);

        decimal SumOf(string amount) => teams.Sum(line => line.GetProperty(amount).GetDecimal());
    }

    private static string? BatchOf(Received one) => one.Of.GetProperty("batch").GetString();

    private static string NumberAndEnd(JsonElement job) =>
        $"{job.GetProperty("number").GetInt32()} {job.GetProperty("status").GetString()}";
}
