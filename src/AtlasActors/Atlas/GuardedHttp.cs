using System.Net;

namespace AtlasActors.Atlas;

/// <summary>
/// Connections for addresses that come from outside: to the internet alone, unless others are allowed, and to what was
/// looked at. What is fetched and what is sent go by the same rule.
/// </summary>
public static class GuardedHttp
{
    /// <summary>
    /// A handler that follows no redirect, keeps no cookie, and ends with a <see cref="PrivateAddressException"/>, inside
    /// the client's own, where a name or an address leads into a private network. Its owner disposes it.
    /// </summary>
    /// <param name="arePrivateAllowed">Whether private addresses are allowed.</param>
    /// <param name="connectTimeout">How long a connection may take.</param>
    public static SocketsHttpHandler NewHandler(bool arePrivateAllowed, TimeSpan connectTimeout) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        Proxy = new DirectToLoopback(HttpClient.DefaultProxy),
        ConnectTimeout = connectTimeout,
        ConnectCallback = new GuardedConnections(trustedHost: null, arePrivateAllowed).ConnectAsync,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    /// <summary>Whether an address says, without its name being looked up, that it leads into a private network.</summary>
    public static bool IsPrivate(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var host = address.IdnHost.TrimEnd('.');
        return IPAddress.TryParse(host, out var literal)
            ? !NetworkAddress.IsPublic(literal)
            : host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
                || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
    }
}
