using System.Globalization;

namespace AtlasActors.Benchmarks.Whole;

/// <summary>What the program is measured beside. They forget all when they end, and mend nothing.</summary>
internal static class Peers
{
    public const string Command = "peer";
    public const string Bare = "bare";
    public const string Tutorial = "tutorial";

    /// <summary>Runs one: its name, the API, how many jobs, how many at once; files go into the working directory.</summary>
    public static async Task RunAsync(IReadOnlyList<string> args)
    {
        var (api, jobs) = (new Uri(args[1]), int.Parse(args[2], CultureInfo.InvariantCulture));
        var workers = int.Parse(args[3], CultureInfo.InvariantCulture);
        using var client = new PlainClient(api, workers);
        if (args[0] == Bare) await LoopAsync(client, jobs, workers);
        else Pool(client, jobs, workers);
    }

    /// <summary>The bound: so many loops, each submitting, polling without a pause, fetching, writing.</summary>
    private static async Task LoopAsync(PlainClient client, int jobs, int workers)
    {
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, workers).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var job && job <= jobs)
            {
                var prediction = await client.SubmitAsync(job);
                string? made;
                while ((made = await client.PollAsync(prediction)) is null) { }
                await client.SaveAsync(made, FileOf(job));
            }
        }));
    }

    /// <summary>The tutorial's: a pool of threads, each with a job from its submission to its file, sleeping between polls.</summary>
    private static void Pool(PlainClient client, int jobs, int workers)
    {
        var next = 0;
        var threads = Enumerable.Range(0, workers).Select(_ => new Thread(() =>
        {
            while (Interlocked.Increment(ref next) is var job && job <= jobs)
            {
                var prediction = client.SubmitAsync(job).GetAwaiter().GetResult();
                string? made = null;
                for (var wait = WholeOrder.FirstPoll; made is null; wait *= 1.5)
                {
                    Thread.Sleep(wait);
                    made = client.PollAsync(prediction).GetAwaiter().GetResult();
                }
                client.SaveAsync(made, FileOf(job)).GetAwaiter().GetResult();
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
    }

    private static string FileOf(int job) => string.Create(CultureInfo.InvariantCulture, $"picture-{job}.png");
}
