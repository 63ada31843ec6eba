using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace AtlasActors.Tests.Support;

/// <summary>
/// An HTTP server on the loopback that does exactly what a test says: answers, cuts the connection at a chosen byte,
/// resets it, or says nothing. It keeps what it heard.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<HeardRequest> _heard = new();
    private readonly ConcurrentDictionary<Task, bool> _connections = new();
    private readonly SemaphoreSlim _arrivals = new(0);
    private readonly Func<HeardRequest, Reply> _script;
    private readonly Task _accepting;

    public ScriptedServer(Func<HeardRequest, Reply> script)
    {
        _script = script;
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    /// <summary>Its address, without a path.</summary>
    public Uri Url { get; }

    /// <summary>All requests that were read whole, in the order they came.</summary>
    public IReadOnlyList<HeardRequest> Heard => [.. _heard];

    /// <summary>Waits for one more request to have been read.</summary>
    public async Task NextRequestAsync() =>
        Assert.True(await _arrivals.WaitAsync(TimeSpan.FromSeconds(30)), "No request came.");

    /// <summary>Completes when all connections that there have been are closed.</summary>
    public Task ConnectionsEndAsync() => Task.WhenAll(_connections.Keys);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections.Keys);
        _end.Dispose();
        _arrivals.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var connection = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
                _connections[connection] = true;
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
                while (await HeardRequest.ReadAsync(stream, _end.Token) is { } request)
                {
                    var reply = _script(request);
                    _heard.Enqueue(request);
                    _arrivals.Release();
                    if (!await SendAsync(client, stream, reply))
                        return;
                }
            }
            catch (Exception end) when (end is OperationCanceledException or IOException or SocketException)
            {
                // The client went away or the test is over: both end a connection.
            }
        }
    }

    private async Task<bool> SendAsync(TcpClient client, NetworkStream stream, Reply reply)
    {
        var bytes = reply.ToBytes();
        await stream.WriteAsync(bytes.AsMemory(0, Math.Min(reply.SentBytes ?? bytes.Length, bytes.Length)), _end.Token);
        switch (reply.Ending)
        {
            case Ending.KeepOpen:
                return true;
            case Ending.Hang:
                await Task.Delay(Timeout.Infinite, _end.Token);
                return false;
            case Ending.Reset:
                client.LingerState = new LingerOption(true, 0);
                return false;
            default:
                return false;
        }
    }
}

/// <summary>A request as it was read from the wire.</summary>
internal sealed record HeardRequest(
    string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>The path without the query.</summary>
    public string Path => Target.Split('?')[0];

    /// <summary>The header, or null.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>Reads one; null when the connection ends first.</summary>
    public static async Task<HeardRequest?> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!(head.Count >= 4 && head[^4..] is [13, 10, 13, 10]))
        {
            if (await stream.ReadAsync(one, cancellation) == 0)
                return null;
            head.Add(one[0]);
        }
        var lines = Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var start = lines[0].Split(' ');
        var headers = lines.Skip(1).Select(line => line.Split(':', 2)).ToDictionary(
            pair => pair[0].Trim(), pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase);
        var length = int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture);
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, cancellation);
        return new HeardRequest(start[0], start[1], headers, body);
    }
}

/// <summary>What happens to the connection after a reply.</summary>
internal enum Ending
{
    KeepOpen,
    Close,
    Reset,
    Hang,
}

/// <summary>A reply and how it ends.</summary>
internal sealed record Reply(int Status, byte[] Body)
{
    /// <summary>Headers beside Content-Length, which is added unless it is among them.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>How many bytes of the whole reply, head and body, are sent; null for all.</summary>
    public int? SentBytes { get; init; }

    /// <summary>What happens then.</summary>
    public Ending Ending { get; init; } = Ending.KeepOpen;

    /// <summary>How many bytes the head takes.</summary>
    public int HeadLength => Head().Length;

    public static Reply Json(int status, string json) => Text(status, "application/json", json);

    public static Reply Html(int status) => Text(status, "text/html", "<html><body>Bad gateway</body></html>");

    public static Reply Text(int status, string contentType, string text) =>
        new Reply(status, Encoding.UTF8.GetBytes(text)).With("Content-Type", contentType);

    /// <summary>A page where the body is one, else JSON, whatever it is.</summary>
    public static Reply Of(int status, string body) =>
        Text(status, body.StartsWith('<') ? "text/html" : "application/json", body);

    public static Reply Redirect(int status, string location) => new Reply(status, []).With("Location", location);

    /// <summary>Nothing at all; then this ending.</summary>
    public static Reply Nothing(Ending ending) => new(200, []) { SentBytes = 0, Ending = ending };

    public Reply With(string name, string value) =>
        this with { Headers = new Dictionary<string, string>(Headers) { [name] = value } };

    /// <summary>Sends the head and so many bytes of the body; then this ending.</summary>
    public Reply CutAt(int bodyBytes, Ending ending) =>
        this with { SentBytes = HeadLength + bodyBytes, Ending = ending };

    public byte[] ToBytes() => [.. Head(), .. Body];

    private byte[] Head()
    {
        var headers = new Dictionary<string, string>(Headers);
        if (!headers.ContainsKey("Transfer-Encoding"))
            headers.TryAdd("Content-Length", Body.Length.ToString(CultureInfo.InvariantCulture));
        var lines = headers.Select(header => $"{header.Key}: {header.Value}\r\n");
        return Encoding.Latin1.GetBytes($"HTTP/1.1 {Status} Scripted\r\n{string.Concat(lines)}\r\n");
    }
}
