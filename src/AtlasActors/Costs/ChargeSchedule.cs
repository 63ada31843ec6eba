using AtlasActors.Hosting;

namespace AtlasActors.Costs;

/// <summary>How to ask for charges that Atlas tells later than the generation's end.</summary>
/// <param name="Waits">After which times since a generation was found to be done its charge is asked for, in their order.</param>
/// <param name="Horizon">After which time Atlas is taken to have forgotten it.</param>
internal sealed record ChargeSettings(IReadOnlyList<TimeSpan> Waits, TimeSpan Horizon)
{
    /// <summary>So many questions are under way at once, over all jobs of a batch: prices come as they come.</summary>
    public const int AtOnce = 4;

    public static ChargeSettings Usual { get; } = new(
        [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10)], TimeSpan.FromDays(30));

    public static ChargeSettings Read(SettingsReader from) => new(
        [
            .. new[]
            {
                from.Duration("charge-first-poll"), from.Duration("charge-second-poll"), from.Duration("charge-last-poll"),
            }.Order(),
        ],
        from.Duration("charge-horizon"));
}

/// <summary>When to ask for a charge. Pure, and never more often than the settings have waits.</summary>
internal static class ChargeSchedule
{
    /// <summary>The jobs of a batch are asked after over this part of a wait, not all at once.</summary>
    private const double Spread = 0.25;

    private const int Places = 16;

    /// <summary>
    /// The first question from now on; when the time of all of them is over, a single one soon; null when Atlas has
    /// forgotten it.
    /// </summary>
    public static DateTimeOffset? First(UnpricedCharge charge, ChargeSettings settings, DateTimeOffset now) =>
        IsOver(charge, settings, now) ? null : Next(charge, settings, now) ?? now + Apart(settings.Waits[0], charge.Job);

    /// <summary>The next question after one that told nothing; null after the last.</summary>
    public static DateTimeOffset? Next(UnpricedCharge charge, ChargeSettings settings, DateTimeOffset now) =>
        settings.Waits
            .Select(wait => (DateTimeOffset?)(charge.FoundAt + Apart(wait, charge.Job)))
            .FirstOrDefault(due => due > now);

    /// <summary>Whether Atlas is taken to have forgotten it.</summary>
    public static bool IsOver(UnpricedCharge charge, ChargeSettings settings, DateTimeOffset now) =>
        now - charge.FoundAt > settings.Horizon;

    private static TimeSpan Apart(TimeSpan wait, int job) => wait * (1 + (job % Places * Spread / Places));
}
