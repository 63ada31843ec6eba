using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AtlasActors.BatchFiles;

/// <summary>
/// Reads YAML into a tree of nodes that know their places. Anchors, aliases and merge keys are resolved.
/// </summary>
internal sealed class YamlTree
{
    // An alias costs the file a few characters and may stand for millions: as much as the largest file may hold.
    private const long MaxRepeated = FileText.MaxBytes;

    private readonly Parser _parser;
    private readonly TreeBuilder _builder;
    private readonly string _beginning;
    private readonly Dictionary<string, FileNode> _anchors = [];
    private readonly HashSet<string> _unfinished = [];
    private long _repeated;

    private YamlTree(string text, string beginning, Findings findings)
    {
        _beginning = beginning;
        _parser = new Parser(new Scanner(new StringReader(text)));
        _builder = new TreeBuilder(findings);
    }

    /// <summary>The tree, or null when the text is no YAML or holds none; the findings say why.</summary>
    public static FileNode? Read(string text, string beginning, Findings findings)
    {
        var tree = new YamlTree(text, beginning, findings);
        try
        {
            return tree.ReadDocument();
        }
        catch (UnreadableFileException e)
        {
            findings.Fault(e.Fault);
        }
        catch (YamlException e)
        {
            findings.Fault(YamlWords.Explain(e, text));
        }
        catch (Exception e)
            when (e is ArgumentException or InvalidOperationException or FormatException or OverflowException)
        {
            // The scanner lets its own slips through on some malformed anchors, tags and directives.
            findings.Fault(YamlWords.Near(tree._parser.Current?.End ?? Mark.Empty, text));
        }

        return null;
    }

    private FileNode? ReadDocument()
    {
        Take<StreamStart>();
        if (Peek() is StreamEnd)
        {
            _builder.Fault(1, 1, null, "the file holds nothing", _beginning);
            return null;
        }

        Take<DocumentStart>();
        var root = ReadNode();
        Take<DocumentEnd>();
        if (Peek() is DocumentStart second)
            throw At(second, "the file holds more than one YAML document", "make it one, or split the file at '---'");
        return root;
    }

    private FileNode ReadNode()
    {
        switch (Peek())
        {
            case AnchorAlias alias:
                return Repeat(alias);
            case Scalar scalar:
                _parser.MoveNext();
                return Remember(scalar, new ScalarNode(Line(scalar), Column(scalar), scalar.Value, IsPlain(scalar)));
            case SequenceStart list:
                return Remember(list, ReadList(list));
            case MappingStart map:
                return Remember(map, ReadMap(map));
            case var other:
                throw At(other, "this is not valid YAML");
        }
    }

    private ListNode ReadList(SequenceStart start)
    {
        Open(start);
        var items = new List<FileNode>();
        while (Peek() is not SequenceEnd)
        {
            _builder.Enter($"[{items.Count + 1}]", Line(start), Column(start));
            items.Add(ReadNode());
            _builder.Leave();
        }

        _parser.MoveNext();
        return new ListNode(Line(start), Column(start), items);
    }

    private MapNode ReadMap(MappingStart start)
    {
        Open(start);
        var entries = new List<MapEntry>();
        var lines = new Dictionary<string, int>();
        var merges = new List<(int Index, FileNode Source)>();
        while (Peek() is not MappingEnd)
        {
            var isMerge = Peek() is Scalar { Style: ScalarStyle.Plain, Value: "<<" };
            var keyNode = ReadKey(start);
            var key = (keyNode as ScalarNode)?.Text;
            if (key is null)
                _builder.Fault(keyNode.Line, keyNode.Column, null, $"a key must be text, {Shown.Found(keyNode)}");
            _builder.Enter(key ?? "?", keyNode.Line, keyNode.Column);
            var value = ReadNode();
            _builder.Leave();
            if (isMerge)
                merges.Add((entries.Count, value));
            else if (key is not null)
                _builder.Add(entries, lines, new MapEntry(key, keyNode.Line, keyNode.Column, value));
        }

        _parser.MoveNext();
        return new MapNode(Line(start), Column(start), merges.Count == 0 ? entries : Merge(entries, lines, merges));
    }

    // YAML lets a list or a map be a key: no batch file has one, but they can be nested like others.
    private FileNode ReadKey(MappingStart map)
    {
        if (Peek() is Scalar or AnchorAlias)
            return ReadNode();
        _builder.Enter("?", Line(map), Column(map));
        var key = ReadNode();
        _builder.Leave();
        return key;
    }

    // Own keys win over merged ones, and earlier merges over later ones; merged keys stand where their '<<' stood.
    private List<MapEntry> Merge(
        List<MapEntry> own, Dictionary<string, int> lines, List<(int Index, FileNode Source)> merges)
    {
        var merged = new List<MapEntry>();
        var next = 0;
        foreach (var (index, source) in merges)
        {
            merged.AddRange(own[next..index]);
            next = index;
            foreach (var map in MergeSources(source))
                merged.AddRange(map.Entries.Where(entry => lines.TryAdd(entry.Key, entry.Line)));
        }

        merged.AddRange(own[next..]);
        return merged;
    }

    private IEnumerable<MapNode> MergeSources(FileNode source)
    {
        foreach (var node in source is ListNode list ? list.Items : [source])
        {
            if (node is MapNode map)
                yield return map;
            else
                _builder.Fault(node.Line, node.Column, "<<", $"'<<' wants a map to take over, {Shown.Found(node)}");
        }
    }

    private FileNode Repeat(AnchorAlias alias)
    {
        _parser.MoveNext();
        var name = alias.Value.Value;
        if (_unfinished.Contains(name))
            throw At(alias, $"'*{Shown.Short(name)}' stands inside of what it repeats");
        if (!_anchors.TryGetValue(name, out var node))
        {
            throw At(
                alias, $"'*{Shown.Short(name)}' repeats something that has no name yet",
                "text that begins with * needs quotes");
        }

        _builder.CheckDepth(node.Depth, Line(alias), Column(alias));
        _repeated += node.Size;
        return _repeated <= MaxRepeated
            ? node
            : throw At(alias, $"aliases make the file longer than {MaxRepeated >> 20} million characters");
    }

    private void Open(NodeEvent node)
    {
        _parser.MoveNext();
        CheckTag(node, "!!map", "!!seq");
        if (!node.Anchor.IsEmpty)
            _unfinished.Add(node.Anchor.Value);
    }

    private FileNode Remember(NodeEvent node, FileNode read)
    {
        if (!node.Anchor.IsEmpty)
        {
            _unfinished.Remove(node.Anchor.Value);
            _anchors[node.Anchor.Value] = read;
        }

        return read;
    }

    private bool IsPlain(Scalar scalar)
    {
        CheckTag(scalar, "!!str", "!!int", "!!float", "!!bool", "!!null");
        return scalar.Tag.IsEmpty
            ? scalar.Style == ScalarStyle.Plain
            : !scalar.Tag.IsNonSpecific && !scalar.Tag.Value.EndsWith(":str", StringComparison.Ordinal);
    }

    private void CheckTag(NodeEvent node, params string[] known)
    {
        if (node.Tag.IsEmpty || node.Tag.IsNonSpecific)
            return;
        var tag = node.Tag.Value.Replace("tag:yaml.org,2002:", "!!", StringComparison.Ordinal);
        if (!known.Contains(tag))
        {
            _builder.Fault(
                Line(node), Column(node), null, $"the tag '{Shown.Short(tag)}' means nothing here",
                "text that begins with ! needs quotes");
        }
    }

    private ParsingEvent Peek()
    {
        if (_parser.Current is null)
            _parser.MoveNext();
        return _parser.Current ?? throw new UnreadableFileException(1, 1, "the file ends too early");
    }

    private void Take<TEvent>() where TEvent : ParsingEvent
    {
        if (Peek() is not TEvent)
            throw At(Peek(), "this is not valid YAML");
        _parser.MoveNext();
    }

    private static UnreadableFileException At(ParsingEvent where, string message, string? hint = null) =>
        new(Line(where), Column(where), message, hint);

    private static int Line(ParsingEvent where) => (int)where.Start.Line;

    private static int Column(ParsingEvent where) => (int)where.Start.Column;
}
