using AtlasActors.Atlas.Webhooks;
using AtlasActors.Batches;

namespace AtlasActors.Hosting;

/// <summary>
/// Where a web server hands in the requests that came to <c>/hooks/atlas/…</c> below the public address. May be called
/// from any thread.
/// </summary>
public interface IAtlasWebhooks
{
    /// <summary>
    /// Checks that Atlas signed it, and that it is for a submission of ours; then it is taken, once however often it comes.
    /// </summary>
    /// <param name="path">What stands in the address.</param>
    /// <param name="webhook">The request.</param>
    /// <param name="cancellation">Ends the waiting for an answer; what is written stays.</param>
    Task<WebhookReply> ReceiveAsync(WebhookPath path, SignedWebhook webhook, CancellationToken cancellation = default);
}

/// <summary>
/// What stands in a webhook's address after <c>/hooks/atlas/</c>, between its strokes. Never to be logged: the token is a
/// secret.
/// </summary>
/// <param name="Batch">The batch's id.</param>
/// <param name="Job">The job's number.</param>
/// <param name="Submission">The submission's number.</param>
/// <param name="Token">The submission's token.</param>
public sealed record WebhookPath(string Batch, string Job, string Submission, string Token)
{
    /// <summary>Nothing of it.</summary>
    public override string ToString() => nameof(WebhookPath);
}
