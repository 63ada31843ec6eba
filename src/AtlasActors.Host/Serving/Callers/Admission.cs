using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AtlasActors.Host.Serving.Callers;

/// <summary>
/// Lets requests in: to <c>/hooks/</c> from anywhere, for they bring a signature; to all else only with a key, or,
/// where there is none, from this machine. With keys, <c>/healthz</c> is open too: load balancers ask there.
/// </summary>
internal sealed class Admission(KeyRing keys, Rates rates, ILogger log)
{
    private const string Scheme = "Bearer";

    /// <summary>What proxies add: a request that has one of them is somebody else's, whoever passed it on.</summary>
    private static readonly string[] SignsOfProxies = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"];

    public Task EnterAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path;
        if (path.StartsWithSegments("/hooks", StringComparison.Ordinal))
            return next(context);
        if (!Read(context, () => keys.AreAsked))
            context.Features.Set(LocalCaller(context));
        else if (path.StartsWithSegments("/healthz", StringComparison.Ordinal))
            return next(context);
        else
            context.Features.Set(KeyHolder(context));
        rates.TakeRequest(context, context.Features.Get<Caller>());
        return next(context);
    }

    private T Read<T>(HttpContext context, Func<T> look)
    {
        try
        {
            return look();
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            log.LogError(
                "Nobody is let in, the keys cannot be read: {Reason} ({Request})", fault.Message, context.TraceIdentifier);
            throw new ProblemException(
                StatusCodes.Status503ServiceUnavailable, "The service's keys cannot be read; its log says why.");
        }
    }

    private static Caller LocalCaller(HttpContext context) => IsFromHere(context)
        ? Caller.Local
        : throw new ProblemException(
            StatusCodes.Status403Forbidden,
            "Without keys only programs on this machine are answered: make one by 'atlas-actors keys add'. A reverse proxy is to "
            + "forward /hooks/ and nothing else until then.");

    private Caller KeyHolder(HttpContext context)
    {
        var shown = context.Request.Headers.Authorization;
        if (shown.Count == 0)
        {
            rates.TakeRequest(context, null);
            throw Unknown(context, "", "A key is needed: 'Authorization: Bearer aak_…'.");
        }
        var parts = shown.ToString().Split(' ', 2, StringSplitOptions.TrimEntries);
        var isBearer = parts is [var scheme, _] && scheme.Equals(Scheme, StringComparison.OrdinalIgnoreCase);
        if (isBearer && Read(context, () => keys.Find(parts[1])) is { } caller)
            return caller;
        rates.TakeWrongKey(context);
        throw Unknown(
            context, ", error=\"invalid_token\"", isBearer ? "The key is not known here." : "Give the key as 'Bearer aak_…'.");
    }

    private static ProblemException Unknown(HttpContext context, string error, string sentence)
    {
        context.Response.Headers.WWWAuthenticate = $"{Scheme} realm=\"atlas-actors\"{error}";
        return new ProblemException(StatusCodes.Status401Unauthorized, sentence);
    }

    /// <summary>
    /// The connection, the host that was asked for (a name that somebody led here is none of ours), and the page that
    /// asks, where a browser says so.
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
