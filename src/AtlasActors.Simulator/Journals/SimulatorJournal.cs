using System.Text.Json;
using System.Text.Json.Serialization;
using AtlasActors.Simulator.Predictions;

namespace AtlasActors.Simulator.Journals;

/// <summary>
/// The accepted submissions, the port and the webhooks delivered, a JSON line each; a submission is on disk before
/// anybody hears of it. A last line that a crash tore is cut off; nobody had an answer for it. The file belongs to one
/// simulator at a time.
/// </summary>
internal sealed partial class SimulatorJournal : IDisposable
{
    private readonly FileStream _file;

    private SimulatorJournal(FileStream file, IReadOnlyList<JournalEntry> entries)
    {
        _file = file;
        Recovered = [.. entries.Select(entry => entry.Accepted).OfType<Prediction>()];
        Called = entries.Select(entry => entry.Called).OfType<string>().ToHashSet(StringComparer.Ordinal);
        LastPort = entries.LastOrDefault(entry => entry.Port is not null)?.Port;
    }

    /// <summary>The submissions that the file held when it was opened, in order.</summary>
    public IReadOnlyList<Prediction> Recovered { get; }

    /// <summary>The predictions whose submissions' addresses had been called by then.</summary>
    public IReadOnlySet<string> Called { get; }

    /// <summary>The port that was listened on last.</summary>
    public int? LastPort { get; }

    public static SimulatorJournal Open(string path)
    {
        FileStream? file = null;
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 0);
            return new SimulatorJournal(file, Recover(file, path));
        }
        catch (Exception failure)
        {
            file?.Dispose();
            if (failure is not (IOException or UnauthorizedAccessException)) throw;
            throw new SimulatorStartException(
                $"The simulator's journal {path} cannot be opened: {failure.Message}", failure);
        }
    }

    public void Append(Prediction prediction) => Write(new JournalEntry(Accepted: prediction));

    public void RememberCalled(string id) => Write(new JournalEntry(Called: id));

    public void RememberPort(int port)
    {
        if (port != LastPort) Write(new JournalEntry(Port: port));
    }

    public void Dispose() => _file.Dispose();

    private void Write(JournalEntry entry)
    {
        var start = _file.Position;
        var json = JsonSerializer.SerializeToUtf8Bytes(entry, JournalJson.Default.JournalEntry);
        try
        {
            _file.Write([.. json, (byte)'\n']);
            _file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            // A full disk: half a line must not stand before the next one.
            _file.SetLength(start);
            throw;
        }
    }

    private static List<JournalEntry> Recover(FileStream file, string path)
    {
        var content = new byte[file.Length];
        file.ReadExactly(content);
        var entries = new List<JournalEntry>();
        var start = 0;
        while (content.AsSpan(start).IndexOf((byte)'\n') is >= 0 and var length)
        {
            if (Parse(content.AsSpan(start, length)) is { } entry) entries.Add(entry);
            else if (start + length + 1 < content.Length) throw Broken(path, entries.Count + 1);
            else break;
            start += length + 1;
        }

        file.SetLength(start);
        file.Position = start;
        return entries;
    }

    private static JournalEntry? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            var entry = JsonSerializer.Deserialize(line, JournalJson.Default.JournalEntry);
            return entry is { Accepted: null, Port: null, Called: null } ? null : entry;
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
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true)]
    [JsonSerializable(typeof(JournalEntry))]
    private sealed partial class JournalJson : JsonSerializerContext;
}
