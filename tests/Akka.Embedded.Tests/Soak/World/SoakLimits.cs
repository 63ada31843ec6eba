namespace Akka.Embedded.Tests.Soak.World;

/// <summary>How large and how long a soak is.</summary>
internal sealed record SoakLimits
{
    public const string SeedVariable = "ATLAS_SOAK_SEED";
    public const string MinutesVariable = "ATLAS_SOAK_MINUTES";
    public const string ReportVariable = "ATLAS_SOAK_REPORT";

    public int Seed { get; init; } = 1;

    /// <summary>A soak ends with the first epoch that is over after this; zero is one epoch.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How many notes come from outside in one epoch. Each brings about a few dozen messages.</summary>
    public int NotesPerEpoch { get; init; } = 3_000;

    public int Drivers { get; init; } = 2;

    /// <summary>No more is sent from outside while so many messages are on the way.</summary>
    public int OpenMessages { get; init; } = 500;

    public int LiveActors { get; init; } = 150;

    public int Depth { get; init; } = 4;

    /// <summary>
    /// Whether some actors persist, with few permits to recover. Not on Akka.NET: see <see cref="Recoveries"/>.
    /// </summary>
    public bool PersistentActors { get; init; }

    /// <summary>
    /// Whether handlers also fail after an await. Akka.NET 1.5.30 then resumes the children twice, so that they take
    /// messages while they wait themselves; the embedded part does not.
    /// </summary>
    public bool FailuresAfterAwait { get; init; }

    /// <summary>
    /// How many actors recover at once. In Akka.NET an actor that is restarted while it recovers keeps its permit for
    /// ever, so that few would soon be none.
    /// </summary>
    public int Recoveries { get; init; } = 1_000_000;

    /// <summary>
    /// Whether an actor that is restarted while it recovers is spared what its instance before had asked for. Akka.NET
    /// shows it to the new instance, as commands at last.
    /// </summary>
    public bool CleanRecoveries { get; init; }

    /// <summary>A file that gets a line for each epoch.</summary>
    public string? Report { get; init; }

    public static SoakLimits FromEnvironment()
    {
        var minutes = double.Parse(Environment.GetEnvironmentVariable(MinutesVariable) ?? "0");
        var seed = int.Parse(Environment.GetEnvironmentVariable(SeedVariable) ?? "1");
        return new SoakLimits
        {
            Seed = seed,
            Duration = TimeSpan.FromMinutes(minutes),
            NotesPerEpoch = minutes > 0 ? 30_000 : 3_000,
            Report = Environment.GetEnvironmentVariable(ReportVariable)
        };
    }
}
