using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AtlasActors.Tests.Support;

/// <summary>
/// A server on the loopback whose answers have no end: a beginning, and then the same piece again and again, until the
/// client hangs up. It counts what it could send.
/// </summary>
internal sealed class EndlessServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly byte[] _beginning;
    private readonly byte[] _piece;
    private readonly Task _accepting;
    private readonly List<Task> _connections = [];
    private long _sent;
    private int _requests;

    /// <param name="beginning">What comes first: the head of an answer, or a part of it.</param>
    /// <param name="piece">What comes then, for ever.</param>
    public EndlessServer(string beginning, string piece)
    {
        _beginning = Encoding.UTF8.GetBytes(beginning);
        // In larger writes: a piece is often a few bytes long.
        _piece = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, Math.Max(1, 16_384 / piece.Length))));
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    /// <summary>Its address, without a path.</summary>
    public Uri Url { get; }

    /// <summary>The most bytes of one answer that were taken from it, those in the network's buffers among them.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>How often it was asked.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Completes when every client has hung up.</summary>
    public async Task LeftAloneAsync()
    {
        Task[] all;
        lock (_connections) all = [.. _connections];
        await Task.WhenAll(all).WaitAsync(TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        await LeftAloneAsync();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                lock (_connections) _connections.Add(ServeAsync(client));
            }
            catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var stream = client.GetStream();
                if (await HeardRequest.ReadAsync(stream, _end.Token) is null) return;
                Interlocked.Increment(ref _requests);
                await stream.WriteAsync(_beginning, _end.Token);
                for (long sent = _beginning.Length; ; sent += _piece.Length)
                {
                    if (sent > Interlocked.Read(ref _sent)) Interlocked.Exchange(ref _sent, sent);
                    await stream.WriteAsync(_piece, _end.Token);
                }
            }
            catch (Exception end) when (end is OperationCanceledException or IOException or SocketException)
            {
                // The client hung up, as it should, or the test is over.
            }
        }
    }
}
