using System.Globalization;
using System.Text.Json;
using AtlasActors.Host.Tests.EndToEnd.Support;
using AtlasActors.Host.Tests.Serving.Support;
using AtlasActors.Host.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace AtlasActors.Host.Tests.Serving;

/// <summary>The real program, a client whose connection is cut at drawn moments, and a <c>kill -9</c> in the middle.</summary>
public sealed class EventsEndToEndSpecs(ITestOutputHelper output)
{
    private static readonly string[] Ends = ["succeeded", "failed", "in_doubt", "refused"];

    [Fact]
    public async Task A_client_that_is_cut_again_and_again_has_every_end_though_the_service_was_killed()
    {
        const int jobs = 24;
        var seed = Random.Shared.Next();
        output.WriteLine($"Seed {seed}.");
        var chance = new Random(seed);
        await using var runs = await ServedRuns.StartAsync();
        runs.Entrance.Open();
        var program = await runs.ServeAsync();
        var earlier = await runs.BeginAsync("a lake");
        var earlierAtRest = await runs.RestsAsync(earlier, "succeeded", 1);
        var batch = await runs.BeginAsync([.. Enumerable.Range(1, jobs).Select(number => $"picture {number}")]);

        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var (seen, last, cuts) = (new Dictionary<int, string>(), "0", 0);
        var killAt = chance.Next(1, jobs / 2);
        using var limit = new CancellationTokenSource(ProgramProcess.Patience);
        while (!await IsCompleteAsync(runs, batch, seen))
        {
            limit.Token.ThrowIfCancellationRequested();
            var most = chance.Next(1, 8);
            try
            {
                await foreach (var one in ReadEvents.FromAsync(client, new Uri(runs.Entrance.Target!, $"/v1/batches/{batch}/events"), last))
                {
                    Assert.True(Number(one.Id) >= Number(last), $"{one.Id} after {last}");
                    Assert.True(one.Name == "end" || one.Id != last, $"{last} came twice");
                    last = one.Id;
                    if (one.Name == "job") seen[one.Data.GetProperty("number").GetInt32()] = one.Data.GetProperty("status").GetString()!;
                    if (killAt > 0 && seen.Values.Count(Ends.Contains) >= killAt)
                    {
                        killAt = 0;
                        Signals.Kill(program);
                    }
                    if (--most == 0) break;
                }
                cuts++;
            }
            catch (Exception fault) when (program.HasEnded && fault is IOException or HttpRequestException)
            {
                // The service is dead: the client comes again with its last id when there is another.
            }
            if (killAt == 0)
            {
                killAt = -1;
                await program.EndsAsync();
                program = await runs.ServeAsync();
            }
        }

        output.WriteLine($"{cuts} connections, killed: {killAt == -1}.");
        Assert.Equal(-1, killAt);
        Assert.Equal(jobs, seen.Count);
        var (atRest, manifest) = (await runs.GetAsync($"/v1/batches/{batch}"), await runs.GetAsync($"/v1/batches/{batch}/manifest"));
        Assert.Equal(manifest.GetProperty("total_cost").GetDecimal(), atRest.GetProperty("money").GetProperty("charged").GetDecimal());
        Assert.Equal(manifest.GetProperty("successful").GetInt32(), seen.Values.Count(status => status == "succeeded"));
        Assert.Equal(Same(earlierAtRest), Same(await runs.GetAsync($"/v1/batches/{earlier}")));
    }

    /// <summary>Whether the batch rests, and the client has of each job what the records have.</summary>
    private static async Task<bool> IsCompleteAsync(ServedRuns runs, string batch, Dictionary<int, string> seen)
    {
        if ((await runs.GetAsync($"/v1/batches/{batch}")).GetProperty("state").GetString() != "finished") return false;
        var jobs = (await runs.GetAsync($"/v1/batches/{batch}/jobs?limit=500")).GetProperty("jobs").EnumerateArray();
        return jobs.All(job => seen.GetValueOrDefault(job.GetProperty("number").GetInt32()) == job.GetProperty("status").GetString());
    }

    private static string Same(JsonElement batch) => JsonSerializer.Serialize(batch);

    private static long Number(string id) => long.Parse(id, CultureInfo.InvariantCulture);
}
