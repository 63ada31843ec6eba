using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace AtlasActors.Host.Tests.Simulator.Support;

/// <summary>
/// Reads a PNG of eight bits a channel without alpha, by the format's definition and nothing of the simulator's: chunk
/// order, checksums bit by bit, inflation, and the filters None, Sub and Up.
/// </summary>
internal sealed record DecodedPng(int Width, int Height, byte[] Pixels)
{
    public static DecodedPng Read(ReadOnlySpan<byte> file)
    {
        if (!file[..8].SequenceEqual<byte>([137, 80, 78, 71, 13, 10, 26, 10])) throw new InvalidDataException("no PNG");
        var chunks = new List<(string Name, byte[] Content)>();
        for (file = file[8..]; file.Length > 0;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file);
            if (BinaryPrimitives.ReadUInt32BigEndian(file[(8 + length)..]) != Crc(file.Slice(4, 4 + length)))
                throw new InvalidDataException("a checksum does not match");
            chunks.Add((Encoding.ASCII.GetString(file.Slice(4, 4)), file.Slice(8, length).ToArray()));
            file = file[(12 + length)..];
        }

        if (chunks[0].Name != "IHDR" || chunks[^1].Name != "IEND") throw new InvalidDataException("chunks misplaced");
        var header = chunks[0].Content;
        if (!header.AsSpan(8).SequenceEqual<byte>([8, 2, 0, 0, 0])) throw new InvalidDataException("another format");
        var (width, height) = (
            BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)));
        byte[] compressed = [.. chunks.Where(chunk => chunk.Name == "IDAT").SelectMany(chunk => chunk.Content)];
        return new DecodedPng(width, height, Unfilter(Inflate(compressed), width, height));
    }

    public (byte Red, byte Green, byte Blue) At(int x, int y)
    {
        var at = (y * Width + x) * 3;
        return (Pixels[at], Pixels[at + 1], Pixels[at + 2]);
    }

    private static byte[] Inflate(byte[] compressed)
    {
        using var zlib = new ZLibStream(new MemoryStream(compressed), CompressionMode.Decompress);
        using var inflated = new MemoryStream();
        zlib.CopyTo(inflated);
        return inflated.ToArray();
    }

    private static byte[] Unfilter(byte[] filtered, int width, int height)
    {
        var length = width * 3;
        if (filtered.Length != (length + 1) * height) throw new InvalidDataException("rows are missing or left over");
        var pixels = new byte[length * height];
        for (var y = 0; y < height; y++)
        {
            var filter = filtered[y * (length + 1)];
            for (var x = 0; x < length; x++)
            {
                var predicted = filter switch
                {
                    0 => 0,
                    1 => x < 3 ? 0 : pixels[y * length + x - 3],
                    2 => y == 0 ? 0 : pixels[(y - 1) * length + x],
                    _ => throw new InvalidDataException("an unexpected filter"),
                };
                pixels[y * length + x] = (byte)(filtered[y * (length + 1) + 1 + x] + predicted);
            }
        }

        return pixels;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }

        return ~crc;
    }
}
