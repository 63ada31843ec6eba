using AtlasActors.Simulator.Pictures;
using AtlasActors.Simulator.Predictions;

namespace AtlasActors.Simulator.Videos;

/// <summary>Films a scene: small pictures in the asked shape, few of them, for exactly the asked time.</summary>
internal static class Clip
{
    private const double Pixels = 320 * 180;
    private const int PicturesPerSecond = 6;
    private const int MostPictures = 40;

    public static byte[] Film(string prompt, string model, MediaShape shape)
    {
        var (width, height) = Size((double)shape.Width / shape.Height);
        var count = (int)Math.Clamp(shape.Seconds * PicturesPerSecond, 2, MostPictures);
        var encoder = new H264Encoder(width, height);
        var samples = new List<byte[]>(count);
        for (var index = 0; index < count; index++)
        {
            var canvas = new Canvas(width, height);
            Scene.Paint(canvas, prompt, model, time: (double)index / count);
            samples.Add(encoder.Encode(new VideoFrame(canvas)));
        }

        return Mp4File.Write(new VideoTrack(
            width, height, TimeSpan.FromSeconds((double)shape.Seconds), encoder.SequenceParameters(),
            H264Encoder.PictureParameters(), samples));
    }

    private static (int Width, int Height) Size(double ratio)
    {
        ratio = Math.Clamp(ratio, 0.25, 4);
        return (Even(Math.Sqrt(Pixels * ratio)), Even(Math.Sqrt(Pixels / ratio)));
    }

    private static int Even(double side) => (int)Math.Round(side / 2) * 2;
}
