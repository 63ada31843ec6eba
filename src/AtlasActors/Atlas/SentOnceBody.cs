using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace AtlasActors.Atlas;

/// <summary>
/// A submission's body, which knows whether it may have left this machine. The HTTP stack asks for the bytes only once
/// a connection stands and the headers are written: as long as <see cref="Begun"/> is false, Atlas cannot have got a
/// job.
/// </summary>
internal sealed class SentOnceBody : HttpContent
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly byte[] _bytes;
    private int _begun;

    public SentOnceBody(string json)
    {
        _bytes = Encoding.UTF8.GetBytes(json);
        Headers.ContentType = Json;
    }

    /// <summary>How long it is.</summary>
    public int Length => _bytes.Length;

    /// <summary>Whether some of the body may have been sent.</summary>
    public bool Begun => Volatile.Read(ref _begun) != 0;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        // Should anything below us try to send again by itself, it must not succeed: it could be paid twice.
        if (Interlocked.Exchange(ref _begun, 1) != 0)
            throw new HttpRequestException("A submission is sent once.");
        return stream.WriteAsync(_bytes, cancellationToken).AsTask();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _bytes.Length;
        return true;
    }
}
