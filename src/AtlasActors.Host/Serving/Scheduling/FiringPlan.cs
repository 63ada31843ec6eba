namespace AtlasActors.Host.Serving.Scheduling;

/// <summary>A firing that is decided on.</summary>
/// <param name="Due">The instant that the schedule names.</param>
/// <param name="State">What it begins as.</param>
/// <param name="Note">What people should know of it, or null.</param>
internal sealed record PlannedFiring(DateTimeOffset Due, FiringState State, string? Note = null);

/// <summary>
/// What a schedule is to do about the instants that came since it was last looked at. Pure: the same question has the same
/// answer, and whoever records the answer has the firings and the new cursor, or neither.
/// </summary>
/// <param name="Cursor">Up to where the schedule is seen to, when the firings are recorded.</param>
/// <param name="Firings">What is decided, by instant.</param>
internal sealed record FiringPlan(DateTimeOffset Cursor, IReadOnlyList<PlannedFiring> Firings)
{
    /// <summary>A firing may be so late without being missed: a service that is started again is back by then.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    /// <summary>At most so many are decided on at once; who asks again gets the next.</summary>
    public const int Most = 100;

    private const string Late = "Its time passed while the service was not there to see to it.";

    /// <summary>What is due of a schedule now; null where nothing is.</summary>
    /// <param name="times">When it fires.</param>
    /// <param name="schedule">What it does about overlaps and misfires.</param>
    /// <param name="cursor">Up to where it is seen to.</param>
    /// <param name="now">The time.</param>
    /// <param name="unfinished">A batch of an earlier firing that has not ended, or null.</param>
    public static FiringPlan? Of(
        CronTimes times, ScheduleSettings schedule, DateTimeOffset cursor, DateTimeOffset now, string? unfinished)
    {
        var wanted = new List<PlannedFiring>();
        if (schedule.Misfire != MisfirePolicy.All && times.LastWithin(cursor, now - Grace) is { } late)
        {
            cursor = late;
            if (schedule.Misfire == MisfirePolicy.Skip)
                wanted.Add(new PlannedFiring(late, FiringState.Missed, Late));
            // What is due in time stands in for what was missed.
            else if (times.LastWithin(late, now) is null)
                wanted.Add(new PlannedFiring(late, FiringState.Due, Late));
        }
        while (wanted.Count < Most && times.After(cursor) is { } due && due <= now)
        {
            wanted.Add(new PlannedFiring(due, FiringState.Due, due < now - Grace ? Late : null));
            cursor = due;
        }
        return wanted.Count == 0 ? null : new FiringPlan(cursor, [.. Overlapping(wanted, schedule, unfinished)]);
    }

    private static IEnumerable<PlannedFiring> Overlapping(
        IEnumerable<PlannedFiring> wanted, ScheduleSettings schedule, string? unfinished)
    {
        foreach (var firing in wanted)
        {
            if (firing.State == FiringState.Missed || schedule.Overlap == OverlapPolicy.Allow)
                yield return firing;
            else if (unfinished is null)
            {
                unfinished = Firing.IdOf(schedule.Name, firing.Due).Value;
                yield return firing;
            }
            else
                yield return schedule.Overlap == OverlapPolicy.Queue
                    ? firing with { State = FiringState.Queued }
                    : firing with { State = FiringState.Skipped, Note = $"The batch before it had not ended: {unfinished}." };
        }
    }
}
