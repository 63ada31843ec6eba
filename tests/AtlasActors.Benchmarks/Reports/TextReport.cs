using System.Globalization;
using System.Text;

namespace AtlasActors.Benchmarks.Reports;

/// <summary>A run as a table, beside another where there is one.</summary>
internal static class TextReport
{
    public static string Of(RunReport report, RunReport? other)
    {
        var text = new StringBuilder();
        text.AppendLine(Heading(report));
        if (other is not null)
            text.AppendLine($"beside {Heading(other)}");
        text.AppendLine().Append($"{"",-28}{"min",14}{"median",14}{"max",14}  {"unit",-11}");
        if (other is not null)
            text.Append($"{"other",14}{"ratio",8}");
        foreach (var result in report.Results)
        {
            text.AppendLine().Append(
                $"{result.Title,-28}{Number(result.Min),14}{Number(result.Median),14}{Number(result.Max),14}  "
                + $"{result.Unit,-11}");
            if (other?.Results.FirstOrDefault(one => one.Title == result.Title) is { } beside)
                text.Append($"{Number(beside.Median),14}{Ratio(result, beside),8}");
        }

        return text.ToString();
    }

    private static string Heading(RunReport run) => string.Create(
        CultureInfo.InvariantCulture,
        $"{run.Library}, {run.Runtime}, {run.Processors} processors, load {run.LoadBefore?.ToString("0.0", CultureInfo.InvariantCulture) ?? "unknown"} "
        + $"before and {run.LoadAfter?.ToString("0.0", CultureInfo.InvariantCulture) ?? "unknown"} at the end, "
        + $"{run.Rounds} rounds at scale {run.Scale}");

    private static string Number(double value) =>
        value.ToString(value >= 1000 ? "N0" : "N1", CultureInfo.InvariantCulture);

    private static string Ratio(Result one, Result other) =>
        (one.Median / other.Median).ToString("0.00", CultureInfo.InvariantCulture);
}
