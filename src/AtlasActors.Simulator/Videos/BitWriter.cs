namespace AtlasActors.Simulator.Videos;

/// <summary>Writes bits, highest first, and H.264's Exp-Golomb codes.</summary>
internal sealed class BitWriter
{
    private readonly List<byte> _bytes = [];
    private int _current;
    private int _free = 8;

    public BitWriter Bits(uint value, int count)
    {
        for (var bit = count - 1; bit >= 0; bit--)
        {
            _current |= (int)(value >> bit & 1) << --_free;
            if (_free == 0) Push();
        }

        return this;
    }

    public BitWriter Flag(bool value) => Bits(value ? 1u : 0u, 1);

    /// <summary>ue(v): a number, the small ones short.</summary>
    public BitWriter Golomb(int value)
    {
        var code = (uint)value + 1;
        var length = 32 - System.Numerics.BitOperations.LeadingZeroCount(code);
        return Bits(0, length - 1).Bits(code, length);
    }

    /// <summary>Fills the last byte with zeros.</summary>
    public BitWriter Align()
    {
        if (_free < 8) Push();
        return this;
    }

    /// <summary>Whole bytes; the writer must be aligned.</summary>
    public BitWriter Bytes(ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    /// <summary>The stop bit that ends a unit, and all that was written.</summary>
    public byte[] Finish()
    {
        Bits(1, 1).Align();
        return [.. _bytes];
    }

    private void Push()
    {
        _bytes.Add((byte)_current);
        (_current, _free) = (0, 8);
    }
}
