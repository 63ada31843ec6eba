namespace AtlasActors.Polling;

/// <summary>When to ask whether a generation is done: first after <paramref name="Initial"/>, then ever later.</summary>
/// <param name="Initial">The first wait after Atlas took the job, 5 s.</param>
/// <param name="Multiplier">By how much each wait is longer than the one before, 1.5.</param>
/// <param name="Max">The longest wait, 30 s.</param>
public sealed record PollPolicy(TimeSpan Initial, double Multiplier, TimeSpan Max)
{
    /// <summary>The tutorial's 5 s, times 1.5, at most 30 s.</summary>
    public static PollPolicy Default { get; } = new(TimeSpan.FromSeconds(5), 1.5, TimeSpan.FromSeconds(30));
}
