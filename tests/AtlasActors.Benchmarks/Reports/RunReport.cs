using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace AtlasActors.Benchmarks.Reports;

/// <summary>What a run found, with what is needed to judge it.</summary>
internal sealed record RunReport
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The actor library, by its assembly's name and version.</summary>
    public required string Library { get; init; }

    public required string Runtime { get; init; }

    public required int Processors { get; init; }

    /// <summary>The machine's load in the minute before the run.</summary>
    public double? LoadBefore { get; init; }

    /// <summary>The load in the last minute of the run, of which the run itself is a part.</summary>
    public double? LoadAfter { get; init; }

    public required double Scale { get; init; }

    public required int Rounds { get; init; }

    public required IReadOnlyList<Result> Results { get; init; }

    public static bool TryRead(string file, [NotNullWhen(true)] out RunReport? report)
    {
        try
        {
            report = JsonSerializer.Deserialize<RunReport>(File.ReadAllText(file), Form);
        }
        catch (JsonException)
        {
            report = null;
        }

        return report is not null;
    }

    public string ToJson() => JsonSerializer.Serialize(this, Form);
}

/// <summary>
/// A figure of a measure over all rounds, and the processor time of a round in the middle, which says more than the
/// clock where others keep the machine busy.
/// </summary>
internal sealed record Result(
    string Measure, string Figure, string Unit, double Min, double Median, double Max, double ProcessorSeconds)
{
    public string Title => Figure.Length == 0 ? Measure : $"{Measure}: {Figure}";

    public static Result Of(
        string measure, string figure, string unit, IReadOnlyList<double> values, IReadOnlyList<double> processor) =>
        new(measure, figure, unit, values.Min(), MedianOf(values), values.Max(), MedianOf(processor));

    private static double MedianOf(IReadOnlyList<double> values)
    {
        var ordered = values.Order().ToList();
        var middle = ordered.Count / 2;
        return ordered.Count % 2 == 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2;
    }
}
