using System.Buffers;

namespace AtlasActors.Atlas;

/// <summary>Reads the body of an answer, up to a limit.</summary>
internal static class BoundedBody
{
    private const int Piece = 16 * 1024;

    /// <summary>
    /// The longest body for which room is made on the server's word alone. Answers without inline media are far shorter, and a
    /// server that promises 32 MB and sends nothing is not to cost that much.
    /// </summary>
    private const int LongestBelieved = 64 * 1024;

    /// <summary>The whole of it, in no more room than it needs; a fault where it is longer than allowed.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(
        HttpContent content, int mostBytes, CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        if (content.Headers.ContentLength is not { } length || length > Math.Min(mostBytes, LongestBelieved))
            return await ReadUntoldAsync(stream, mostBytes, cancellation);
        var body = new byte[length];
        var count = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellation);
        return body.AsMemory(0, count);
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ReadUntoldAsync(
        Stream stream, int mostBytes, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            var filled = 0;
            int count;
            while ((count = await stream.ReadAsync(buffer.AsMemory(filled), cancellation)) > 0)
            {
                filled += count;
                if (filled > mostBytes)
                    throw new HttpRequestException(
                        HttpRequestError.ConfigurationLimitExceeded, "The answer is too long.");
                if (filled == buffer.Length)
                    buffer = Larger(buffer);
            }
            return buffer.AsSpan(0, filled).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Larger(byte[] full)
    {
        var larger = ArrayPool<byte>.Shared.Rent(2 * full.Length);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full);
        return larger;
    }
}
