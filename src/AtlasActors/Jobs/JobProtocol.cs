using System.Diagnostics;
using AtlasActors.Batches;

namespace AtlasActors.Jobs;

/// <summary>What a job's actor is told.</summary>
internal static class JobCommands
{
    /// <summary>Here is the job; go on with it. <paramref name="WasRestarted"/>: an earlier life of this actor worked on it.</summary>
    public sealed record WorkOn(JobState State, bool WasRestarted);

    /// <summary>The event is in the journal, and this is the state after it.</summary>
    public sealed record Recorded(IJobEvent Happened, JobState State);

    /// <summary>Atlas says that the generation is at its end, or names it while its answer is awaited: poll now.</summary>
    public sealed record AtlasCalled;

    /// <summary>Begin nothing new, see a submission that is under way to its answer, then end.</summary>
    public sealed record StopWorking;
}

/// <summary>What a job's actor tells its coordinator.</summary>
internal static class JobReports
{
    /// <summary>Sent at every start and restart: asks for <see cref="JobCommands.WorkOn"/>.</summary>
    public sealed record JobReady(int Job);

    /// <summary>Asks that Atlas can fetch the job's inputs; <c>InputsReady</c> or <c>InputsFailed</c> is the reply.</summary>
    public sealed record InputsWanted(int Job);

    /// <summary>Asks for an event to be written; <see cref="JobCommands.Recorded"/> comes when it is.</summary>
    public sealed record RecordEvent(IJobEvent Happened)
    {
        /// <summary>When it was sent, by <see cref="Stopwatch"/>.</summary>
        public long Sent { get; } = Stopwatch.GetTimestamp();
    }

    /// <summary>Says, for people, what the job waits for; null for nothing in particular.</summary>
    public sealed record JobWaits(int Job, string? Why);

    /// <summary>Something that no job of the batch gets past.</summary>
    public sealed record TroubleForAll(HaltReason Reason, string Message);
}

/// <summary>A job and the places of its files: relative to the output folder, with forward slashes, no extension.</summary>
/// <param name="Definition">The job.</param>
/// <param name="Target">The place of its only file.</param>
/// <param name="Separator">
/// What stands between that and a number where there are several: no place of another job or of a file from before is of
/// that form. Null in journals of before, whose first file has no number.
/// </param>
internal sealed record PlannedJob(JobDefinition Definition, string Target, string? Separator = null)
{
    /// <summary>The place of an output, counted from 0, of as many as Atlas was found to have made.</summary>
    public string PlaceOf(int index, int count)
    {
        var isOnly = index == 0 && (count <= 1 || Separator is null);
        return isOnly ? Target : FormattableString.Invariant($"{Target}{Separator ?? "-"}{index + 1}");
    }
}
