using AtlasActors.Batches;

namespace AtlasActors.Costs;

/// <summary>What came of asking Atlas for the charges that it had not told.</summary>
/// <param name="Batch">The batch, its money as it is known now.</param>
/// <param name="Found">How many charges Atlas told.</param>
/// <param name="Missing">How many are still missing.</param>
/// <param name="Trouble">Why the rest could not be asked for, in one sentence; null where Atlas just has not told them.</param>
public sealed record ChargesAnswer(BatchView Batch, int Found, int Missing, string? Trouble);

/// <summary>What the collector of charges is told.</summary>
internal static class ChargeCommands
{
    /// <summary>Look after these: ask a few times, later.</summary>
    public sealed record AwaitCharges(IReadOnlyList<UnpricedCharge> Charges);

    /// <summary>
    /// Ask for each of these once, now, and be done within this time; <see cref="ChargeReports.AllAsked"/> is the reply.
    /// </summary>
    public sealed record AskForCharges(IReadOnlyList<UnpricedCharge> Charges, TimeSpan Within);

    /// <summary>End, if there is nothing to ask for, now or later.</summary>
    public sealed record LeaveIfDone;
}

/// <summary>What the collector of charges tells its coordinator.</summary>
internal static class ChargeReports
{
    /// <summary>Sent at every start and restart: asks for its work.</summary>
    public sealed record CollectorReady;

    /// <summary>Atlas told these.</summary>
    public sealed record ChargesFound(IReadOnlyList<FoundCharge> Charges);

    /// <summary>All were asked for, or the time is over; what was found was told before.</summary>
    public sealed record AllAsked(int Found, string? Trouble);
}

/// <summary>A charge that Atlas told.</summary>
internal sealed record FoundCharge(int Job, int Submission, Usd Charge);
