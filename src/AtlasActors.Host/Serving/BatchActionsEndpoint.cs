using AtlasActors.Batches;
using AtlasActors.Host.Serving.Callers;
using AtlasActors.Host.Serving.Posting;
using AtlasActors.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace AtlasActors.Host.Serving;

/// <summary><c>POST /v1/batches/{id}/…</c>: what a person may have done with a batch.</summary>
internal sealed class BatchActionsEndpoint(ServiceState service, PostDesk desk, BatchBody bodies)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "resume", post => ChangeAsync(post, (batches, id) => batches.ResumeAsync(id, post.Context.RequestAborted)));
        Map(routes, "pause", post => ChangeAsync(post, (batches, id) => batches.PauseAsync(id, post.Context.RequestAborted)));
        Map(routes, "cancel", post => ChangeAsync(
            post, (batches, id) => batches.CancelAsync(id, jobs: null, post.Context.RequestAborted)));
        Map(routes, "retry", RetryAsync);
        Map(routes, "refetch", RefetchAsync);
        // Also while the service is being stopped: it is the same.
        Map(routes, "stop", post => LookAsync(post, (batches, id) => batches.StopAsync(id, post.Context.RequestAborted)));
    }

    private void Map(IEndpointRouteBuilder routes, string action, Func<Post<SentDocument>, Task<Reply>> work) =>
        routes.MapPost($"/v1/batches/{{batch}}/{action}", desk.Taking(bodies.ReadDocumentAsync, work)).For(Role.Submit);

    private Task<Reply> RetryAsync(Post<SentDocument> post)
    {
        var (inDoubt, budget) = (post.Query.Flag("in_doubt"), post.Query.Money("max_cost"));
        return ChangeAsync(post, (batches, id) => batches.RetryAsync(id, inDoubt, budget, post.Context.RequestAborted));
    }

    private Task<Reply> RefetchAsync(Post<SentDocument> post)
    {
        var verify = post.Query.Flag("verify");
        return ChangeAsync(post, (batches, id) => batches.RefetchAsync(id, verify, post.Context.RequestAborted));
    }

    private Task<Reply> ChangeAsync(Post<SentDocument> post, Func<IAtlasBatches, BatchId, Task<BatchView>> change)
    {
        RequireNothingElse(post);
        return BatchPath.ToChangeAsync(service, post.Context, (batches, id) => ReplyAsync(change(batches, id)));
    }

    private Task<Reply> LookAsync(Post<SentDocument> post, Func<IAtlasBatches, BatchId, Task<BatchView>> look)
    {
        RequireNothingElse(post);
        return BatchPath.WithAsync(service, post.Context, (batches, id) => ReplyAsync(look(batches, id)));
    }

    private static void RequireNothingElse(Post<SentDocument> post)
    {
        post.Query.ThrowIfFaulty();
        new FieldReading(post.Body.Bytes).ThrowIfFaulty();
    }

    private async Task<Reply> ReplyAsync(Task<BatchView> asked)
    {
        var batch = await asked.ConfigureAwait(false);
        await service.NoteAsync(batch).ConfigureAwait(false);
        return Reply.Of(BatchDocument.Of(batch, service.OutputDir));
    }
}
