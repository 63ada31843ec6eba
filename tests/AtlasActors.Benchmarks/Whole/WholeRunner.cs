using System.Globalization;
using AtlasActors.Benchmarks.Measuring;

namespace AtlasActors.Benchmarks.Whole;

/// <summary>Has all three do the same in turns, and sets them beside the bare loop.</summary>
internal sealed class WholeRunner(WholeOrder order, Action<string> progress)
{
    /// <summary>The simulator's speed.</summary>
    private const double AtOnce = 1_000_000;

    private static readonly string[] Names = [Peers.Bare, Peers.Tutorial, "atlas-actors"];

    /// <summary>
    /// Nothing is removed before the end: a disk without a journal looks twice at what was removed in the last minutes, and
    /// each new file of the next run would take longer.
    /// </summary>
    public async Task<string> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("atlas-actors-benchmark-").FullName;
        try
        {
            return await RunAllAsync(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<string> RunAllAsync(string folder)
    {
        var before = Machine.Load();
        var taken = Names.ToDictionary(name => name, _ => new List<(TimeSpan Clock, TimeSpan Processor)>());
        for (var round = 0; round <= order.Rounds; round++)
            foreach (var name in Names)
            {
                var one = await RunOneAsync(name, Directory.CreateDirectory(Path.Combine(folder, $"{round}-{name}")).FullName);
                progress(string.Create(CultureInfo.InvariantCulture,
                    $"{(round == 0 ? "warm-up" : round)}: {name} {order.Jobs / one.Clock.TotalSeconds:0} jobs/s, {one.Processor.TotalSeconds:0.0} s of the processor"));
                if (round > 0) taken[name].Add(one);
            }
        var bare = Rates(taken[Peers.Bare]);
        List<string> lines =
        [
            string.Create(CultureInfo.InvariantCulture,
                $"{order.Jobs} jobs, {order.Workers} at once, {order.Rounds} rounds; {Environment.ProcessorCount} processors, load {before} before, {Machine.Load()} after; {Machine.Runtime}"),
            "",
            "| | jobs/s, least | median | most | of the bare loop's | processor, ms a job |",
            "|---|---:|---:|---:|---:|---:|",
        ];
        foreach (var (name, runs) in taken)
        {
            var rates = Rates(runs);
            var processor = runs.Select(run => run.Processor.TotalMilliseconds / order.Jobs).Order().ElementAt(runs.Count / 2);
            lines.Add(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {rates[0]:0} | {Median(rates):0} | {rates[^1]:0} | {Median(rates) / Median(bare):0.00} | {processor:0.00} |"));
        }
        return string.Join(Environment.NewLine, lines);
    }

    private async Task<(TimeSpan Clock, TimeSpan Processor)> RunOneAsync(string name, string folder)
    {
        using var atlas = await SimulatedAtlas.StartAsync(order.Program, folder, AtOnce);
        var variables = new Dictionary<string, string>
        {
            ["ATLASCLOUD_API_KEY"] = "apikey-of-the-benchmark", ["ATLASCLOUD_BASE_URL"] = atlas.BaseUrl.ToString(),
        };
        await File.WriteAllTextAsync(Path.Combine(folder, "pack.yaml"), order.BatchFile());
        var run = Names[^1] == name
            ? await Child.RunAsync(folder, variables, order.Program, "run", "pack.yaml", "--quiet")
            : await Child.RunAsync(
                folder, variables, typeof(WholeRunner).Assembly.Location, Peers.Command, name, atlas.BaseUrl.ToString(),
                order.Jobs.ToString(CultureInfo.InvariantCulture), order.Workers.ToString(CultureInfo.InvariantCulture));
        var files = Directory.GetFiles(folder, "*.png", SearchOption.AllDirectories).Length;
        return files == order.Jobs
            ? run
            : throw new InvalidOperationException($"{name} made {files} files of {order.Jobs}.");
    }

    private List<double> Rates(IEnumerable<(TimeSpan Clock, TimeSpan Processor)> runs) =>
        [.. runs.Select(run => order.Jobs / run.Clock.TotalSeconds).Order()];

    private static double Median(List<double> sorted) => sorted[sorted.Count / 2];
}
