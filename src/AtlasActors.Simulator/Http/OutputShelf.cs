using AtlasActors.Simulator.Pictures;
using AtlasActors.Simulator.Predictions;
using AtlasActors.Simulator.Solids;
using AtlasActors.Simulator.Sounds;
using AtlasActors.Simulator.Videos;

namespace AtlasActors.Simulator.Http;

/// <summary>Makes outputs when they are fetched, and keeps the latest few: some come back for the rest.</summary>
internal sealed class OutputShelf : IDisposable
{
    private const int Capacity = 16;

    private readonly Lock _gate = new();
    private readonly LinkedList<(string Id, byte[] Content)> _latest = [];

    // Half of the processors: the rest is for the program that submits and polls, often this very one.
    private readonly SemaphoreSlim _painters = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>The outputs of one prediction are all the same file.</summary>
    public async Task<byte[]> GetAsync(Prediction prediction, CancellationToken cancellationToken)
    {
        await _painters.WaitAsync(cancellationToken);
        try
        {
            return Kept(prediction.Id) ?? Keep(prediction.Id, Make(prediction));
        }
        finally
        {
            _painters.Release();
        }
    }

    public void Dispose() => _painters.Dispose();

    private static byte[] Make(Prediction prediction)
    {
        var (prompt, model, shape) = (prediction.Prompt, prediction.Model, prediction.Shape);
        return prediction.Format switch
        {
            OutputFormat.Mp4 => Clip.Film(prompt, model, shape),
            OutputFormat.Wav => WavFile.Play(prompt, model),
            OutputFormat.Glb => GlbFile.Model(prompt, model),
            _ => Picture(prompt, model, shape),
        };
    }

    private static byte[] Picture(string prompt, string model, MediaShape shape)
    {
        var canvas = new Canvas(shape.Width, shape.Height);
        Scene.Paint(canvas, prompt, model, time: 0.5);
        return PngFile.Write(canvas);
    }

    private byte[]? Kept(string id)
    {
        lock (_gate)
        {
            for (var node = _latest.First; node is not null; node = node.Next)
            {
                if (node.Value.Id != id) continue;
                _latest.Remove(node);
                _latest.AddFirst(node);
                return node.Value.Content;
            }

            return null;
        }
    }

    private byte[] Keep(string id, byte[] content)
    {
        lock (_gate)
        {
            _latest.AddFirst((id, content));
            if (_latest.Count > Capacity) _latest.RemoveLast();
            return content;
        }
    }
}
