using System.Text.Json.Serialization;

namespace AtlasActors.Jobs;

/// <summary>Where a job is. Each says what moves it on.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JobStage>))]
public enum JobStage
{
    /// <summary>Waits for a slot, or for the time of its next attempt; a slot and the gate move it to Submitting.</summary>
    Queued,

    /// <summary>The intent is recorded and the call may be under way; Atlas's answer moves it on, a lost answer to InDoubt.</summary>
    Submitting,

    /// <summary>Atlas has it; polls move it to Downloading, to Queued for another attempt, to Failed, or to Overdue.</summary>
    Generating,

    /// <summary>Atlas is done and has charged; the file on disk moves it to Succeeded.</summary>
    Downloading,

    /// <summary>
    /// It takes longer than its <c>max_wait</c>, in generating or in downloading: it has given its slot back and is
    /// asked after slowly. An answer moves it on; when the run ends first, resume and retry collect it without paying again.
    /// </summary>
    Overdue,

    /// <summary>An end: the file is there.</summary>
    Succeeded,

    /// <summary>An end: it will not succeed by itself. Retry, by a person, makes another attempt.</summary>
    Failed,

    /// <summary>
    /// An end: nobody can say whether Atlas took the submission, so it counts as possibly charged. Atlas's webhook, where
    /// the submission carried one, moves it to Generating; retry of jobs in doubt, by a person, submits it again.
    /// </summary>
    InDoubt,

    /// <summary>An end: the budget did not reach. Retry with a larger budget moves it to Queued.</summary>
    Refused,

    /// <summary>
    /// Waits for another job, whose output it needs: that job's success moves it to Queued, its failure to Failed. Where
    /// that job is overdue or in doubt, it waits for what comes of it.
    /// </summary>
    Waiting,

    /// <summary>
    /// An end: a person wanted no more of it, or of a job that it waited for, before Atlas had it or before another attempt.
    /// Retry of this very job, by a person, moves it to Queued.
    /// </summary>
    Cancelled,
}
