using System.Diagnostics;
using System.Net.Sockets;

namespace AtlasActors.Host.Running;

/// <summary>
/// Tells systemd how far the program is, as <c>sd_notify</c> does, where the unit has <c>Type=notify</c>; elsewhere nothing.
/// </summary>
internal sealed class SystemdNotice(Func<string, string?> environment)
{
    private const string Variable = "NOTIFY_SOCKET";

    /// <summary>It serves.</summary>
    public void Ready(string status) => Tell($"READY=1\nSTATUS={status}");

    /// <summary>It reads its configuration again; <see cref="Ready"/> follows.</summary>
    public void Reloading() => Tell(FormattableString.Invariant(
        $"RELOADING=1\nMONOTONIC_USEC={Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000)}"));

    /// <summary>It is ending.</summary>
    public void Stopping() => Tell("STOPPING=1\nSTATUS=Stopping");

    private void Tell(string state)
    {
        if (environment(Variable) is not { Length: > 0 } path || OperatingSystem.IsWindows()) return;
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            // A name with @ is one of Linux's abstract ones, which begin with a zero.
            socket.SendTo(
                System.Text.Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(path[0] == '@' ? '\0' + path[1..] : path));
        }
        catch (SocketException)
        {
            // Nobody listens there: the program works all the same, and systemd says that it heard nothing.
        }
    }
}
