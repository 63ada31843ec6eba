using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace AtlasActors.Simulator.Videos;

/// <summary>Writes MP4 boxes: a length, a name, fields in big-endian order, boxes within.</summary>
internal sealed class BoxWriter
{
    private readonly List<byte> _bytes = [];

    public BoxWriter Box(string name, Action<BoxWriter> content)
    {
        var start = _bytes.Count;
        UInt32(0).Ascii(name);
        content(this);
        var box = CollectionsMarshal.AsSpan(_bytes)[start..];
        BinaryPrimitives.WriteUInt32BigEndian(box, (uint)box.Length);
        return this;
    }

    /// <summary>A box that begins with a version of 0 and flags.</summary>
    public BoxWriter FullBox(string name, uint flags, Action<BoxWriter> content) =>
        Box(name, box => content(box.UInt32(flags)));

    public BoxWriter UInt32(params ReadOnlySpan<uint> values)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
            _bytes.AddRange(bytes);
        }

        return this;
    }

    public BoxWriter UInt16(params ReadOnlySpan<ushort> values)
    {
        foreach (var value in values) Raw([(byte)(value >> 8), (byte)value]);
        return this;
    }

    public BoxWriter Raw(params ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public BoxWriter Zeros(int count) => Raw(new byte[count]);

    public BoxWriter Ascii(string text) => Raw(Encoding.ASCII.GetBytes(text));

    public byte[] ToArray() => [.. _bytes];
}
