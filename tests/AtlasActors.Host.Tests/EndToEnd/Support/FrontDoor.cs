using System.Net;
using System.Net.Sockets;

namespace AtlasActors.Host.Tests.EndToEnd.Support;

/// <summary>
/// A port in front of a server. Shut, it refuses connections and keeps its number; open, it passes bytes to and fro, but for
/// the connections that it slams: these are reset before a byte of them is read.
/// </summary>
internal sealed class FrontDoor : IDisposable
{
    private readonly Socket _door = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly IPEndPoint _behind;
    private int _slammed;

    public FrontDoor(Uri behind)
    {
        _behind = new IPEndPoint(IPAddress.Parse(behind.Host), behind.Port);
        // Bound and not listening, it is nobody else's, and whoever knocks is refused.
        _door.Bind(new IPEndPoint(IPAddress.Loopback, 0));
    }

    public int Port => ((IPEndPoint)_door.LocalEndPoint!).Port;

    /// <summary>How many connections were slammed.</summary>
    public int Slammed => Volatile.Read(ref _slammed);

    /// <param name="slams">Whether a connection is slammed, by its number from 1.</param>
    public void Open(Func<int, bool> slams)
    {
        _door.Listen();
        _ = AcceptAsync(slams);
    }

    public void Dispose() => _door.Dispose();

    private async Task AcceptAsync(Func<int, bool> slams)
    {
        for (var number = 1; ; number++)
        {
            try
            {
                var caller = await _door.AcceptAsync();
                if (slams(number)) Slam(caller);
                else _ = PassAsync(caller);
            }
            catch (Exception end) when (end is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Slam(Socket caller)
    {
        Interlocked.Increment(ref _slammed);
        caller.LingerState = new LingerOption(true, 0);
        caller.Dispose();
    }

    private async Task PassAsync(Socket caller)
    {
        using (caller)
        {
            try
            {
                using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await server.ConnectAsync(_behind);
                await using var near = new NetworkStream(caller);
                await using var far = new NetworkStream(server);
                await Task.WhenAny(near.CopyToAsync(far), far.CopyToAsync(near));
            }
            catch (SocketException)
            {
                // The server is gone, and so is the connection.
            }
        }
    }
}
