namespace AtlasActors.Host.Serving.Scheduling;

/// <summary>What is remembered of a schedule between two starts.</summary>
internal sealed record ScheduleLine
{
    public string Name { get; init; } = "";

    /// <summary>The expression that <see cref="Cursor"/> was reached with.</summary>
    public string Cron { get; init; } = "";

    public string Zone { get; init; } = "";

    /// <summary>Up to where it is seen to, in UTC ticks: no instant up to here is decided on again.</summary>
    public long Cursor { get; init; }

    /// <summary>1 where a person paused it.</summary>
    public long Paused { get; init; }

    /// <summary>1 where the configuration paused it.</summary>
    public long Held { get; init; }

    /// <summary>1 where the configuration has it no more.</summary>
    public long Gone { get; init; }

    public DateTimeOffset CursorAt => new(Cursor, TimeSpan.Zero);

    public bool Fires => Paused == 0 && Held == 0 && Gone == 0;

    /// <summary>The same from an instant on; never further back.</summary>
    public ScheduleLine From(DateTimeOffset now) => this with { Cursor = Math.Max(Cursor, now.UtcTicks) };

    /// <summary>
    /// How it is under a configuration. What is new, comes back, or was paused until now begins now; so does another
    /// expression, for the old one held until now. All else goes on where it was.
    /// </summary>
    public static ScheduleLine Under(ScheduleSettings schedule, ScheduleLine? before, DateTimeOffset now)
    {
        var (cron, zone) = (schedule.Times.Text, schedule.Times.ZoneName);
        var held = schedule.IsPaused ? 1 : 0;
        var line = before ?? new ScheduleLine { Name = schedule.Name };
        var goesOn = before is { Gone: 0 } && before.Held == held && before.Cron == cron && before.Zone == zone;
        return (goesOn ? line : line.From(now)) with { Cron = cron, Zone = zone, Held = held, Gone = 0 };
    }
}
