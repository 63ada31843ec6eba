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
        text.AppendLine().Append($"{"",-28}{"min",14}{"median",14}{"max",14}  {"unit",-11}{"cpu s",7}");
        if (other is not null)
            text.Append($"{"other",14}{"cpu s",7}{"ratio",8}{"cpu",6}");
        foreach (var result in report.Results)
        {
            text.AppendLine().Append(
                $"{result.Title,-28}{Number(result.Min),14}{Number(result.Median),14}{Number(result.Max),14}  "
                + $"{result.Unit,-11}{Short(result.ProcessorSeconds),7}");
            if (other?.Results.FirstOrDefault(one => one.Title == result.Title) is { } beside)
            {
                text.Append($"{Number(beside.Median),14}{Short(beside.ProcessorSeconds),7}")
                    .Append($"{Short(result.Median / beside.Median),8}")
                    .Append($"{Short(result.ProcessorSeconds / beside.ProcessorSeconds),6}");
            }
        }

        return text.ToString();
    }

    private static string Heading(RunReport run) => string.Create(
        CultureInfo.InvariantCulture,
        $"{run.Library}, {run.Runtime}, {run.Processors} processors, load {Load(run.LoadBefore)} before and "
        + $"{Load(run.LoadAfter)} at the end, {run.Rounds} rounds at scale {run.Scale}");

    private static string Load(double? load) => load?.ToString("0.0", CultureInfo.InvariantCulture) ?? "unknown";

    private static string Number(double value) =>
        value.ToString(value >= 1000 ? "N0" : "N1", CultureInfo.InvariantCulture);

    private static string Short(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
