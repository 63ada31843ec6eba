using AtlasActors.Simulator.Pictures;

namespace AtlasActors.Simulator.Videos;

/// <summary>
/// A picture as H.264 takes it: macroblocks of 16 x 16 pixels, each 256 bytes of luma and 64 of either chroma
/// (BT.601, studio range), one block after the other.
/// </summary>
internal sealed class VideoFrame
{
    public const int Side = 16;
    public const int BlockBytes = Side * Side * 3 / 2;

    private readonly byte[] _blocks;

    public VideoFrame(Canvas canvas)
    {
        Columns = (canvas.Width + Side - 1) / Side;
        Rows = (canvas.Height + Side - 1) / Side;
        _blocks = new byte[Columns * Rows * BlockBytes];
        for (var block = 0; block < Columns * Rows; block++)
            Convert(
                canvas, block % Columns * Side, block / Columns * Side, _blocks.AsSpan(block * BlockBytes, BlockBytes));
    }

    public int Columns { get; }

    public int Rows { get; }

    public ReadOnlySpan<byte> Block(int index) => _blocks.AsSpan(index * BlockBytes, BlockBytes);

    private static void Convert(Canvas canvas, int left, int top, Span<byte> block)
    {
        for (var y = 0; y < Side; y += 2)
            for (var x = 0; x < Side; x += 2)
            {
                int red = 0, green = 0, blue = 0;
                for (var corner = 0; corner < 4; corner++)
                {
                    var (dx, dy) = (x + (corner & 1), y + (corner >> 1));
                    var color = PixelAt(canvas, left + dx, top + dy);
                    block[dy * Side + dx] = Luma(color.Red, color.Green, color.Blue);
                    red += color.Red;
                    green += color.Green;
                    blue += color.Blue;
                }

                var chroma = Side * Side + y / 2 * (Side / 2) + x / 2;
                block[chroma] = Chroma(-38 * red - 74 * green + 112 * blue);
                block[chroma + Side * Side / 4] = Chroma(112 * red - 94 * green - 18 * blue);
            }
    }

    // Blocks reach over the edge of a picture; what is beyond is cropped by the player, and repeats the edge.
    private static Rgb PixelAt(Canvas canvas, int x, int y) =>
        new(canvas.Row(Math.Min(y, canvas.Height - 1))[Math.Min(x, canvas.Width - 1)]);

    private static byte Luma(int red, int green, int blue) =>
        (byte)(((66 * red + 129 * green + 25 * blue + 128) >> 8) + 16);

    // The sums are of four pixels, hence ten bits.
    private static byte Chroma(int weighted) => (byte)(((weighted + 512) >> 10) + 128);
}
