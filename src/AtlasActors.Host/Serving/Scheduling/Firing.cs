using System.Globalization;
using AtlasActors.Batches;

namespace AtlasActors.Host.Serving.Scheduling;

/// <summary>What became of a firing.</summary>
internal enum FiringState
{
    /// <summary>It is to start, and whether it has is not known yet: Started or Failed moves it on, after a crash too.</summary>
    Due,

    /// <summary>It waits for the batches before it to end; then it is Due.</summary>
    Queued,

    /// <summary>Its batch is in the journal. An end.</summary>
    Started,

    /// <summary>The batch before it had not ended, or a person had paused the schedule. An end.</summary>
    Skipped,

    /// <summary>Its time passed with nobody there, and its schedule does not make up for that. An end.</summary>
    Missed,

    /// <summary>Its batch was refused: no money, or a file that is not in order. An end.</summary>
    Failed,
}

/// <summary>A firing of a schedule, and what became of it.</summary>
internal sealed record Firing
{
    /// <summary>The id of its batch, whether or not there is one yet; two firings never have the same.</summary>
    public string Batch { get; init; } = "";

    public string Schedule { get; init; } = "";

    /// <summary>The instant that the schedule names, in UTC ticks; of one that was asked for, when that was.</summary>
    public long Due { get; init; }

    /// <summary>A word of <see cref="FiringState"/>.</summary>
    public string State { get; init; } = "";

    /// <summary>1 where a person asked for it.</summary>
    public long Asked { get; init; }

    /// <summary>What people should know of it, or null.</summary>
    public string? Note { get; init; }

    /// <summary>When it came to this state, in UTC ticks.</summary>
    public long Since { get; init; }

    public BatchId Id => BatchId.Parse(Batch);

    public DateTimeOffset DueAt => new(Due, TimeSpan.Zero);

    public DateTimeOffset SinceAt => new(Since, TimeSpan.Zero);

    /// <summary>
    /// The id of a firing's batch, made from nothing but the schedule and the instant: whoever decides it, and however
    /// often, there is one batch. No id that the service draws looks like it.
    /// </summary>
    public static BatchId IdOf(string schedule, DateTimeOffset due) =>
        BatchId.Parse(string.Create(CultureInfo.InvariantCulture, $"{due.UtcDateTime:yyyyMMdd-HHmmss}z-{schedule}"));
}
