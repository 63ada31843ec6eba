using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AtlasActors.Host.Serving;

/// <summary>Numbers every request, and sees to it that every error has problem details.</summary>
internal sealed class Doorway(ILogger logger)
{
    private const string RequestId = "X-Request-Id";

    public async Task EnterAsync(HttpContext context, RequestDelegate next)
    {
        // Ours, not the caller's: what stands in a log is not for others to choose.
        context.TraceIdentifier = Guid.CreateVersion7().ToString();
        context.Response.Headers[RequestId] = context.TraceIdentifier;
        try
        {
            await next(context).ConfigureAwait(false);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
                await Problem.AnswerAsync(context, context.Response.StatusCode, SentenceOn(context)).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            await AnswerAsync(context, fault).ConfigureAwait(false);
        }
    }

    private async Task AnswerAsync(HttpContext context, Exception fault)
    {
        if (context.RequestAborted.IsCancellationRequested || fault is ConnectionAbortedException or ConnectionResetException)
            return;
        var answer = fault switch
        {
            ProblemException problem => problem.ToProblem(),
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
                Problem.Of(StatusCodes.Status413PayloadTooLarge, "The body is larger than is taken here."),
            BadHttpRequestException bad => Problem.Of(bad.StatusCode, "The request is not in order."),
            _ => Problem.Of(
                StatusCodes.Status500InternalServerError, "Something unexpected went wrong; the log says what."),
        };
        // Not the path: that of a webhook holds a secret.
        if (answer.Status == StatusCodes.Status500InternalServerError)
            logger.LogError(fault, "A {Method} request failed: {Request}", context.Request.Method, context.TraceIdentifier);
        if (!context.Response.HasStarted)
            await Problem.AnswerAsync(context, answer).ConfigureAwait(false);
    }

    /// <summary>
    /// What the server itself refuses; what others refuse has a sentence of theirs, or is to have none.
    /// </summary>
    private static string? SentenceOn(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status405MethodNotAllowed => $"This path takes {context.Response.Headers.Allow}.",
        StatusCodes.Status404NotFound when context.GetEndpoint() is null =>
            "There is nothing at this path; /openapi/v1.json has those that there are.",
        _ => null,
    };
}
