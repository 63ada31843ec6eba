using System.Globalization;
using Akka.Actor;
using AtlasActors.Atlas.Webhooks;
using AtlasActors.Batches;

namespace AtlasActors.Hosting;

/// <summary>Checks signatures, and brings what is Atlas's to <c>/user/atlas</c>.</summary>
internal sealed class AtlasWebhooks(
    Func<(IActorRef Supervisor, Task WhenStopped)> atlas, IWebhookKeys keys, Func<DateTimeOffset> now) : IAtlasWebhooks
{
    /// <summary>Atlas waits for an answer, and delivers again what it gets none for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public async Task<WebhookReply> ReceiveAsync(WebhookPath path, SignedWebhook webhook, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(webhook);
        if (BatchId.Find(path.Batch) is not { } batch || Number(path.Job) is not { } job
            || Number(path.Submission) is not { } submission)
            return new WebhookReply.Unknown();
        return await WebhookCheck.OfAsync(webhook, keys, now(), cancellation).ConfigureAwait(false) switch
        {
            WebhookCheck.Verified verified => await AskAsync(
                new AtlasWebhook(batch, job, submission, path.Token, verified.Event), cancellation).ConfigureAwait(false),
            WebhookCheck.Refused refused => new WebhookReply.Refused(refused.Fault),
            var other => throw new NotSupportedException($"No reply to {other.GetType().Name}."),
        };
    }

    private async Task<WebhookReply> AskAsync(AtlasWebhook webhook, CancellationToken cancellation)
    {
        var (supervisor, whenStopped) = atlas();
        try
        {
            var reply = supervisor.Ask<WebhookReply>(webhook, Patience, cancellation);
            await Task.WhenAny(reply, whenStopped).ConfigureAwait(false);
            return reply.IsCompleted ? await reply.ConfigureAwait(false) : new WebhookReply.Later();
        }
        catch (Exception fault) when (fault is BatchException or AskTimeoutException)
        {
            return new WebhookReply.Later();
        }
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
