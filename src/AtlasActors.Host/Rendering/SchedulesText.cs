using System.Globalization;
using System.Text;
using AtlasActors.Host.Serving.Records;
using AtlasActors.Host.Serving.Scheduling;

namespace AtlasActors.Host.Rendering;

/// <summary>What <c>schedules list</c> prints.</summary>
internal static class SchedulesText
{
    /// <summary>The text for these schedules, which <paramref name="config"/> has.</summary>
    public static string Of(IReadOnlyList<ScheduleDocument> schedules, string config)
    {
        if (schedules.Count == 0)
            return $"{config} has no schedules: they are the list 'schedules' in its section 'atlas-service'.\n";
        var text = new StringBuilder();
        foreach (var schedule in schedules)
            Add(text, schedule);
        return text.ToString();
    }

    private static void Add(StringBuilder text, ScheduleDocument schedule)
    {
        if (text.Length > 0) text.Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"{schedule.Name}: {schedule.Cron} ({schedule.TimeZone}), {schedule.File}\n");
        if (schedule.Paused is { } by) text.Append(CultureInfo.InvariantCulture, $"  paused  by {Who(by)}\n");
        if (schedule.Next.Count == 0) text.Append("  next    never again\n");
        for (var i = 0; i < schedule.Next.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"  {(i == 0 ? "next" : ""),-6}  {Time(schedule.Next[i])}\n");
        if (schedule.Queued > 0) text.Append(CultureInfo.InvariantCulture, $"  queued  {Texts.Count(schedule.Queued, "firing")}\n");
        text.Append(CultureInfo.InvariantCulture, $"  last    {(schedule.Last is { } last ? Fired(last) : "none yet")}\n");
    }

    private static string Who(string by) => by == "person" ? "a person" : "the configuration";

    private static string Time(InstantDocument time) => string.Create(
        CultureInfo.InvariantCulture, $"{time.Local:ddd yyyy-MM-dd HH:mm:ss zzz}   {time.Utc.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");

    private static string Fired(FiringDocument last)
    {
        var asked = last.Asked ? ", asked for" : "";
        var batch = last.Batch is { } id ? $" {id}" : "";
        var note = last.Note is { } text ? $": {text}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{last.Due.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC{asked}, {Words.Of(last.State)}{batch}{note}");
    }
}
