using AtlasActors.Batches;
using AtlasActors.Host.Serving.Records;
using AtlasActors.Host.Serving.Telemetry;
using Microsoft.Extensions.Logging;

namespace AtlasActors.Host.Serving.Scheduling;

/// <summary>When the schedules are to be looked at again.</summary>
/// <param name="Next">The next instant that one of them names; null where none does.</param>
/// <param name="AreQueued">Whether firings wait for batches to end.</param>
/// <param name="IsUncertain">Whether a start is to be asked for again.</param>
internal sealed record ScheduleRest(DateTimeOffset? Next, bool AreQueued, bool IsUncertain);

/// <summary>
/// Sees to the schedules, one round at a time, by whom it is asked, who asks for one thing at a time. In this order always:
/// the decision is recorded, the batch is begun under the decision's id, what came of it is recorded. Between any two of
/// them the process may end: the next round goes on there.
/// </summary>
internal sealed class ScheduleRounds(ScheduleLedger ledger, ScheduledStart start, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan BetweenCleanings = TimeSpan.FromDays(1);

    private const string TakenOut = "The schedule was taken out of the configuration before it could start.";

    private DateTimeOffset _cleaned;

    /// <summary>The schedules in force.</summary>
    public IReadOnlyList<ScheduleSettings> Schedules { get; private set; } = [];

    /// <summary>Puts these in force. What the old ones had missed until now is seen to by the old ones' times.</summary>
    public async Task ReplaceAsync(IReadOnlyList<ScheduleSettings> schedules)
    {
        var before = ledger.Lines().ToDictionary(line => line.Name, StringComparer.Ordinal);
        foreach (var line in before.Values.Where(line => line.Gone == 0 && schedules.All(one => one.Name != line.Name)))
            await RetireAsync(line).ConfigureAwait(false);
        foreach (var schedule in schedules)
        {
            var line = before.GetValueOrDefault(schedule.Name);
            if (line is { Fires: true } && !schedule.IsPaused && HasOtherTimes(line, schedule)
                && CronTimes.Find(line.Cron, line.Zone) is { } times)
                while (await DecideAsync(schedule with { Times = times }).ConfigureAwait(false))
                    continue;
            ledger.Put(ScheduleLine.Under(schedule, ledger.Find(schedule.Name), clock.GetUtcNow()));
        }
        Schedules = [.. schedules];
    }

    /// <summary>Sees to what is due now; there may be more of it, and then the next instant is not in the future.</summary>
    public async Task<ScheduleRest> RunAsync()
    {
        Clean();
        var (next, areQueued, isUncertain) = ((DateTimeOffset?)null, false, false);
        foreach (var schedule in Schedules)
        {
            isUncertain |= !await SeeToAsync(schedule).ConfigureAwait(false);
            if (ledger.Find(schedule.Name) is not { Fires: true } line) continue;
            areQueued |= ledger.Unfinished(schedule.Name).Any(firing => firing.State == Words.Of(FiringState.Queued));
            if (schedule.Times.After(line.CursorAt) is { } time && !(next < time)) next = time;
        }
        return new ScheduleRest(next, areQueued, isUncertain);
    }

    /// <summary>Begins what a person asked for, at once, whatever else is at work.</summary>
    public async Task<StartOutcome> FireAsync(ScheduleSettings schedule, BatchId batch)
    {
        var firing = ledger.Ask(schedule.Name, batch, clock.GetUtcNow());
        return await BeginAsync(schedule, firing).ConfigureAwait(false);
    }

    /// <summary>Has a schedule fire no more until it is resumed; instants that pass until then are nobody's.</summary>
    public ScheduleLine Pause(string schedule, bool isPaused)
    {
        var line = ledger.Find(schedule)!;
        if (line.Paused == (isPaused ? 1 : 0)) return line;
        line = line.From(clock.GetUtcNow()) with { Paused = isPaused ? 1 : 0 };
        ledger.Put(line);
        log.LogInformation("Schedule {Schedule} is {State}", schedule, isPaused ? "paused" : "resumed");
        return line;
    }

    /// <summary>
    /// Whether all that was begun is known. It decides once a round, on so many instants: who has something to ask gets a turn
    /// while a long downtime is made up for.
    /// </summary>
    private async Task<bool> SeeToAsync(ScheduleSettings schedule) =>
        await BeginAllAsync(schedule).ConfigureAwait(false)
        && (!await DecideAsync(schedule).ConfigureAwait(false) || await BeginAllAsync(schedule).ConfigureAwait(false));

    private async Task<bool> BeginAllAsync(ScheduleSettings schedule)
    {
        do
        {
            if (!await BeginDueAsync(schedule).ConfigureAwait(false)) return false;
        }
        while (await MoveUpAsync(schedule).ConfigureAwait(false));
        return true;
    }

    private async Task<bool> BeginDueAsync(ScheduleSettings schedule)
    {
        foreach (var firing in ledger.Unfinished(schedule.Name).Where(IsDue))
            if (await BeginAsync(schedule, firing).ConfigureAwait(false) is StartOutcome.Unknown)
                return false;
        return true;
    }

    private async Task<StartOutcome> BeginAsync(ScheduleSettings schedule, Firing firing)
    {
        var outcome = await start.BeginAsync(firing.Id, schedule).ConfigureAwait(false);
        switch (outcome)
        {
            case StartOutcome.Started when firing.State == Words.Of(FiringState.Started): break;
            case StartOutcome.Started: Note(firing, FiringState.Started, firing.Note); break;
            case StartOutcome.TooDear refused: Note(firing, FiringState.Failed, refused.Why); break;
            case StartOutcome.Unreadable refused: Note(firing, FiringState.Failed, refused.Why); break;
            case StartOutcome.Unknown unknown:
                log.LogWarning("Schedule {Schedule}: whether batch {Batch} began is not known, and is asked again: {Reason}",
                    firing.Schedule, firing.Batch, unknown.Why);
                break;
            default: throw new InvalidOperationException($"An outcome of an unknown kind: {outcome.GetType()}.");
        }
        return outcome;
    }

    /// <summary>Has the first firing that waits be the next to begin, if nothing is before it.</summary>
    private async Task<bool> MoveUpAsync(ScheduleSettings schedule)
    {
        if (ledger.Find(schedule.Name) is not { Fires: true }) return false;
        var first = ledger.Unfinished(schedule.Name).FirstOrDefault(firing => firing.State == Words.Of(FiringState.Queued));
        if (first is null || await UnfinishedAsync(schedule, isQueueCounted: false).ConfigureAwait(false) is not null) return false;
        ledger.Note(first.Id, FiringState.Due, null, clock.GetUtcNow());
        return true;
    }

    private async Task<bool> DecideAsync(ScheduleSettings schedule)
    {
        var now = clock.GetUtcNow();
        if (ledger.Find(schedule.Name) is not { Fires: true } line) return false;
        if (!(schedule.Times.After(line.CursorAt) <= now)) return false;
        var unfinished = await UnfinishedAsync(schedule, isQueueCounted: true).ConfigureAwait(false);
        if (FiringPlan.Of(schedule.Times, schedule, line.CursorAt, now, unfinished) is not { } plan) return false;
        ledger.Decide(schedule.Name, plan, now);
        foreach (var firing in plan.Firings.Where(firing => firing.State != FiringState.Due))
            Log(schedule.Name, Firing.IdOf(schedule.Name, firing.Due).Value, firing.State, firing.Note);
        return true;
    }

    /// <summary>The first batch of the schedule that is before a new one; null where there is none.</summary>
    private async Task<string?> UnfinishedAsync(ScheduleSettings schedule, bool isQueueCounted)
    {
        string? first = null;
        foreach (var firing in ledger.Unfinished(schedule.Name))
        {
            if (firing.State == Words.Of(FiringState.Queued))
                first ??= isQueueCounted ? firing.Batch : null;
            else if (firing.State == Words.Of(FiringState.Due) || await start.IsUnfinishedAsync(firing.Id).ConfigureAwait(false))
                first ??= firing.Batch;
            else
                ledger.End(firing.Id);
        }
        return first;
    }

    private async Task RetireAsync(ScheduleLine line)
    {
        foreach (var firing in ledger.Unfinished(line.Name).Where(one => one.State != Words.Of(FiringState.Started)))
        {
            if (!IsDue(firing)) Note(firing, FiringState.Skipped, TakenOut);
            else if (await start.FindAsync(firing.Id).ConfigureAwait(false) is not null) Note(firing, FiringState.Started, null);
            else Note(firing, FiringState.Failed, TakenOut);
        }
        ledger.Put(line with { Gone = 1 });
    }

    private void Note(Firing firing, FiringState state, string? note)
    {
        ledger.Note(firing.Id, state, note, clock.GetUtcNow());
        Log(firing.Schedule, firing.Batch, state, note);
    }

    private void Log(string schedule, string batch, FiringState state, string? note)
    {
        if (state != FiringState.Queued) ServiceMeters.CountFiring(schedule, state);
        var level = state is FiringState.Failed or FiringState.Missed ? LogLevel.Warning : LogLevel.Information;
        if (note is null)
            log.Log(level, "Schedule {Schedule}: batch {Batch} is {State}", schedule, batch, Words.Of(state));
        else
            log.Log(level, "Schedule {Schedule}: batch {Batch} is {State}: {Reason}", schedule, batch, Words.Of(state), note);
    }

    private void Clean()
    {
        var now = clock.GetUtcNow();
        if (now - _cleaned < BetweenCleanings) return;
        ledger.Clean(now);
        _cleaned = now;
    }

    private static bool HasOtherTimes(ScheduleLine line, ScheduleSettings schedule) =>
        line.Cron != schedule.Times.Text || line.Zone != schedule.Times.ZoneName;

    private static bool IsDue(Firing firing) => firing.State == Words.Of(FiringState.Due);
}
