namespace AtlasActors.Jobs;

/// <summary>What stages have in common.</summary>
public static class JobStages
{
    /// <summary>
    /// The stages that are ends, good or bad. Nothing but a person, or news from Atlas, moves a job out of one.
    /// </summary>
    public static IReadOnlyList<JobStage> Ends { get; } = [.. Enum.GetValues<JobStage>().Where(IsEnd)];

    /// <summary>Whether the stage is an end.</summary>
    public static bool IsEnd(this JobStage stage) =>
        stage is JobStage.Succeeded or JobStage.Failed or JobStage.InDoubt or JobStage.Refused or JobStage.Cancelled;
}
