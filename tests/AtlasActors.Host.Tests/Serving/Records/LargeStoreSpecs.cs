using System.Diagnostics;
using System.Globalization;
using AtlasActors.Host.Tests.Serving.Support;
using AtlasActors.Host.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace AtlasActors.Host.Tests.Serving.Records;

/// <summary>
/// A store of many finished batches: started, and read page by page. With <c>ATLAS_STORE=1000x1000</c> it is as large as it
/// says; docs/serve.md has what was measured then. What is asserted is what is read, never a time.
/// </summary>
public sealed class LargeStoreSpecs(ITestOutputHelper output)
{
    [Fact]
    public async Task A_large_store_is_served_without_reading_the_journal_of_any_batch()
    {
        var order = StoreOrder.FromEnvironment();
        await using var runs = await ServedRuns.StartAsync();
        var ids = await LargeStore.FillAsync(runs, order);

        var clock = Stopwatch.StartNew();
        var program = await runs.RehearseAsync("info");
        output.WriteLine($"{order.Batches} batches of {order.Jobs} jobs; started in {clock.ElapsedMilliseconds} ms, of the processor {Processor(program)} ms.");
        Assert.DoesNotContain("were read", program.Error, StringComparison.Ordinal);
        output.WriteLine($"Resident after the start: {Resident(program)} MB.");
        Assert.Equal(order.Batches, await CountAsync(runs, "/v1/batches?limit=500", "batches"));
        Assert.Equal(order.Jobs, await CountAsync(runs, $"/v1/batches/{ids[^1]}/jobs?limit=500", "jobs"));

        foreach (var path in Lists(ids, order))
        {
            var times = new List<double>();
            var (addresses, spent) = (await PagesAsync(runs, path), Processor(program));
            foreach (var address in addresses)
            {
                clock.Restart();
                await runs.GetAsync(address);
                times.Add(clock.Elapsed.TotalMilliseconds);
            }
            times.Sort();
            var each = (Processor(program) - spent) / times.Count;
            output.WriteLine(
                path.Replace(ids[order.Batches / 2], "ID", StringComparison.Ordinal).PadRight(72)
                + string.Create(CultureInfo.InvariantCulture, $"{times.Count,4} pages, median {times[times.Count / 2],6:0.0} ms,")
                + string.Create(CultureInfo.InvariantCulture, $" worst {times[^1],6:0.0} ms, of the processor {each,4} ms each"));
        }

        await ReadAsync(runs, ids, program, order);
        if (order.Jobs > 100) return;

        // And with no records at all it reads every batch, and says so.
        program.Interrupt();
        await program.EndsAsync();
        File.Delete(Path.Combine(runs.Out, ".atlas-actors", "records.db"));
        program = await runs.RehearseAsync("info");
        Assert.Contains($"{order.Batches} of {order.Batches} batches were read", program.Error, StringComparison.Ordinal);
        Assert.Equal(order.Jobs, await CountAsync(runs, $"/v1/batches/{ids[^1]}/jobs?limit=500", "jobs"));
    }

    /// <summary>Reads many pages, to see whether memory grows.</summary>
    private async Task ReadAsync(ServedRuns runs, IReadOnlyList<string> ids, ProgramProcess program, StoreOrder order)
    {
        for (var half = 0; half < 2; half++)
        {
            var chance = new Random(half);
            for (var page = 0; page < order.Pages / 2; page++)
                await runs.GetAsync($"/v1/batches/{ids[chance.Next(ids.Count)]}/jobs?limit=100&state=succeeded");
            output.WriteLine($"Resident after {(half + 1) * order.Pages / 2} more pages: {Resident(program)} MB.");
        }
    }

    /// <summary>Each list with each filter, also where it finds nothing and must look everywhere.</summary>
    private static IEnumerable<string> Lists(IReadOnlyList<string> ids, StoreOrder order)
    {
        var jobs = $"/v1/batches/{ids[order.Batches / 2]}/jobs";
        return
        [
            "/v1/batches?limit=50", "/v1/batches?limit=500", "/v1/batches?state=finished", "/v1/batches?state=halted",
            "/v1/batches?label=team:films", "/v1/batches?label=order:7", "/v1/batches?from=2020-01-01&to=2099-01-01",
            "/v1/batches?text=picture", "/v1/batches?text=pict&label=team:shops&state=finished", "/v1/batches?text=nowhere",
            $"{jobs}?limit=50", $"{jobs}?limit=500", $"{jobs}?state=succeeded", $"{jobs}?state=failed",
            $"{jobs}?model=black-forest-labs/flux-2-pro/text-to-image", $"{jobs}?model=other", $"{jobs}?text=picture",
            $"{jobs}?text=nowhere", $"{jobs}?error=1039", $"{jobs}?error=moderation",
            $"/v1/batches/{ids[order.Batches / 2]}", "/v1/costs?by=model", "/v1/costs?by=batch", "/v1/costs?by=day", "/v1/costs?by=label",
            "/v1/costs?by=model&label=team:films",
        ];
    }

    /// <summary>The addresses of all pages of a list.</summary>
    private static async Task<List<string>> PagesAsync(ServedRuns runs, string path)
    {
        var pages = new List<string> { path };
        while ((await runs.GetAsync(pages[^1])).TryGetProperty("next", out var next) && next.GetString() is { } cursor)
            pages.Add($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}cursor={cursor}");
        return pages;
    }

    private static async Task<int> CountAsync(ServedRuns runs, string path, string list)
    {
        var seen = new HashSet<string>();
        foreach (var page in await PagesAsync(runs, path))
            foreach (var one in (await runs.GetAsync(page)).GetProperty(list).EnumerateArray())
                Assert.True(seen.Add(one.TryGetProperty("id", out var id) ? id.GetString()! : one.GetProperty("number").ToString()));
        return seen.Count;
    }

    /// <summary>What it has used of the processor, in ms: it says more than the clock where others keep the machine busy.</summary>
    private static long Processor(ProgramProcess program)
    {
        using var process = Process.GetProcessById(program.Id);
        return (long)process.TotalProcessorTime.TotalMilliseconds;
    }

    private static long Resident(ProgramProcess program)
    {
        using var process = Process.GetProcessById(program.Id);
        return process.WorkingSet64 >> 20;
    }
}
