using System.Net;

namespace AtlasActors.Atlas;

/// <summary>A file on its way, which tells a fault of the disk from one of the network.</summary>
internal sealed class UploadContent(Stream file) : HttpContent
{
    private const int BufferLength = 64 * 1024;

    /// <summary>What kept the file from being read.</summary>
    public Exception? Fault { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferLength];
        int count;
        while ((count = await ReadAsync(buffer, cancellationToken)) > 0)
            await stream.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = file.CanSeek ? file.Length - file.Position : 0;
        return file.CanSeek;
    }

    private async Task<int> ReadAsync(byte[] buffer, CancellationToken cancellation)
    {
        try
        {
            return await file.ReadAsync(buffer, cancellation);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Fault = fault;
            throw new IOException("The file cannot be read.", fault);
        }
    }
}
