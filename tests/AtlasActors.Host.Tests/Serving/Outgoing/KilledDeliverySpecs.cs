using System.Text.Json;
using AtlasActors.Host.Tests.EndToEnd.Support;
using AtlasActors.Host.Tests.Serving.Support;
using AtlasActors.Host.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace AtlasActors.Host.Tests.Serving.Outgoing;

/// <summary>The real program, killed while it tells: every end is told, by one id, with one body.</summary>
public sealed class KilledDeliverySpecs(ITestOutputHelper output)
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static readonly string[] Ends = ["succeeded", "failed", "in_doubt"];

    [Fact]
    public async Task Killed_in_the_middle_of_a_delivery_and_before_others_it_delivers_all_of_them_after_the_next_start()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var runs = (await ServedRuns.StartAsync())
            .With("ATLAS_ALLOW_PRIVATE_ADDRESSES", "1").With("ATLAS_WEBHOOK_SECRET", Secret);
        runs.Entrance.Open();
        // The first is under way for as long as the service lives, and the others wait behind it.
        receiver.Answer = (context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted)
            .ContinueWith(_ => { }, TaskScheduler.Default);
        var program = await runs.ServeAsync();
        var (status, location, body) = await runs.PostAsync("k-1", $$"""
            max_workers: 3
            webhook: {{receiver.Url}}
            jobs:
              - { name: One, type: image, model: black-forest-labs/flux-2-pro/text-to-image, prompt: a lake, width: 64, height: 64 }
              - { name: Two, type: image, model: black-forest-labs/flux-2-pro/text-to-image, prompt: "[fail] a sea", width: 64, height: 64, retries: 0 }
              - { name: Three, type: image, model: black-forest-labs/flux-2-pro/text-to-image, prompt: a hill, width: 64, height: 64 }
            """);
        Assert.True(status == 201, body);
        var batch = location!.Split('/')[^1];
        await runs.RestsAsync(batch, "succeeded", 2);
        var first = Assert.Single((await receiver.HasAsync(all => all.Count == 1)).Take(1));
        Signals.Kill(program);
        await program.EndsAsync();

        receiver.AnswerWith(204);
        await runs.ServeAsync();
        var all = await receiver.HasAsync(
            all => all.DistinctBy(one => one.Id).Count() == 4 && all.Count(one => one.Id == first.Id) > 1);
        AssertEachIsOneEvent(all);
        Assert.Equal(
            ["batch.ended", "job.ended", "job.ended", "job.ended"],
            all.DistinctBy(one => one.Id).Select(one => one.Type).Order());
        Assert.Equal(
            ["One succeeded", "Three succeeded", "Two failed"],
            all.DistinctBy(one => one.Id).Where(one => one.Type == "job.ended").Select(NameAndEnd).Order());
    }

    [Fact]
    public async Task Killed_and_stopped_again_and_again_in_the_middle_of_ten_batches_it_tells_every_end()
    {
        const int batches = 10, jobs = 4;
        var seed = Random.Shared.Next();
        output.WriteLine($"Seed {seed}.");
        var chance = new Random(seed);
        await using var receiver = await Receiver.StartAsync();
        await using var runs = (await ServedRuns.StartAsync())
            .With("ATLAS_ALLOW_PRIVATE_ADDRESSES", "1").With("ATLAS_WEBHOOK_SECRET", Secret);
        runs.Entrance.Open();
        var program = await runs.ServeAsync("--webhook", receiver.Url.ToString());
        var ids = new List<string>();
        foreach (var number in Enumerable.Range(1, batches))
            ids.Add(await runs.BeginAsync(2, [.. Enumerable.Range(1, jobs).Select(job => $"picture {job} of {number}")]));

        foreach (var isKill in new[] { true, false, true })
        {
            var until = receiver.All.Count + chance.Next(1, 10);
            await receiver.HasAsync(all => all.Count >= until);
            if (isKill) Signals.Kill(program);
            else Signals.Terminate(program);
            await program.EndsAsync();
            program = await runs.ServeAsync("--webhook", receiver.Url.ToString());
        }

        var all = await receiver.HasAsync(all =>
            all.Where(one => one.Type == "batch.ended").Select(one => one.Of.GetProperty("id").GetString()).Distinct().Count() == batches);
        foreach (var id in ids)
        {
            var listed = (await runs.GetAsync($"/v1/batches/{id}/jobs")).GetProperty("jobs").EnumerateArray().ToList();
            Assert.All(listed, job => Assert.Contains(job.GetProperty("status").GetString(), Ends));
            var ended = listed.Select(NumberAndEnd).ToHashSet();
            all = await receiver.HasAsync(all => ended.IsSubsetOf(all
                .Where(one => one.Type == "job.ended" && one.Of.GetProperty("batch").GetString() == id)
                .Select(one => NumberAndEnd(one.Of))));
        }
        AssertEachIsOneEvent(all);
        output.WriteLine($"{all.Count} webhooks of {all.DistinctBy(one => one.Id).Count()} events.");
    }

    private static void AssertEachIsOneEvent(IReadOnlyList<Received> all)
    {
        Assert.All(all, one => Assert.True(one.IsSignedWith(Secret), one.Id));
        Assert.All(all.GroupBy(one => one.Id), tries => Assert.Single(tries.Select(one => one.Body).Distinct()));
        Assert.All(all.GroupBy(one => one.Body), tries => Assert.Single(tries.Select(one => one.Id).Distinct()));
    }

    private static string NumberAndEnd(JsonElement job) =>
        $"{job.GetProperty("number").GetInt32()} {job.GetProperty("status").GetString()}";

    private static string NameAndEnd(Received one) =>
        $"{one.Of.GetProperty("name").GetString()} {one.Of.GetProperty("status").GetString()}";
}
