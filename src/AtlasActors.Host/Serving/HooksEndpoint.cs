using AtlasActors.Atlas.Webhooks;
using AtlasActors.Batches;
using AtlasActors.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AtlasActors.Host.Serving;

/// <summary><c>/hooks/atlas/…</c>: Atlas's webhooks. What is answered tells nothing to who is not Atlas.</summary>
internal sealed class HooksEndpoint(ServiceState service)
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/hooks/atlas/{batch}/{job}/{submission}/{token}", ReceiveAsync);

    private async Task ReceiveAsync(HttpContext context)
    {
        if (service.Webhooks is not { } webhooks)
        {
            await LaterAsync(context).ConfigureAwait(false);
            return;
        }
        var body = await RequestText.BytesAsync(context, SignedWebhook.LongestBody).ConfigureAwait(false);
        var headers = context.Request.Headers;
        var webhook = SignedWebhook.Of(name => headers.TryGetValue(name, out var value) ? value.ToString() : null, body);
        var path = new WebhookPath(
            Part(context, "batch"), Part(context, "job"), Part(context, "submission"), Part(context, "token"));
        switch (await webhooks.ReceiveAsync(path, webhook, context.RequestAborted).ConfigureAwait(false))
        {
            case WebhookReply.Taken: context.Response.StatusCode = StatusCodes.Status204NoContent; break;
            case WebhookReply.Unknown: context.Response.StatusCode = StatusCodes.Status404NotFound; break;
            case WebhookReply.Refused refused:
                await Problem.AnswerAsync(context, StatusOf(refused.Fault), refused.Fault.Sentence()).ConfigureAwait(false);
                break;
            default: await LaterAsync(context).ConfigureAwait(false); break;
        }
    }

    /// <summary>Atlas delivers again what is answered so.</summary>
    private static Task LaterAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "30";
        return Problem.AnswerAsync(context, StatusCodes.Status503ServiceUnavailable);
    }

    private static int StatusOf(WebhookFault fault) => fault switch
    {
        WebhookFault.KeysUnreachable => StatusCodes.Status503ServiceUnavailable,
        WebhookFault.BodyUnreadable => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status401Unauthorized,
    };

    private static string Part(HttpContext context, string name) => context.GetRouteValue(name) as string ?? "";
}
