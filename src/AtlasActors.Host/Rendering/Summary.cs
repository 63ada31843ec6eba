using System.Globalization;
using System.Text;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Host.Running;
using AtlasActors.Host.Settings;
using AtlasActors.Jobs;

namespace AtlasActors.Host.Rendering;

/// <summary>The summary at the end of a run, as text.</summary>
internal static class Summary
{
    private const int MostErrors = 10;
    private const int LongestError = 160;

    /// <summary>All of it.</summary>
    public static string Of(RunReport report)
    {
        var text = new StringBuilder();
        text.AppendLine();
        AppendCounts(text, report);
        AppendMoney(text, report);
        if (report.Duration is { } duration)
            AppendRow(text, "Duration", Texts.Duration(duration));
        AppendModels(text, report.ByModel);
        AppendRow(text, "Manifest", Path.Combine(report.Folder.Shown, "manifest.json"));
        AppendErrors(text, report);
        AppendEnd(text, report);
        return text.ToString();
    }

    /// <summary>
    /// One line, for who wants no more: <c>13 of 15 succeeded, 2 failed, USD 0.8700; go on by: …</c>.
    /// </summary>
    public static string Line(RunReport report)
    {
        var counts = Counts(report.Batch)
            .Where(count => count.Number > 0)
            .Select(count => string.Create(CultureInfo.InvariantCulture, $", {count.Number} {count.Words}"));
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Batch.Count(JobStage.Succeeded)} of {report.Batch.Total} succeeded{string.Concat(counts)}, ")
            + Texts.Charged(report.Batch.Money.Charged, report.Batch.Money.Unconfirmed);
        if (report.Batch.HaltMessage is { } halt)
            line += "; " + Texts.OneLine(halt);
        return report.Next is { } next ? $"{line}; go on by: {next}" : line;
    }

    private static void AppendCounts(StringBuilder text, RunReport report)
    {
        var batch = report.Batch;
        AppendRow(text, "Jobs", Number(batch.Total));
        AppendRow(text, "Successful", Number(batch.Count(JobStage.Succeeded)));
        AppendRow(text, "Failed", Number(batch.Count(JobStage.Failed)));
        foreach (var (number, words) in Counts(batch).Where(count => count.Number > 0 && count.Words != "failed"))
            AppendRow(text, char.ToUpperInvariant(words[0]) + words[1..], Number(number));
        if (report.Skipped.Count > 0)
            AppendRow(text, "Skipped", Number(report.Skipped.Count));
    }

    private static IEnumerable<(int Number, string Words)> Counts(BatchView batch) =>
    [
        (batch.Count(JobStage.Failed), "failed"),
        (batch.Count(JobStage.Overdue), "overdue"),
        (batch.Count(JobStage.InDoubt), "in doubt"),
        (batch.Count(JobStage.Refused), "over budget"),
        (batch.Count(JobStage.Cancelled), "cancelled"),
        (batch.Total - batch.Ended - batch.Count(JobStage.Overdue), "not finished"),
    ];

    private static void AppendMoney(StringBuilder text, RunReport report)
    {
        var money = report.Batch.Money;
        AppendRow(text, "Total cost", Texts.Charged(money.Charged, money.Unconfirmed));
        if (money.Reserved > Usd.Zero)
            AppendRow(text, "On its way", $"{Texts.Money(money.Reserved)} more, submitted and not yet charged");
        if (money.InDoubt > Usd.Zero)
            AppendRow(text, "In doubt", $"{Texts.Money(money.InDoubt)} more, possibly charged");
        if (money.Budget is { } budget)
            AppendRow(text, "Budget", Texts.Money(budget));
    }

    private static void AppendModels(StringBuilder text, IReadOnlyList<ModelCost> models)
    {
        if (models.Count == 0)
            return;
        var ambiguous = models
            .GroupBy(model => Texts.ShortModel(model.Model))
            .Where(group => group.Count() > 1)
            .Select(group => group.Key)
            .ToHashSet();
        var rows = models
            .Select(model => (Name: NameOf(model.Model), model.Cost))
            .OrderByDescending(row => row.Cost)
            .ThenBy(row => row.Name, StringComparer.Ordinal)
            .ToList();
        var width = rows.Max(row => row.Name.Length);
        text.AppendLine("Cost by model:");
        foreach (var (name, cost) in rows)
            text.Append("  ").Append(Texts.OneLine(name).PadRight(width)).Append("  ").AppendLine(Texts.Money(cost));

        string NameOf(string model) =>
            ambiguous.Contains(Texts.ShortModel(model)) ? model : Texts.ShortModel(model);
    }

    private static void AppendErrors(StringBuilder text, RunReport report)
    {
        // What waits for another job is news only where that job will not move by itself.
        var isOver = report.Batch.Phase == BatchPhase.Finished;
        var errors = report.Jobs
            .Where(job => job.Stage is JobStage.Failed or JobStage.InDoubt or JobStage.Refused or JobStage.Overdue
                    or JobStage.Cancelled
                || (isOver && job.Stage == JobStage.Waiting))
            .GroupBy(job => (Reason: Texts.OneLine(job.Failure?.Message ?? Reason(job), LongestError), Advice: Advice.For(job)))
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key.Reason, StringComparer.Ordinal)
            .ToList();
        if (errors.Count == 0)
            return;
        text.AppendLine("Not successful:");
        foreach (var error in errors.Take(MostErrors))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {error.Count()} x {error.Key.Reason}{Request(error)}").AppendLine();
            if (error.Key.Advice is { } advice)
                text.Append("      ").AppendLine(advice);
        }
        if (errors.Count > MostErrors)
            text.AppendLine($"  and {Number(errors.Count - MostErrors)} other reasons, in the manifest");
    }

    /// <summary>One request is enough for Atlas's support to begin with.</summary>
    private static string Request(IEnumerable<JobView> jobs) =>
        jobs.Select(job => job.Failure?.RequestId).FirstOrDefault(id => id is not null) is { } id
            ? $" (request {Texts.OneLine(id)})"
            : "";

    /// <summary>Why a job is where it is, never empty.</summary>
    public static string Reason(JobView job) =>
        job.Error ?? WaitsFor(job) ?? job.Stage switch
        {
            JobStage.Overdue => "takes longer than its max_wait",
            JobStage.InDoubt => "nobody can say whether Atlas took the submission",
            JobStage.Refused => "the budget did not reach",
            JobStage.Cancelled => "cancelled",
            _ => "no reason was given",
        };

    private static string? WaitsFor(JobView job) =>
        job.Stage == JobStage.Waiting && job.Why is { } why ? $"waits for {why}" : job.Why;

    private static void AppendEnd(StringBuilder text, RunReport report)
    {
        if (report.Batch.HaltMessage is { } halt)
            text.AppendLine(Texts.OneLine(halt));
        if (report.Next is not { } next)
            return;
        var lead = report.ExitCode == ExitCode.Interrupted ? "Stopped; nothing is lost. Go on by:" : "Go on by:";
        text.Append(lead).Append(' ').AppendLine(next);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void AppendRow(StringBuilder text, string title, string value) =>
        text.Append((title + ":").PadRight(14)).AppendLine(value);
}
