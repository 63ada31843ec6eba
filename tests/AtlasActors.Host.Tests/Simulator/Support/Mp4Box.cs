using System.Buffers.Binary;
using System.Text;

namespace AtlasActors.Host.Tests.Simulator.Support;

/// <summary>One box of an MP4 file: its name, where it starts in the file, and what is in it.</summary>
internal sealed record Mp4Box(string Name, int Start, byte[] Content)
{
    public static List<Mp4Box> ReadAll(byte[] bytes, int offset = 0)
    {
        var boxes = new List<Mp4Box>();
        for (var at = 0; at < bytes.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
            if (length < 8 || at + length > bytes.Length) throw new InvalidDataException("a box leaves its parent");
            boxes.Add(new Mp4Box(
                Encoding.ASCII.GetString(bytes, at + 4, 4), offset + at, bytes[(at + 8)..(at + length)]));
            at += length;
        }

        return boxes;
    }

    /// <summary>The box at a path of names, below this one.</summary>
    public Mp4Box At(string path) => path.Split('/').Aggregate(
        this, (box, name) => ReadAll(box.Content, box.Start + 8).Single(child => child.Name == name));

    /// <summary>The 32-bit number at a byte of the content; version and flags of a full box are bytes 0 to 3.</summary>
    public uint UInt32(int at) => BinaryPrimitives.ReadUInt32BigEndian(Content.AsSpan(at));

    public ushort UInt16(int at) => BinaryPrimitives.ReadUInt16BigEndian(Content.AsSpan(at));
}
