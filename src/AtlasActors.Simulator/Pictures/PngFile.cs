using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics;

namespace AtlasActors.Simulator.Pictures;

/// <summary>Writes a canvas as PNG: eight bits a channel, no alpha.</summary>
internal static class PngFile
{
    private const int BytesPerPixel = 3;
    private const byte UpFilter = 2;

    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(CrcOfByte)];

    public static byte[] Write(Canvas canvas)
    {
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, canvas.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], canvas.Height);
        (header[8], header[9]) = (8, 2);
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, Compress(canvas));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>PNG's checksum, over the type and the content of a chunk.</summary>
    public static uint Crc(ReadOnlySpan<byte> type, ReadOnlySpan<byte> content) =>
        ~Continue(Continue(uint.MaxValue, type), content);

    // Each row as its difference from the one above: skies, fills and letters become runs of one value.
    private static byte[] Compress(Canvas canvas)
    {
        var length = canvas.Width * BytesPerPixel;
        var (above, current, filtered) = (new byte[length], new byte[length], new byte[length + 1]);
        filtered[0] = UpFilter;
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var y = 0; y < canvas.Height; y++)
            {
                Unpack(canvas.Row(y), current);
                Subtract(current, above, filtered.AsSpan(1));
                zlib.Write(filtered);
                (above, current) = (current, above);
            }
        }

        return compressed.ToArray();
    }

    private static void Unpack(ReadOnlySpan<uint> pixels, Span<byte> bytes)
    {
        var at = 0;
        foreach (var pixel in pixels)
        {
            bytes[at + 2] = (byte)pixel;
            bytes[at + 1] = (byte)(pixel >> 8);
            bytes[at] = (byte)(pixel >> 16);
            at += BytesPerPixel;
        }
    }

    private static void Subtract(ReadOnlySpan<byte> current, ReadOnlySpan<byte> above, Span<byte> difference)
    {
        var at = 0;
        for (; at <= current.Length - Vector<byte>.Count; at += Vector<byte>.Count)
            (new Vector<byte>(current[at..]) - new Vector<byte>(above[at..])).CopyTo(difference[at..]);
        for (; at < current.Length; at++) difference[at] = (byte)(current[at] - above[at]);
    }

    private static void WriteChunk(Stream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(type);
        file.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(type, content));
        file.Write(number);
    }

    private static uint Continue(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes) crc = CrcTable[(byte)crc ^ value] ^ (crc >> 8);
        return crc;
    }

    private static uint CrcOfByte(int value)
    {
        var crc = (uint)value;
        for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        return crc;
    }
}
