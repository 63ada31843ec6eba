using AtlasActors.Batches;
using AtlasActors.Jobs;

namespace AtlasActors.Host.Rendering;

/// <summary>
/// The line that says how a job ended, in the tutorial's form: made to be read by log collectors too.
/// </summary>
internal static class JobLine
{
    /// <summary>The line; null while there is nothing to say.</summary>
    public static string? Of(JobView job) => job.Stage switch
    {
        JobStage.Succeeded => Succeeded(job),
        JobStage.Failed => Line("FAIL", job.Name, Summary.Reason(job)),
        JobStage.InDoubt => Line("DOUBT", job.Name, Summary.Reason(job)),
        JobStage.Refused => Line("BUDGET", job.Name, Summary.Reason(job)),
        JobStage.Cancelled => Line("CANCEL", job.Name, Summary.Reason(job)),
        JobStage.Overdue => Line("LATE", job.Name, Summary.Reason(job)),
        _ => null,
    };

    /// <summary>The line of a job that is left out.</summary>
    public static string Of(SkippedJob job) => Line("SKIP", job.Name, $"unknown type '{job.Type}'");

    private static string Succeeded(JobView job)
    {
        var line = Line("OK", job.Name, Texts.LogMoney(job.Cost));
        return job.GenerationTime is { } time ? $"{line} -- {Texts.Seconds(time)}" : line;
    }

    private static string Line(string word, string name, string rest) =>
        $"[{word}] {Texts.OneLine(name)} -- {Texts.OneLine(rest)}";
}
