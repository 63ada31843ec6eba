using AtlasActors.Host.Tests.Simulator.Support;
using AtlasActors.Simulator.Pictures;
using Xunit;

namespace AtlasActors.Host.Tests.Simulator;

public sealed class PictureSpecs
{
    [Theory]
    [InlineData(1024, 1024)]
    [InlineData(1360, 768)]
    [InlineData(333, 517)]
    [InlineData(16, 16)]
    [InlineData(2048, 64)]
    public void A_picture_is_a_whole_png_of_the_asked_size(int width, int height)
    {
        var png = DecodedPng.Read(Paint("A red fox in the snow, 85 mm", width, height));

        Assert.Equal((width, height), (png.Width, png.Height));
    }

    [Fact]
    public void Every_pixel_survives()
    {
        var canvas = new Canvas(70, 40);
        Scene.Paint(canvas, "waves", "m", 0.5);

        var png = DecodedPng.Read(PngFile.Write(canvas));

        for (var y = 0; y < canvas.Height; y++)
            for (var x = 0; x < canvas.Width; x++)
            {
                var color = new Rgb(canvas.Row(y)[x]);
                Assert.Equal((color.Red, color.Green, color.Blue), png.At(x, y));
            }
    }

    [Fact]
    public void The_same_prompt_gives_the_same_picture_and_another_prompt_another()
    {
        Assert.Equal(Paint("a lake", 256, 256), Paint("a lake", 256, 256));
        Assert.NotEqual(Paint("a lake", 256, 256), Paint("a lane", 256, 256));
    }

    [Theory]
    [InlineData("A red fox sleeping in fresh snow")]
    [InlineData("City skyline at night")]
    [InlineData("waves")]
    [InlineData("雪の中の狐")]
    public void A_picture_of_a_megapixel_is_a_compact_file(string prompt) =>
        Assert.InRange(Paint(prompt, 1024, 1024).Length, 5_000, 120_000);

    [Fact]
    public void Letters_are_drawn_dot_by_dot()
    {
        var canvas = new Canvas(6, 9);

        BitmapFont.Draw(canvas, "F", 0, 0, scale: 1, Rgb.White);

        string[] drawn = [.. Enumerable.Range(0, 9).Select(
            y => string.Concat(canvas.Row(y).ToArray().Select(pixel => pixel == 0 ? '.' : '#')))];
        Assert.Equal(
            ["#####.", "#.....", "#.....", "####..", "#.....", "#.....", "#.....", "......", "......"], drawn);
    }

    [Fact]
    public void Every_printable_character_has_a_glyph_of_its_own()
    {
        var glyphs = Enumerable.Range(' ', '~' - ' ' + 1)
            .Select(code => string.Join(' ', Enumerable.Range(0, BitmapFont.Rows).Select(
                row => BitmapFont.RowOf((char)code, row))));

        Assert.Equal(95, glyphs.Distinct().Count());
    }

    [Fact]
    public void The_words_stand_on_the_panel_in_white()
    {
        var png = DecodedPng.Read(Paint("MMMMMMMM", 512, 512));

        var white = Enumerable.Range(0, 512 * 512).Count(at => png.At(at % 512, at / 512) == (255, 255, 255));
        Assert.InRange(white, 500, 50_000);
    }

    [Theory]
    [InlineData("short", 1)]
    [InlineData("a longer text that does not fit on one line of twenty letters", 4)]
    public void Text_is_wrapped_between_words(string text, int lines)
    {
        var fitted = Caption.Fit(text, width: 6 * 20 * 4, height: 1000);

        Assert.Equal(4, fitted.Scale);
        Assert.Equal(lines, fitted.Lines.Count);
        Assert.Equal(text, string.Join(' ', fitted.Lines));
    }

    [Fact]
    public void Text_that_fits_in_no_size_is_cut_with_dots()
    {
        var (scale, lines) = Caption.Fit(string.Join(' ', Enumerable.Repeat("word", 5000)), 600, 200);

        Assert.Equal(1, scale);
        Assert.InRange(lines.Count, 1, 18);
        Assert.EndsWith("...", lines[^1], StringComparison.Ordinal);
    }

    private static byte[] Paint(string prompt, int width, int height)
    {
        var canvas = new Canvas(width, height);
        Scene.Paint(canvas, prompt, "black-forest-labs/flux-2-pro/text-to-image", 0.5);
        return PngFile.Write(canvas);
    }
}
