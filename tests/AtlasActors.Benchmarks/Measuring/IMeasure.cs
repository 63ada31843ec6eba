namespace AtlasActors.Benchmarks.Measuring;

/// <summary>Something that can be measured again and again. One that is disposable keeps something between rounds.</summary>
internal interface IMeasure
{
    string Name { get; }

    /// <summary>What is counted, in a few words.</summary>
    string What { get; }

    /// <summary>One round: the same figures in the same order each time.</summary>
    Task<IReadOnlyList<Figure>> Round(Sizes sizes);
}

/// <summary>A number with its unit. The name tells the figures of one measure apart.</summary>
internal sealed record Figure(string Name, double Value, string Unit)
{
    public static Figure Rate(string unit, long count, TimeSpan elapsed) =>
        new("", count / elapsed.TotalSeconds, unit + "/s");
}

/// <summary>How large the measures are made.</summary>
internal sealed record Sizes(double Scale)
{
    public int Of(int full, int least = 1) => Math.Max(least, (int)(full * Scale));
}
