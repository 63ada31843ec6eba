using System.Text;
using System.Text.Json;

namespace AtlasActors.BatchFiles;

/// <summary>Reads JSON into the same tree as <see cref="YamlTree"/>, with places, by JSON's own strict rules.</summary>
internal sealed class JsonTree
{
    private readonly byte[] _utf8;
    private readonly Findings _findings;
    private readonly TreeBuilder _builder;

    // Our own check of the depth comes first; the reader's limit only has to be beyond it.
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = TreeBuilder.MaxDepth + 8 });
    private int _read;
    private int _offset;
    private int _line = 1;
    private int _column = 1;

    private JsonTree(string text, Findings findings)
    {
        _utf8 = Encoding.UTF8.GetBytes(text);
        _findings = findings;
        _builder = new TreeBuilder(findings);
    }

    /// <summary>The tree, or null when the text is no JSON; the findings say why.</summary>
    public static FileNode? Read(string text, Findings findings)
    {
        var tree = new JsonTree(text, findings);
        return tree.Try(tree.ReadDocument);
    }

    /// <summary>
    /// The items of a list, read one by one as they are asked for; the findings say what ends it early.
    /// </summary>
    public static IEnumerable<FileNode> Items(string text, Findings findings)
    {
        var tree = new JsonTree(text, findings);
        while (tree.Try(tree.ReadItem) is { } item)
            yield return item;
    }

    private FileNode? Try(Func<FileNode?> read)
    {
        try
        {
            return read();
        }
        catch (UnreadableFileException e)
        {
            _findings.Fault(e.Fault);
        }
        catch (JsonException e)
        {
            _findings.Fault(Explain(e));
        }

        return null;
    }

    private FileNode ReadDocument()
    {
        var reader = Reader();
        reader.Read();
        var root = ReadNode(ref reader);
        // Reading on is what finds text after the end.
        reader.Read();
        return root;
    }

    private FileNode? ReadItem()
    {
        var reader = Reader();
        reader.Read();
        if (_read == 0)
        {
            if (reader.TokenType != JsonTokenType.StartArray)
                throw NoList(ref reader);
            reader.Read();
        }

        if (reader.TokenType == JsonTokenType.EndArray)
        {
            // As above: this finds text after the end.
            reader.Read();
            return null;
        }

        var item = ReadNode(ref reader);
        _state = reader.CurrentState;
        _read += (int)reader.BytesConsumed;
        return item;
    }

    private Utf8JsonReader Reader() => new(_utf8.AsSpan(_read), isFinalBlock: true, _state);

    private UnreadableFileException NoList(ref Utf8JsonReader reader)
    {
        var found = ReadNode(ref reader);
        return new UnreadableFileException(found.Line, found.Column, $"wants a list, {Shown.Found(found)}");
    }

    private FileNode ReadNode(ref Utf8JsonReader reader)
    {
        var (line, column) = Place(reader.TokenStartIndex);
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadMap(ref reader, line, column),
            JsonTokenType.StartArray => ReadList(ref reader, line, column),
            JsonTokenType.String => new ScalarNode(line, column, Text(ref reader, line, column), IsPlain: false),
            _ => new ScalarNode(line, column, Encoding.UTF8.GetString(reader.ValueSpan), IsPlain: true),
        };
    }

    private ListNode ReadList(ref Utf8JsonReader reader, int line, int column)
    {
        var items = new List<FileNode>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            _builder.Enter($"[{items.Count + 1}]", line, column);
            items.Add(ReadNode(ref reader));
            _builder.Leave();
        }

        return new ListNode(line, column, items);
    }

    private MapNode ReadMap(ref Utf8JsonReader reader, int line, int column)
    {
        var entries = new List<MapEntry>();
        var lines = new Dictionary<string, int>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var (keyLine, keyColumn) = Place(reader.TokenStartIndex);
            var key = Text(ref reader, keyLine, keyColumn);
            _builder.Enter(key, keyLine, keyColumn);
            reader.Read();
            var value = ReadNode(ref reader);
            _builder.Leave();
            _builder.Add(entries, lines, new MapEntry(key, keyLine, keyColumn, value));
        }

        return new MapNode(line, column, entries);
    }

    private static string Text(ref Utf8JsonReader reader, int line, int column)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            throw new UnreadableFileException(
                line, column, "an escape in this text is half of a character", "\\ud83d and its like come in pairs");
        }
    }

    // Tokens come in order, so the place is found by going on from the last one.
    private (int Line, int Column) Place(long offset) => PlaceOf(_read + offset);

    private (int Line, int Column) PlaceOf(long offset)
    {
        for (; _offset < offset && _offset < _utf8.Length; _offset++)
        {
            if (_utf8[_offset] == '\n')
                (_line, _column) = (_line + 1, 1);
            else if ((_utf8[_offset] & 0xC0) != 0x80)
                _column++;
        }

        return (_line, _column);
    }

    private FileFault Explain(JsonException e)
    {
        (_offset, _line, _column) = (0, 1, 1);
        var start = 0L;
        for (var line = e.LineNumber ?? 0; line > 0; line--)
            start = Array.IndexOf(_utf8, (byte)'\n', (int)start) + 1;
        var (atLine, atColumn) = PlaceOf(start + (e.BytePositionInLine ?? 0));
        var (message, hint) = JsonWords.Explain(e.Message);
        return new FileFault(atLine, atColumn, "", message, hint);
    }
}
