using AtlasActors.Batches;
using AtlasActors.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AtlasActors.Host.Serving;

/// <summary>The batch that a path names.</summary>
internal static class BatchPath
{
    /// <summary>Does something with it, or ends with a problem: there is none, or it can't be done.</summary>
    public static async Task<T> WithAsync<T>(
        ServiceState service, HttpContext context, Func<IAtlasBatches, BatchId, Task<T>> work)
    {
        var batches = service.ToLook();
        if (BatchId.Find(context.GetRouteValue("batch") as string) is not { } id)
            throw ServiceState.NoBatch();
        try
        {
            return await work(batches, id).ConfigureAwait(false);
        }
        catch (BatchException refused)
        {
            throw await HasAsync(batches, id, context).ConfigureAwait(false)
                ? new ProblemException(StatusCodes.Status409Conflict, refused.Message)
                : ServiceState.NoBatch();
        }
    }

    /// <summary>
    /// The same for what changes it: not while the service is being stopped, nor where another API made it.
    /// </summary>
    public static Task<T> ToChangeAsync<T>(
        ServiceState service, HttpContext context, Func<IAtlasBatches, BatchId, Task<T>> work)
    {
        service.ToChange();
        return WithAsync(service, context, async (batches, id) =>
        {
            var batch = await batches.GetAsync(id, context.RequestAborted).ConfigureAwait(false);
            return batch.Endpoint == service.Endpoint
                ? await work(batches, id).ConfigureAwait(false)
                : throw new ProblemException(
                    StatusCodes.Status409Conflict,
                    $"The batch was begun with {batch.Endpoint}, and the service works with {service.Endpoint}.");
        });
    }

    private static async Task<bool> HasAsync(IAtlasBatches batches, BatchId id, HttpContext context) =>
        (await batches.ListIdsAsync(context.RequestAborted).ConfigureAwait(false)).Contains(id);
}
