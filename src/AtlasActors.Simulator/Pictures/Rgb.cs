namespace AtlasActors.Simulator.Pictures;

/// <summary>A colour, packed as 0xRRGGBB.</summary>
internal readonly record struct Rgb(uint Value)
{
    public static readonly Rgb White = new(0xFFFFFF);
    public static readonly Rgb Black = new(0);

    public byte Red => (byte)(Value >> 16);

    public byte Green => (byte)(Value >> 8);

    public byte Blue => (byte)Value;

    /// <summary>From hue in degrees, saturation and lightness in 0..1.</summary>
    public static Rgb FromHsl(double hue, double saturation, double lightness)
    {
        var amplitude = saturation * Math.Min(lightness, 1 - lightness);
        return new Rgb((Channel(0) << 16) | (Channel(8) << 8) | Channel(4));

        uint Channel(double offset)
        {
            var position = (((offset + hue / 30) % 12) + 12) % 12;
            var level = lightness - amplitude * Math.Clamp(Math.Min(position - 3, 9 - position), -1, 1);
            return (uint)Math.Round(255 * level);
        }
    }

    public Rgb Towards(Rgb other, double share) =>
        new(Blend(Value, other.Value, (uint)(Math.Clamp(share, 0, 1) * 256)));

    /// <summary>Lays a colour over another, with an opacity of 0..256. Red and blue are done in one go.</summary>
    public static uint Blend(uint below, uint above, uint opacity)
    {
        var rest = 256 - opacity;
        var redBlue = ((below & 0xFF00FF) * rest + (above & 0xFF00FF) * opacity) >> 8;
        var green = ((below & 0x00FF00) * rest + (above & 0x00FF00) * opacity) >> 8;
        return (redBlue & 0xFF00FF) | (green & 0x00FF00);
    }
}
