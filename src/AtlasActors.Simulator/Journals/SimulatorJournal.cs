using System.Text.Json;
using System.Text.Json.Serialization;
using AtlasActors.Simulator.Predictions;

namespace AtlasActors.Simulator.Journals;

/// <summary>
/// The accepted submissions, a JSON line each, on disk before anybody hears of them. A last line that a crash tore is
/// cut off; nobody had an answer for it. The file belongs to one simulator at a time.
/// </summary>
internal sealed partial class SimulatorJournal : IDisposable
{
    private readonly FileStream _file;

    private SimulatorJournal(FileStream file, IReadOnlyList<Prediction> recovered) =>
        (_file, Recovered) = (file, recovered);

    /// <summary>What the file held when it was opened, in order.</summary>
    public IReadOnlyList<Prediction> Recovered { get; }

    public static SimulatorJournal Open(string path)
    {
        FileStream? file = null;
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 0);
            return new SimulatorJournal(file, Recover(file, path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or SimulatorStartException)
        {
            file?.Dispose();
            if (failure is SimulatorStartException) throw;
            throw new SimulatorStartException($"The simulator's journal {path} cannot be opened: {failure.Message}", failure);
        }
    }

    public void Append(Prediction prediction)
    {
        var start = _file.Position;
        try
        {
            _file.Write([.. JsonSerializer.SerializeToUtf8Bytes(prediction, JournalJson.Default.Prediction), (byte)'\n']);
            _file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            // A full disk: half a line must not stand before the next one.
            _file.SetLength(start);
            throw;
        }
    }

    public void Dispose() => _file.Dispose();

    private static List<Prediction> Recover(FileStream file, string path)
    {
        var content = new byte[file.Length];
        file.ReadExactly(content);
        var predictions = new List<Prediction>();
        var start = 0;
        while (content.AsSpan(start).IndexOf((byte)'\n') is >= 0 and var length)
        {
            if (Parse(content.AsSpan(start, length)) is { } prediction) predictions.Add(prediction);
            else if (start + length + 1 < content.Length) throw Broken(path, predictions.Count + 1);
            else break;
            start += length + 1;
        }

        file.SetLength(start);
        file.Position = start;
        return predictions;
    }

    private static Prediction? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, JournalJson.Default.Prediction);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static SimulatorStartException Broken(string path, int line) =>
        new($"The simulator's journal {path} is broken at line {line}; mend that line or move the file away.");

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
        UseStringEnumConverter = true,
        IgnoreReadOnlyProperties = true)]
    [JsonSerializable(typeof(Prediction))]
    private sealed partial class JournalJson : JsonSerializerContext;
}
