using AtlasActors.Polling;

namespace AtlasActors.BatchFiles;

/// <summary>What the file says of polls, for all jobs or for one; null where it says nothing.</summary>
internal sealed record PollSection(
    PollStrategy? Strategy, TimeSpan? Initial, double? Multiplier, TimeSpan? Max, TimeSpan? Price)
{
    private static readonly string[] Keys = ["strategy", "initial", "multiplier", "max", "price"];

    private static readonly Dictionary<string, PollStrategy> Strategies = new()
    {
        ["learned"] = PollStrategy.Learned,
        ["backoff"] = PollStrategy.Backoff,
    };

    /// <summary>What stands under <c>poll</c>; null where nothing does.</summary>
    public static PollSection? Read(Section section, Findings findings)
    {
        if (section.Sub("poll", Keys) is not { } poll) return null;
        var read = new PollSection(
            poll.Choice("strategy", Strategies), Patience.Duration(poll, "initial"),
            (double?)poll.Number("multiplier", 1, 10), Patience.Duration(poll, "max"), Patience.Duration(poll, "price"));
        if (read.Initial > read.Max)
            findings.Fault(poll.Find("initial")!, poll.PathOf("initial"), "the first wait is longer than 'max'");
        if (read.Price is not null && read.Chosen == PollStrategy.Backoff)
            findings.Fault(
                poll.Find("price")!, poll.PathOf("price"), "a backoff does not weigh polls",
                "'strategy: learned' does; with it the waits are those of before anything is learned");
        return read;
    }

    /// <summary>Waits that are written are meant, unless the file says otherwise.</summary>
    private PollStrategy? Chosen => Strategy
        ?? (Initial is not null || Multiplier is not null || Max is not null ? PollStrategy.Backoff
            : Price is not null ? PollStrategy.Learned : null);

    /// <summary>A policy with what the file says over it. Where only one of the two waits is said, the other gives way to it.</summary>
    public PollPolicy Over(PollPolicy policy)
    {
        var initial = Initial ?? policy.Initial;
        var max = Max ?? policy.Max;
        if (initial > max)
            (initial, max) = Max is null ? (initial, initial) : (max, max);
        return new PollPolicy(initial, Multiplier ?? policy.Multiplier, max)
        {
            Strategy = Chosen ?? policy.Strategy, Price = Price ?? policy.Price,
        };
    }
}
