using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AtlasActors.Host.Serving;

/// <summary>
/// Lets requests in: to <c>/hooks/</c> from anywhere, for they bring a signature; to all else only from this machine, as
/// long as there are no keys for callers. And sees to it that every error has problem details.
/// </summary>
internal sealed class Doorway(ILogger logger)
{
    /// <summary>What proxies add: a request that has one of them is somebody else's, whoever passed it on.</summary>
    private static readonly string[] SignsOfProxies = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"];

    public async Task EnterAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            if (!context.Request.Path.StartsWithSegments("/hooks", StringComparison.Ordinal) && !IsFromHere(context))
            {
                await Problem.AnswerAsync(
                    context, StatusCodes.Status403Forbidden,
                    "Only programs on this machine are answered here; a reverse proxy is to forward /hooks/ and nothing else.")
                    .ConfigureAwait(false);
                return;
            }
            await next(context).ConfigureAwait(false);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
                await Problem.AnswerAsync(context, context.Response.StatusCode).ConfigureAwait(false);
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
            ProblemException problem => Problem.Of(problem.Status, problem.Message, problem.Faults) with
            {
                Parameters = problem.Parameters,
            },
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
                Problem.Of(StatusCodes.Status413PayloadTooLarge, "The body is larger than is taken here."),
            BadHttpRequestException bad => Problem.Of(bad.StatusCode, "The request is not in order."),
            _ => Problem.Of(
                StatusCodes.Status500InternalServerError, "Something unexpected went wrong; the log says what."),
        };
        // Not the path: that of a webhook holds a secret.
        if (answer.Status == StatusCodes.Status500InternalServerError)
            logger.LogError(fault, "A {Method} request failed", context.Request.Method);
        if (!context.Response.HasStarted)
            await Problem.AnswerAsync(context, answer).ConfigureAwait(false);
    }

    /// <summary>
    /// The connection, the host that was asked for (a name that somebody led here is none of ours), and the page that asks,
    /// where a browser says so.
    /// </summary>
    private static bool IsFromHere(HttpContext context)
    {
        var headers = context.Request.Headers;
        return context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
            && IsLoopback(context.Request.Host.Host)
            && !SignsOfProxies.Any(headers.ContainsKey)
            && (headers.Origin.Count == 0
                || (Uri.TryCreate(headers.Origin.ToString(), UriKind.Absolute, out var origin) && IsLoopback(origin.IdnHost)));
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
