namespace Akka.Configuration.Hocon;

/// <summary>
/// Reads HOCON into a tree. Keys written twice merge where both are objects, else the later wins; a substitution
/// is looked up when all is read, and one that names its own key means what stood there before.
/// </summary>
internal sealed class HoconParser(string text, Func<string, HoconRoot>? include)
{
    private readonly HoconReader _reader = new(text);
    private readonly List<HoconSubstitution> _substitutions = [];

    public HoconRoot Parse()
    {
        var root = new HoconObject();
        _reader.SkipSpace();
        if (_reader.Peek() == '{')
            ParseBraces(root, "");
        else
            ParseMembers(root, "", opened: null);
        _reader.SkipSpace();
        if (!_reader.AtEnd)
            throw _reader.Error($"Expected the end of the text, found {_reader.Found}.");

        var value = HoconValue.OfObject(root);
        HoconResolver.Resolve(value, _substitutions);
        return new HoconRoot(value, _substitutions);
    }

    private void ParseBraces(HoconObject target, string path)
    {
        var opened = _reader.Place;
        _reader.Take();
        ParseMembers(target, path, opened);
    }

    private void ParseMembers(HoconObject target, string path, string? opened)
    {
        while (true)
        {
            _reader.SkipSpace(commas: true);
            if (_reader.AtEnd)
            {
                if (opened is not null)
                    throw _reader.Error("The object has no closing '}'.", opened);
                return;
            }

            if (_reader.Peek() == '}' && opened is not null)
            {
                _reader.Take();
                return;
            }

            if (AtInclude)
                ParseInclude(target, path);
            else
                ParseMember(target, path);
        }
    }

    private void ParseMember(HoconObject target, string path)
    {
        var key = _reader.TakeKey();
        var value = target.GetOrCreateKey(key);
        var here = HoconPath.Join(path, key);
        _reader.SkipSpace();
        if (_reader.TryTake("."))
            ParseMember(ObjectToExtend(value), here);
        else if (_reader.Peek() == '{')
            ParseBraces(ObjectToExtend(value), here);
        else if (_reader.TryTake("+="))
            Append(value, here);
        else if (_reader.TryTake("=") || _reader.TryTake(":"))
            Assign(value, here);
        else
            throw _reader.Error($"Expected '=', ':' or '{{' after the key {here}, found {_reader.Found}.");
    }

    private static HoconObject ObjectToExtend(HoconValue value)
    {
        if (value.Values is [.., HoconObject last])
            return last;
        if (!value.Values.Exists(v => v is HoconSubstitution))
            value.Values.Clear();
        var added = new HoconObject();
        value.Values.Add(added);
        return added;
    }

    private void Assign(HoconValue value, string path)
    {
        var before = new HoconValue([.. value.Values]);
        var pieces = ParsePieces(path, before);
        if (pieces is [HoconSubstitution { Optional: true } perhaps] && before.Values.Count > 0)
            perhaps.Before = before;
        if (pieces is [HoconObject added] && value.Values is [.., HoconObject existing])
        {
            value.Values[^1] = HoconObject.Merged(existing, added);
            return;
        }

        value.Values.Clear();
        value.Values.AddRange(pieces);
    }

    private void Append(HoconValue value, string path)
    {
        var element = new HoconValue(ParsePieces(path, new HoconValue([.. value.Values])));
        value.Values.Add(new HoconArray { element });
    }

    private List<IHoconElement> ParsePieces(string path, HoconValue previous)
    {
        _reader.SkipSpace();
        var pieces = new List<IHoconElement>();
        var space = "";
        while (!AtEndOfValue)
        {
            if (pieces.Count > 0 && space.Length > 0)
                pieces.Add(new HoconLiteral { Value = space });
            pieces.Add(ParsePiece(path, previous));
            space = _reader.TakeInlineSpace();
        }

        if (pieces.Count == 0)
            throw _reader.Error($"Expected a value for {path}, found {_reader.Found}.");
        if (pieces.Exists(p => p is HoconObject or HoconArray) && pieces.Exists(IsText))
            throw _reader.Error($"The value of {path} joins text with an object or an array.");
        return pieces;
    }

    private static bool IsText(IHoconElement piece) => piece is HoconLiteral text && text.Value.Trim().Length > 0;

    private bool AtEndOfValue => _reader.AtEnd || _reader.AtComment || _reader.Peek() is '\n' or ',' or '}' or ']';

    private IHoconElement ParsePiece(string path, HoconValue previous)
    {
        if (_reader.Peek() == '{')
        {
            var members = new HoconObject();
            ParseBraces(members, path);
            return members;
        }

        if (_reader.Peek() == '[')
            return ParseArray(path, previous);
        if (_reader.StartsWith("${"))
            return ParseSubstitution(path, previous);
        if (_reader.StartsWith("\"\"\""))
            return new HoconLiteral { Value = _reader.TakeTripleQuoted() };
        if (_reader.Peek() == '"')
            return new HoconLiteral { Value = _reader.TakeQuoted() };
        return new HoconLiteral { Value = _reader.TakeUnquoted() };
    }

    private HoconArray ParseArray(string path, HoconValue previous)
    {
        var opened = _reader.Place;
        var array = new HoconArray();
        _reader.Take();
        while (true)
        {
            _reader.SkipSpace(commas: true);
            if (_reader.TryTake("]"))
                return array;
            if (_reader.AtEnd)
                throw _reader.Error("The array has no closing ']'.", opened);
            array.Add(new HoconValue(ParsePieces(path, previous)));
        }
    }

    private HoconSubstitution ParseSubstitution(string path, HoconValue previous)
    {
        var place = _reader.Place;
        _reader.Take(2);
        var optional = _reader.TryTake("?");
        var name = "";
        while (_reader.Peek() != '}')
        {
            if (_reader.AtEnd || _reader.Peek() == '\n')
                throw _reader.Error("The substitution has no closing '}'.", place);
            name += _reader.Take();
        }

        _reader.Take();
        var substitution = new HoconSubstitution(name.Trim()) { Optional = optional, Place = place };
        if (substitution.Path == path && previous.Values.Count > 0)
            substitution.ResolvedValue = previous;
        else
            _substitutions.Add(substitution);
        return substitution;
    }

    private bool AtInclude =>
        _reader.StartsWith("include") && _reader.Peek(7) is ' ' or '\t' && FirstAfterInclude == '"';

    private char FirstAfterInclude
    {
        get
        {
            var ahead = 7;
            while (_reader.Peek(ahead) is ' ' or '\t')
                ahead++;
            return _reader.Peek(ahead);
        }
    }

    private void ParseInclude(HoconObject target, string path)
    {
        var place = _reader.Place;
        _reader.Take("include".Length);
        _reader.SkipSpace();
        var name = _reader.TakeQuoted();
        if (include is null)
            throw _reader.Error($"include \"{name}\" is not possible here: nothing resolves it.", place);

        var included = include(name);
        foreach (var substitution in included.Substitutions)
        {
            // The included text was read as a root of its own; here its paths start where it stands.
            substitution.Path = path.Length == 0 ? substitution.Path : $"{path}.{substitution.Path}";
            _substitutions.Add(substitution);
        }

        foreach (var (key, value) in HoconObject.Merged(target, included.Value.GetObject()).Items)
            target.Items[key] = value;
    }
}
