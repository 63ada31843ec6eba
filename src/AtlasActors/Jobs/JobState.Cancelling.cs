using AtlasActors.Atlas;

namespace AtlasActors.Jobs;

/// <summary>Jobs of which a person wants no more.</summary>
internal sealed partial record JobState
{
    /// <summary>A person wants no more of it, and Atlas has it: it is seen through, and no further attempt follows.</summary>
    public bool CancelAsked { get; init; }

    /// <summary>It waits for a slot, for the time of another attempt, or for another job: nothing of it is with Atlas.</summary>
    public bool Waits => Stage is JobStage.Queued or JobStage.Waiting;

    private AtlasFailure WhyCancelled =>
        Submissions == NeverSent ? new AtlasFailure("Cancelled before anything was sent.")
        : Failure is { } last ? last with { Message = $"Cancelled before another attempt. The last: {last.Message}" }
        : new AtlasFailure("Cancelled before another attempt.");

    /// <summary>Why a job comes to an end that needs another's output.</summary>
    public static AtlasFailure NothingSent(string parent, string why) =>
        new($"Nothing was sent: it needs what '{parent}' makes, which {why}.");

    /// <summary>Nobody wants it any more: it ends where it waits, else when Atlas is done with it.</summary>
    public JobState Unwanted(DateTimeOffset at) =>
        (Waits ? Cancelled(at, WhyCancelled) : this with { CancelAsked = true }) with { Revision = Revision + 1 };

    /// <summary>Another job, whose output it needs, was cancelled.</summary>
    public JobState CutOff(DateTimeOffset at, string parent) =>
        Cancelled(at, NothingSent(parent, "was cancelled")) with { Revision = Revision + 1 };

    private JobState Cancelled(DateTimeOffset at, AtlasFailure why) =>
        To(JobStage.Cancelled, at) with { CancelAsked = false, Failure = why };
}
