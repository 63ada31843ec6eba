namespace AtlasActors.Host.Serving.Outgoing;

/// <summary>What a receiver did with a try.</summary>
/// <param name="Status">The status that it answered; null where it did not.</param>
/// <param name="Error">What went wrong, in a sentence; null where it took it.</param>
/// <param name="RetryAfter">How long it wants to be left alone.</param>
/// <param name="IsFinal">Whether it is no use to come again.</param>
internal sealed record Reception(int? Status, string? Error, TimeSpan? RetryAfter = null, bool IsFinal = false);

/// <summary>When a delivery is tried again. Pure.</summary>
internal static class DeliveryPlan
{
    /// <summary>No receiver puts a delivery off for longer.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(12);

    /// <summary>The waits between tries, a day altogether.</summary>
    public static IReadOnlyList<TimeSpan> Waits { get; } =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6),
        TimeSpan.FromHours(12),
    ];

    /// <summary>How long after a try that came to nothing the next one comes; null where none comes.</summary>
    /// <param name="tries">How many there were, with that one.</param>
    /// <param name="reception">What became of it.</param>
    /// <param name="chance">From 0 to 1: up to a tenth of the wait comes on top of it, so that not all come at once.</param>
    public static TimeSpan? WaitAfter(int tries, Reception reception, double chance)
    {
        if (reception.IsFinal || tries > Waits.Count)
            return null;
        var wait = Waits[tries - 1] * (1 + (0.1 * chance));
        var asked = reception.RetryAfter ?? TimeSpan.Zero;
        var heard = asked < LongestWait ? asked : LongestWait;
        return heard > wait ? heard : wait;
    }
}
