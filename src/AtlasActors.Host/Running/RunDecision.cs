using AtlasActors.Batches;
using AtlasActors.Host.Rendering;
using AtlasActors.Jobs;

namespace AtlasActors.Host.Running;

/// <summary>What <c>run</c> does in a folder, given the batch that is there.</summary>
internal abstract record RunDecision
{
    private RunDecision() { }

    /// <summary>A batch is begun.</summary>
    public sealed record Start : RunDecision;

    /// <summary>The batch that is there goes on.</summary>
    public sealed record GoOn(BatchView Batch) : RunDecision;

    /// <summary>The batch that is there is this one, and done: nothing is sent.</summary>
    public sealed record AlreadyDone(BatchView Batch) : RunDecision;

    /// <summary>Neither can be done; the sentence says why, and what can.</summary>
    public sealed record Refuse(string Sentence) : RunDecision;

    /// <summary>Decides.</summary>
    /// <param name="current">The folder's latest batch, or null.</param>
    /// <param name="fingerprint">What the file asks for.</param>
    /// <param name="endpoint">The API that it would be sent to.</param>
    /// <param name="asNew">Whether the user asked for a new batch in any case.</param>
    /// <param name="folder">The output folder as the user wrote it.</param>
    public static RunDecision For(BatchView? current, string fingerprint, string endpoint, bool asNew, string folder)
    {
        if (current is null || asNew)
            return new Start();
        var done = IsDone(current);
        if (current.Fingerprint != fingerprint)
            return new Refuse(done ? DoneAndOther(current, folder) : UnfinishedAndOther(current, folder));
        if (current.Endpoint != endpoint)
            return new Refuse(OtherEndpoint(current, endpoint, folder));
        return done ? new AlreadyDone(current) : new GoOn(current);
    }

    /// <summary>Whether nothing of a batch would move on by itself: overdue jobs would.</summary>
    public static bool IsDone(BatchView batch) =>
        batch.Phase == BatchPhase.Finished && batch.Count(JobStage.Overdue) == 0;

    private static string UnfinishedAndOther(BatchView batch, string folder) =>
        $"{folder} has an unfinished batch of another content ({batch.Source}, {Progress(batch)}): go on with it by "
        + $"'atlas-actors resume {ShellWord.Of(folder)}', or begin a new one there by --new, "
        + "or elsewhere by --output-dir.";

    private static string DoneAndOther(BatchView batch, string folder) =>
        $"{folder} holds a finished batch of another content ({batch.Source}): "
        + "--new begins a new batch there, --output-dir one elsewhere.";

    private static string OtherEndpoint(BatchView batch, string endpoint, string folder) =>
        $"The batch in {folder} was begun with {EndpointText.Of(batch.Endpoint)}, and this run is with "
        + $"{EndpointText.Of(endpoint)}: --new begins a new batch there, --output-dir one elsewhere.";

    /// <summary>
    /// What becomes of the jobs that were on their way: <c>38 polled on, 2 downloaded on, 1 in doubt</c>; null where none was.
    /// </summary>
    public static string? Continued(BatchView batch)
    {
        (int Number, string Words)[] parts =
        [
            (batch.Count(JobStage.Generating), "polled on"), (batch.Count(JobStage.Downloading), "downloaded on"),
            (batch.Count(JobStage.Overdue), "overdue and asked after again"),
            (batch.Count(JobStage.Submitting), "without an answer from Atlas Cloud, and so in doubt"),
        ];
        var shown = parts.Where(part => part.Number > 0).ToList();
        return shown.Count == 0
            ? null
            : $"Continued {Texts.Count(shown.Sum(part => part.Number), "job")}: "
                + string.Join(", ", shown.Select(part => FormattableString.Invariant($"{part.Number} {part.Words}"))) + ".";
    }

    /// <summary>How far a batch is: <c>7 of 15 done</c>.</summary>
    public static string Progress(BatchView batch) =>
        FormattableString.Invariant($"{batch.Ended} of {batch.Total} done");
}
