using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AtlasActors.Simulator.Http;

/// <summary>Numbers every request and lets in only those with a key, before any path is looked at.</summary>
internal sealed class Doorkeeper(IReadOnlyList<string> keys, SeenTraffic seen)
{
    private const string Scheme = "Bearer ";

    private static readonly string[] Public = ["/api/v1/models", "/api/v1/webhooks/jwks.json"];

    public async Task EnterAsync(HttpContext context, RequestDelegate next)
    {
        context.TraceIdentifier = Guid.NewGuid().ToString("N");
        context.Response.Headers["X-Request-ID"] = context.TraceIdentifier;
        seen.CountRequest(PathOf(context));
        if (NeedsKey(context.Request.Path))
        {
            if (KeyOf(context.Request) is not { } key || (keys.Count > 0 && !keys.Contains(key)))
            {
                await RefuseAsync(context);
                return;
            }

            context.Items[nameof(Doorkeeper)] = Fingerprint(key);
        }

        await next(context);
    }

    /// <summary>The account of a request that was let in.</summary>
    public static string AccountOf(HttpContext context) => (string)context.Items[nameof(Doorkeeper)]!;

    // By the pattern, or any stray address would stay in memory.
    private static string PathOf(HttpContext context) =>
        context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } pattern } && !pattern.Contains('*')
            ? $"{context.Request.Method} {pattern}"
            : "elsewhere";

    private static Task RefuseAsync(HttpContext context) => IsBilling(context.Request.Path)
        ? BillingRefusal.InvalidKey.WriteAsync(context)
        : Answers.RefuseAsync(context, StatusCodes.Status401Unauthorized, "unauthorized");

    private static bool IsBilling(PathString path) => path.StartsWithSegments("/public", StringComparison.Ordinal);

    private static bool NeedsKey(PathString path) =>
        IsBilling(path)
        || (path.StartsWithSegments("/api", StringComparison.Ordinal) && !Public.Contains(path.Value));

    private static string? KeyOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return null;
        var key = header[Scheme.Length..].Trim();
        return key.Length > 0 ? key : null;
    }

    // The journal names accounts, and a key has no business in a file.
    private static string Fingerprint(string key) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..12];
}
