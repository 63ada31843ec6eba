namespace AtlasActors.Benchmarks.Measuring;

/// <summary>Runs measures one after the other: a round to warm up, which is not counted, then those that are.</summary>
internal sealed class Runner(int rounds, Sizes sizes, Action<string> progress)
{
    public async Task<Reports.RunReport> Run(IReadOnlyList<IMeasure> measures)
    {
        var loadBefore = Machine.Load();
        var results = new List<Reports.Result>();
        foreach (var measure in measures)
        {
            progress($"{measure.Name}: {measure.What}");
            results.AddRange(await ResultsOf(measure));
        }

        return new Reports.RunReport
        {
            Library = Side.Library,
            Runtime = Machine.Runtime,
            Processors = Environment.ProcessorCount,
            LoadBefore = loadBefore,
            LoadAfter = Machine.Load(),
            Scale = sizes.Scale,
            Rounds = rounds,
            Results = results
        };
    }

    private async Task<IReadOnlyList<Reports.Result>> ResultsOf(IMeasure measure)
    {
        var taken = new List<IReadOnlyList<Figure>>();
        var processor = new List<double>();
        try
        {
            for (var round = 0; round <= rounds; round++)
            {
                Machine.CollectGarbage();
                var spentBefore = Environment.CpuUsage.TotalTime;
                var figures = await measure.Round(sizes);
                var spent = Environment.CpuUsage.TotalTime - spentBefore;
                progress($"  {(round == 0 ? "warm-up" : round)}: {string.Join(", ", figures.Select(Said))}");
                if (round == 0)
                    continue;
                taken.Add(figures);
                processor.Add(spent.TotalSeconds);
            }
        }
        finally
        {
            if (measure is IAsyncDisposable keeper)
                await keeper.DisposeAsync();
        }

        return [.. taken[0].Select((figure, i) => Reports.Result.Of(
            measure.Name, figure.Name, figure.Unit, [.. taken.Select(figures => figures[i].Value)], processor))];
    }

    private static string Said(Figure figure) => $"{figure.Name} {figure.Value:N1} {figure.Unit}".TrimStart();
}
