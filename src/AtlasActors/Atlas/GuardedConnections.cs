using System.Net;
using System.Net.Sockets;

namespace AtlasActors.Atlas;

/// <summary>
/// Connects to the internet alone: the addresses of outputs and schemas come from outside, and are not to lead into the
/// networks that this machine can reach and others cannot. What is connected to is what was looked at.
/// </summary>
/// <param name="trustedHost">A host to which anything goes: the API's own, which may be a simulator on this machine.</param>
/// <param name="isAnyAllowed">Whether private addresses are allowed everywhere.</param>
internal sealed class GuardedConnections(string? trustedHost, bool isAnyAllowed)
{
    // This machine has several names, and a simulator here may call itself by another than its user does.
    private readonly bool _isThisMachineTrusted = IsLoopback(trustedHost);

    /// <summary>The way in which <see cref="SocketsHttpHandler.ConnectCallback"/> connects.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var target = context.InitialRequestMessage.RequestUri!;
        var isByProxy = !context.DnsEndPoint.Host.Equals(target.IdnHost, StringComparison.OrdinalIgnoreCase)
            || context.DnsEndPoint.Port != target.Port;
        // A proxy is the user's own and looks names up itself; what can be seen of where it is sent is looked at.
        if (isByProxy && IPAddress.TryParse(target.IdnHost, out var literal) && !IsAllowed(target.IdnHost, literal))
            throw Refused(target.IdnHost);
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellation).ConfigureAwait(false);
        var allowed = isByProxy ? addresses : Array.FindAll(addresses, address => IsAllowed(target.IdnHost, address));
        if (allowed.Length == 0 && addresses.Length > 0)
            throw Refused(target.IdnHost);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool IsAllowed(string host, IPAddress address) =>
        isAnyAllowed || NetworkAddress.IsPublic(address)
        || host.Equals(trustedHost, StringComparison.OrdinalIgnoreCase)
        || (_isThisMachineTrusted && IPAddress.IsLoopback(address));

    private static bool IsLoopback(string? host) =>
        "localhost".Equals(host, StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static PrivateAddressException Refused(string host) => new(host);
}
