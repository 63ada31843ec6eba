using System.Net;

namespace AtlasActors.Atlas;

/// <summary>
/// The system's proxy, but not for this machine: a simulator here is not to be reached through a proxy elsewhere, and
/// few who set HTTP_PROXY set NO_PROXY too.
/// </summary>
internal sealed class DirectToLoopback(IWebProxy system) : IWebProxy
{
    public ICredentials? Credentials
    {
        get => system.Credentials;
        set => system.Credentials = value;
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : system.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.IsLoopback || system.IsBypassed(host);
}
