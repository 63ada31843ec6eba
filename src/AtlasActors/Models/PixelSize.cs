using System.Globalization;

namespace AtlasActors.Models;

/// <summary>A width and a height in pixels, or the two numbers of a ratio.</summary>
internal readonly record struct PixelSize(int Width, int Height)
{
    // Sides are multiples of this wherever models say what they are multiples of, or of less.
    private const int Step = 16;

    private static readonly char[] Signs = ['*', 'x', 'X', '×'];

    /// <summary>
    /// Of <c>1024x768</c>, with any of the signs that people and models put between; null of anything else.
    /// </summary>
    public static PixelSize? Parse(string text) => Parse(text, Signs);

    /// <summary>Of <c>16:9</c>; null of anything else.</summary>
    public static PixelSize? ParseRatio(string text) => Parse(text, [':']);

    /// <summary>How far two shapes are from each other; 0 when they are the same.</summary>
    public double Distance(PixelSize other) =>
        (long)Width * other.Height == (long)Height * other.Width
            ? 0
            : Math.Abs(Math.Log((double)Width / Height) - Math.Log((double)other.Width / other.Height));

    /// <summary>As a model wants it in one text.</summary>
    public string In(SizeForm form) =>
        string.Create(CultureInfo.InvariantCulture, $"{Width}{(form == SizeForm.Asterisk ? '*' : 'x')}{Height}");

    /// <summary>In lowest terms, as a ratio: 1024x768 is <c>4:3</c>.</summary>
    public string Ratio()
    {
        var (a, b) = (Width, Height);
        while (b != 0)
            (a, b) = (b, a % b);
        return string.Create(CultureInfo.InvariantCulture, $"{Width / a}:{Height / a}");
    }

    /// <summary>About as many pixels as this, in the shape of a ratio, with sides in these bounds.</summary>
    public PixelSize Shaped(PixelSize ratio, decimal? least, decimal? greatest)
    {
        var area = (double)Width * Height;
        var width = Math.Sqrt(area * ratio.Width / ratio.Height);
        return new PixelSize(Side(width, least, greatest), Side(area / width, least, greatest));
    }

    private static int Side(double length, decimal? least, decimal? greatest)
    {
        var stepped = Math.Max(1, (decimal)Math.Round(Math.Min(length, 1_000_000) / Step)) * Step;
        return (int)Math.Max(least ?? Step, Math.Min(greatest ?? stepped, stepped));
    }

    private static PixelSize? Parse(string text, char[] signs)
    {
        var parts = text.Split(signs, StringSplitOptions.TrimEntries);
        return parts.Length == 2 && Side(parts[0]) is { } width && Side(parts[1]) is { } height
            ? new PixelSize(width, height)
            : null;
    }

    private static int? Side(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var side) && side is > 0 and <= 100_000
            ? side
            : null;
}
