using AtlasActors.Costs;
using AtlasActors.Host.Serving.Records;

namespace AtlasActors.Host.Serving.Scheduling;

/// <summary>All schedules, in the configuration's order.</summary>
internal sealed record ScheduleListDocument(IReadOnlyList<ScheduleDocument> Schedules);

/// <summary>A schedule at one moment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Cron">When it fires, as it was written.</param>
/// <param name="TimeZone">The time zone of that.</param>
/// <param name="File">The batch file.</param>
/// <param name="Overlap">What becomes of a firing while the batch before it has not ended.</param>
/// <param name="Misfire">What becomes of firings whose time passed with nobody there.</param>
/// <param name="MaxCost">The most that may be spent on one of its batches, or null.</param>
/// <param name="Labels">Labels of its batches, over the file's.</param>
/// <param name="Paused">Who paused it: the configuration, a person, or null for nobody.</param>
/// <param name="Next">Its next five instants, were it not paused.</param>
/// <param name="Queued">How many firings wait for batches to end.</param>
/// <param name="Last">Its last firing, or null.</param>
internal sealed record ScheduleDocument(
    string Name, string Cron, string TimeZone, string File, OverlapPolicy Overlap, MisfirePolicy Misfire, Usd? MaxCost,
    IReadOnlyDictionary<string, string> Labels, string? Paused, IReadOnlyList<InstantDocument> Next, int Queued,
    FiringDocument? Last)
{
    private const int Shown = 5;

    /// <summary>Some schedules with what is remembered of them; without a ledger nothing is.</summary>
    public static IReadOnlyList<ScheduleDocument> Of(
        IReadOnlyList<ScheduleSettings> schedules, ScheduleLedger? ledger, DateTimeOffset now) =>
        [.. schedules.Select(schedule => Of(schedule, ledger, now))];

    private static ScheduleDocument Of(ScheduleSettings schedule, ScheduleLedger? ledger, DateTimeOffset now)
    {
        var isPaused = ledger?.Find(schedule.Name) is { Paused: 1 };
        var queued = ledger?.Unfinished(schedule.Name).Count(firing => firing.State == Words.Of(FiringState.Queued)) ?? 0;
        return new ScheduleDocument(
            schedule.Name, schedule.Times.Text, schedule.Times.ZoneName, schedule.File, schedule.Overlap, schedule.Misfire,
            schedule.MaxCost, schedule.Labels, schedule.IsPaused ? "configuration" : isPaused ? "person" : null,
            [.. schedule.Times.Next(now, Shown).Select(time => InstantDocument.Of(time, schedule.Times.Zone))],
            queued, ledger?.Last(schedule.Name) is { } last ? FiringDocument.Of(last) : null);
    }
}

/// <summary>An instant, in UTC and as the clocks of the schedule's time zone show it.</summary>
internal sealed record InstantDocument(DateTimeOffset Utc, DateTimeOffset Local)
{
    public static InstantDocument Of(DateTimeOffset time, TimeZoneInfo zone) =>
        new(time.ToUniversalTime(), TimeZoneInfo.ConvertTime(time, zone));
}

/// <summary>A firing, and what became of it.</summary>
/// <param name="Due">The instant that the schedule names, or that of the request.</param>
/// <param name="State">What became of it.</param>
/// <param name="Since">When it came to that.</param>
/// <param name="Batch">Its batch, where there is one; else null.</param>
/// <param name="Asked">Whether a person asked for it.</param>
/// <param name="Note">What people should know of it, or null.</param>
internal sealed record FiringDocument(
    DateTimeOffset Due, FiringState State, DateTimeOffset Since, string? Batch, bool Asked, string? Note)
{
    public static FiringDocument Of(Firing firing) => new(
        firing.DueAt, Words.Find<FiringState>(firing.State)!.Value, firing.SinceAt,
        firing.State == Words.Of(FiringState.Started) ? firing.Batch : null, firing.Asked == 1, firing.Note);
}
