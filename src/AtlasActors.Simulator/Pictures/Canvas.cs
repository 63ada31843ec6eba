namespace AtlasActors.Simulator.Pictures;

/// <summary>A picture in memory, and the few shapes that are drawn on it. What lies outside is left out.</summary>
internal sealed class Canvas(int width, int height)
{
    private readonly uint[] _pixels = new uint[width * height];

    public int Width => width;

    public int Height => height;

    public Span<uint> Row(int y) => _pixels.AsSpan(y * width, width);

    public void Rectangle(int left, int top, int right, int bottom, Rgb color, double opacity = 1)
    {
        for (var y = Math.Max(top, 0); y < Math.Min(bottom, height); y++) Span(y, left, right, color, opacity);
    }

    /// <summary>Fills one row from <paramref name="left"/> up to, not including, <paramref name="right"/>.</summary>
    public void Span(int y, int left, int right, Rgb color, double opacity = 1)
    {
        (left, right) = (Math.Max(left, 0), Math.Min(right, width));
        if (left >= right) return;
        var row = Row(y)[left..right];
        var share = (uint)(opacity * 256);
        if (share >= 256) row.Fill(color.Value);
        else
            foreach (ref var pixel in row)
                pixel = Rgb.Blend(pixel, color.Value, share);
    }

    public void Disc(double centerX, double centerY, double radius, Rgb color, double opacity = 1)
    {
        var top = Math.Max(0, (int)Math.Floor(centerY - radius));
        var bottom = Math.Min(height - 1, (int)Math.Ceiling(centerY + radius));
        for (var y = top; y <= bottom; y++)
        {
            var across = radius * radius - (y - centerY) * (y - centerY);
            if (across <= 0) continue;
            var reach = Math.Sqrt(across);
            SoftSpan(y, centerX - reach, centerX + reach, color, opacity);
        }
    }

    /// <summary>A rectangle with round corners.</summary>
    public void Panel(int left, int top, int right, int bottom, int radius, Rgb color, double opacity)
    {
        for (var y = Math.Max(top, 0); y < Math.Min(bottom, height); y++)
        {
            var beyond = Math.Max(Math.Max(top + radius - y - 0.5, y + 0.5 - (bottom - radius)), 0);
            var inset = beyond == 0 ? 0 : radius - Math.Sqrt(Math.Max(0, radius * radius - beyond * beyond));
            SoftSpan(y, left + inset, right - inset, color, opacity);
        }
    }

    // A span whose end pixels are covered in part, so that round edges are smooth.
    private void SoftSpan(int y, double left, double right, Rgb color, double opacity)
    {
        var (first, last) = ((int)Math.Ceiling(left), (int)Math.Floor(right));
        Span(y, first, last, color, opacity);
        Span(y, first - 1, first, color, opacity * (first - left));
        Span(y, last, last + 1, color, opacity * (right - last));
    }
}
