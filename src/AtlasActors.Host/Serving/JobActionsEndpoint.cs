using System.Text.Json;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Host.Serving.Callers;
using AtlasActors.Host.Serving.Posting;
using AtlasActors.Hosting;
using AtlasActors.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace AtlasActors.Host.Serving;

/// <summary>
/// <c>POST /v1/batches/{id}/jobs/cancel</c> and <c>…/retry</c>: the same for some jobs of a batch, found by a filter.
/// </summary>
internal sealed class JobActionsEndpoint(ServiceState service, PostDesk desk, BatchBody bodies)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "cancel", BatchAction.Cancel);
        Map(routes, "retry", BatchAction.Retry);
    }

    private void Map(IEndpointRouteBuilder routes, string word, BatchAction action) => routes
        .MapPost(
            $"/v1/batches/{{batch}}/jobs/{word}",
            desk.Taking<SentDocument>(bodies.ReadDocumentAsync, post => ActAsync(post, action)))
        .For(Role.Submit);

    private Task<Reply> ActAsync(Post<SentDocument> post, BatchAction action)
    {
        post.Query.ThrowIfFaulty();
        var fields = new FieldReading(post.Body.Bytes);
        var filter = JobChoice.Read(fields);
        var isTry = fields.Flag("dry_run");
        var inDoubt = action == BatchAction.Retry && fields.Flag("in_doubt");
        fields.ThrowIfFaulty();
        return BatchPath.ToChangeAsync(service, post.Context, async (batches, id) =>
        {
            var cancellation = post.Context.RequestAborted;
            var jobs = await batches.GetJobsAsync(id, cancellation).ConfigureAwait(false);
            IReadOnlyList<int> chosen = [.. jobs.Where(filter.Takes).Select(job => job.Number)];
            var preview = await batches.PreviewAsync(id, action, chosen, inDoubt, cancellation).ConfigureAwait(false);
            if (!isTry && chosen.Count > 0)
                await DoAsync(batches, id, action, chosen, inDoubt).ConfigureAwait(false);
            return Reply.Of(JobsChangedDocument.Of(preview, chosen.Count, isTry));
        });
    }

    /// <summary>Without the request's token: what is begun is done to all of them.</summary>
    private static Task<BatchView> DoAsync(
        IAtlasBatches batches, BatchId id, BatchAction action, IReadOnlyList<int> jobs, bool inDoubt) => action switch
    {
        BatchAction.Cancel => batches.CancelAsync(id, jobs, CancellationToken.None),
        BatchAction.Retry => batches.RetryJobsAsync(id, jobs, inDoubt, budget: null, CancellationToken.None),
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "No action for some jobs."),
    };
}

/// <summary>Which jobs are meant: all that is given has to hold.</summary>
internal sealed record JobChoice(IReadOnlySet<int>? Numbers, JobStage? Stage, string? Model, string? Name, string? Error)
{
    private static readonly Dictionary<string, JobStage> Stages =
        Enum.GetValues<JobStage>().ToDictionary(stage => JsonNamingPolicy.SnakeCaseLower.ConvertName(stage.ToString()));

    /// <summary>
    /// The filter in a body. One that filters nothing has to say that all are meant: an empty body is more often a
    /// slip.
    /// </summary>
    public static JobChoice Read(FieldReading fields)
    {
        var choice = new JobChoice(
            fields.Numbers("numbers"), fields.OneOf("state", Stages), fields.Text("model"), fields.Text("name"),
            fields.Text("error"));
        var isEmpty = choice == new JobChoice(null, null, null, null, null);
        if (fields.Flag("all") != isEmpty)
            fields.Fault("all", isEmpty
                ? "is missing: say which jobs by numbers, state, model, name or error, or give \"all\": true."
                : "is given, and so is a filter: leave one of them out.");
        return choice;
    }

    public bool Takes(JobView job) =>
        (Numbers is null || Numbers.Contains(job.Number))
        && (Stage is null || job.Stage == Stage)
        && (Model is null || job.Model == Model)
        && (Name is null || job.Name.Contains(Name, StringComparison.OrdinalIgnoreCase))
        && (Error is null || job.Error?.Contains(Error, StringComparison.OrdinalIgnoreCase) == true);
}

/// <summary>What was done to which jobs, or would be.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Action">cancel or retry.</param>
/// <param name="DryRun">Whether nothing was done.</param>
/// <param name="Matched">How many jobs the filter found.</param>
/// <param name="Count">How many jobs it changes; a cancellation also those that wait for the ones that were
/// found.</param>
/// <param name="Numbers">These, or the first thousand.</param>
/// <param name="SeenThrough">Those that Atlas has, and that a cancellation leaves without another attempt.</param>
/// <param name="Estimate">What a retry may cost; null of a cancellation.</param>
internal sealed record JobsChangedDocument(
    string Batch, BatchAction Action, bool DryRun, int Matched, int Count, IReadOnlyList<int> Numbers,
    IReadOnlyList<int> SeenThrough, Usd? Estimate)
{
    private const int MostListed = 1000;

    public static JobsChangedDocument Of(BatchPreview preview, int matched, bool isTry) => new(
        preview.Batch.Value, preview.Action, isTry, matched, preview.Jobs.Count, [.. preview.Jobs.Take(MostListed)],
        [.. preview.SeenThrough.Take(MostListed)], preview.Action == BatchAction.Retry ? preview.Estimate : null);
}
