using System.Text.Json.Serialization;

namespace AtlasActors.Polling;

/// <summary>When to ask whether a generation is done.</summary>
/// <param name="Initial">The first wait of a backoff, 5 s: after Atlas took the job, or after half of its typical time.</param>
/// <param name="Multiplier">By how much each wait of a backoff is longer than the one before, 1.5.</param>
/// <param name="Max">The longest wait between two polls, 30 s.</param>
public sealed record PollPolicy(TimeSpan Initial, double Multiplier, TimeSpan Max)
{
    /// <summary>
    /// Three polls for a job of a minute, which is found five or six seconds after its end. Half as many polls as the
    /// tutorial's, and less than half its delay.
    /// </summary>
    internal static readonly TimeSpan UsualPrice = TimeSpan.FromSeconds(2);

    /// <summary>The tutorial's 5 s, times 1.5, at most 30 s, until something is learned.</summary>
    public static PollPolicy Default { get; } = new(TimeSpan.FromSeconds(5), 1.5, TimeSpan.FromSeconds(30));

    /// <summary>Null: learned where the waits are those of <see cref="Default"/>, else backoff by the waits that somebody chose.</summary>
    public PollStrategy? Strategy { get; init; }

    /// <summary>
    /// So many seconds that a result lies unnoticed are as bad as one more poll; null for 2 s. Less for results sooner, more for
    /// fewer calls. Only the learned strategy weighs them.
    /// </summary>
    public TimeSpan? Price { get; init; }

    [JsonIgnore]
    internal bool IsLearned => Strategy is { } chosen
        ? chosen == PollStrategy.Learned
        : (Initial, Multiplier, Max) == (Default.Initial, Default.Multiplier, Default.Max);

    /// <summary>The shortest wait between two polls of a learned schedule, half a second of the usual five.</summary>
    [JsonIgnore]
    internal TimeSpan Least => Initial / 10;

    /// <summary>The same in a world that goes so many times faster.</summary>
    internal PollPolicy Faster(double times) => new(Initial / times, Multiplier, Max / times)
    {
        Strategy = IsLearned ? PollStrategy.Learned : PollStrategy.Backoff,
        Price = IsLearned ? (Price ?? UsualPrice) / times : null,
    };
}
