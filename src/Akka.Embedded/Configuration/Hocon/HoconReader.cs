using System.Globalization;
using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>The text under the parser's eyes, character by character, with the place for error messages.</summary>
internal sealed class HoconReader(string text)
{
    private const char End = '\0';
    private const string NotUnquoted = "$\"{}[]:=,#`^?!@*&\\";

    private int _position;
    private int _line = 1;
    private int _lineStart;

    public bool AtEnd => _position >= text.Length;

    public string Place => $"line {_line}, column {_position - _lineStart + 1}";

    public char Peek(int ahead = 0) => _position + ahead < text.Length ? text[_position + ahead] : End;

    public bool StartsWith(string pattern) => string.CompareOrdinal(text, _position, pattern, 0, pattern.Length) == 0;

    public char Take()
    {
        var c = Peek();
        _position++;
        if (c == '\n')
        {
            _line++;
            _lineStart = _position;
        }

        return c;
    }

    public void Take(int count)
    {
        for (var i = 0; i < count; i++)
            Take();
    }

    /// <summary>Takes a pattern if it comes next.</summary>
    public bool TryTake(string pattern)
    {
        if (!StartsWith(pattern))
            return false;
        Take(pattern.Length);
        return true;
    }

    public ConfigurationException Error(string message, string? place = null) => new($"{message} ({place ?? Place})");

    public bool AtComment => Peek() == '#' || StartsWith("//");

    public void SkipComment()
    {
        while (!AtEnd && Peek() != '\n')
            Take();
    }

    /// <summary>Skips what separates members: white space, line ends, comments and, where asked, commas.</summary>
    public void SkipSpace(bool commas = false)
    {
        while (!AtEnd)
        {
            if (AtComment)
                SkipComment();
            else if (char.IsWhiteSpace(Peek()) || Peek() == '\uFEFF' || (commas && Peek() == ','))
                Take();
            else
                return;
        }
    }

    /// <summary>The white space up to the next piece of the same line.</summary>
    public string TakeInlineSpace()
    {
        var start = _position;
        while (!AtEnd && Peek() != '\n' && char.IsWhiteSpace(Peek()))
            Take();
        return text[start.._position];
    }

    public string TakeKey()
    {
        if (Peek() == '"')
            return TakeQuoted();
        var start = _position;
        while (!AtEnd && Peek() is not ('.' or '\n') && !StartsWith("+=") && IsUnquoted)
            Take();
        var key = text[start.._position].Trim();
        return key.Length > 0 ? key : throw Error($"Expected a key, found {Found}.");
    }

    public string TakeUnquoted()
    {
        var start = _position;
        while (!AtEnd && !char.IsWhiteSpace(Peek()) && IsUnquoted)
            Take();
        if (_position == start)
            throw Error($"Expected a value, found {Found}.");
        if (Peek() is '=' or ':')
            throw Error($"'{Peek()}' is not allowed in unquoted text; put quotes around the value.");
        return text[start.._position];
    }

    public string TakeTripleQuoted()
    {
        var place = Place;
        Take(3);
        var end = text.IndexOf("\"\"\"", _position, StringComparison.Ordinal);
        if (end < 0)
            throw Error("The text in triple quotes has no end.", place);
        var content = text[_position..end];
        Take(content.Length + 3);
        return content;
    }

    public string TakeQuoted()
    {
        var place = Place;
        Take();
        var content = new StringBuilder();
        while (Peek() != '"')
        {
            if (AtEnd || Peek() == '\n')
                throw Error("The quoted text has no end on its line.", place);
            content.Append(Peek() == '\\' ? TakeEscape() : Take());
        }

        Take();
        return content.ToString();
    }

    private bool IsUnquoted => !AtComment && !NotUnquoted.Contains(Peek(), StringComparison.Ordinal);

    public string Found => AtEnd ? "the end of the text" : Peek() == '\n' ? "the end of the line" : $"'{Peek()}'";

    private char TakeEscape()
    {
        Take();
        var escaped = Take();
        switch (escaped)
        {
            case '"' or '\\' or '/': return escaped;
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u': return TakeCodeUnit();
            default: throw Error($"Unknown escape code: \\{escaped}");
        }
    }

    private char TakeCodeUnit()
    {
        var digits = text.AsSpan(_position, Math.Min(4, text.Length - _position));
        if (!ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            throw Error("\\u wants four hexadecimal digits.");
        Take(4);
        return (char)unit;
    }
}
