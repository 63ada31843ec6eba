using AtlasActors.Batches;
using AtlasActors.Jobs;

namespace AtlasActors.Host.Rendering;

/// <summary>What a person can do about a job that did not succeed.</summary>
internal static class Advice
{
    /// <summary>Half a sentence; null where the reason says it already.</summary>
    public static string? For(JobView job) => job.Stage switch
    {
        JobStage.InDoubt =>
            "Atlas Cloud's console may show whether it was made; 'retry --in-doubt' submits it again, and it may be paid for twice",
        JobStage.Refused => "'retry --max-cost USD' goes on with a larger budget",
        JobStage.Overdue => "'resume' goes on asking for it, and nothing is paid again",
        JobStage.Cancelled => "a person cancelled it: 'retry' leaves it as it is",
        JobStage.Failed => ForFailed(job),
        _ => null,
    };

    private static string? ForFailed(JobView job)
    {
        var message = job.Failure?.Message ?? job.Error ?? "";
        if (job.Failure?.Code == "1039" || Has(message, "moderation refused"))
            return "change its prompt or its picture, and run the changed file; it cost nothing";
        if (Has(message, "Nothing was sent: it needs"))
            return "'retry' runs both";
        if (message.StartsWith("The input ", StringComparison.Ordinal))
            return "put the file in order, then 'retry'; nothing was sent";
        if (Has(message, "gives no output"))
            return "it was charged: tell Atlas Cloud's support the request";
        return job.Failure?.HttpStatus switch
        {
            400 or 422 => "the model does not take something that was sent: 'validate' with --live may say what; it cost nothing",
            404 when job.PredictionId is null => "is the model's id right? 'models' lists what is known; it cost nothing",
            413 => "upload its inputs first: 'upload FILE' tells their addresses",
            451 => "Atlas Cloud does not offer this where you are",
            _ => "'retry' makes further attempts",
        };
    }

    private static bool Has(string text, string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);
}
