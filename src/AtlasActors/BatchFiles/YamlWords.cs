using YamlDotNet.Core;

namespace AtlasActors.BatchFiles;

/// <summary>Puts the YAML scanner's complaints into plain words, with what most often is behind them.</summary>
internal static class YamlWords
{
    private const string Colon = "text with ': ' in it needs quotes, and keys of one map the same indent";
    private const string SameIndent = "keys of one map, and items of one list, want the same indent";

    private static readonly (string Part, string Message, string? Hint)[] Known =
    [
        ("Mapping values are not allowed", "a ':' that cannot stand here", Colon),
        ("invalid mapping", "a ':' that cannot stand here", Colon),
        ("could not find expected ':'", "a key without its ':'", "write 'key: value'; longer text needs quotes or '|'"),
        ("expected key", "neither a key nor the end of this map", SameIndent),
        ("expected '-' indicator", "neither '- ' nor the end of this list", SameIndent),
        ("Block sequence entries", "a '- ' that cannot stand here", "a list begins on a line of its own"),
        ("',' or '}'", "neither ',' nor '}' in a map in braces", "close the brace, or put quotes around the text"),
        ("',' or ']'", "neither ',' nor ']' in a list in brackets", "close the bracket, or put quotes around the text"),
        ("unexpected end of stream", "a quote that is never closed", null),
        ("unexpected document indicator", "a quote that is never closed", null),
        ("unknown escape", "an unknown escape after '\\'", "write \\\\ for a backslash, or use single quotes"),
        ("hexadecimal number", "an escape that is no hexadecimal number", null),
        ("Unicode", "an escape that is no character", null),
        ("more than one anchor", "two names for one value", null),
        ("undefined tag handle", "an unknown tag", "text that begins with ! needs quotes"),
        (" tag", "a tag that cannot be read", "text that begins with ! needs quotes"),
        ("expected node content", "a value is wanted here", "text that is only a sign needs quotes"),
        ("<document", "text that belongs to nothing above it", SameIndent),
        ("Mapping keys are not allowed", "a '?' that cannot stand here", "text that begins with ? needs quotes"),
        ("anchor or alias", "a name that cannot stand after & or *", "text that begins with & or * needs quotes"),
        ("block scalar", "a block of text that begins wrongly",
            "its text begins on the line after '|' or '>', indented"),
        ("directive", "a line that begins with %", "text that begins with % needs quotes"),
        ("wrong indentation", "a text in quotes whose next line is not indented", null),
    ];

    public static FileFault Explain(YamlException e, string text)
    {
        var mark = e.Start;
        var first = CharacterAt(text, mark);
        if (e.Message.Contains(" tab ", StringComparison.Ordinal) || first == '\t')
            return TabFrom(mark, text);
        if (e.Message.Contains("cannot start any token", StringComparison.Ordinal))
        {
            return Fault(
                mark, text, $"nothing can begin with '{first}'", $"text that begins with {first} needs quotes");
        }

        if (FollowsBrace(text, mark))
            return Fault(mark, text, "text after a closing brace", "text that begins with { needs quotes");
        var known = Known.FirstOrDefault(row => e.Message.Contains(row.Part, StringComparison.OrdinalIgnoreCase));
        return known.Part is null ? Near(mark, text) : Fault(mark, text, known.Message, known.Hint);
    }

    public static FileFault Near(Mark mark, string text) => Fault(mark, text, "this is not valid YAML", null);

    // The scanner blames the line above; the tab itself is the first one in an indent from there on.
    private static FileFault TabFrom(Mark mark, string text)
    {
        var lines = text.Split('\n');
        var line = Math.Max(1, (int)mark.Line);
        var column = (int)mark.Column;
        for (var i = line - 1; i < lines.Length; i++)
        {
            var indent = lines[i].Length - lines[i].AsSpan().TrimStart(" \t").Length;
            if (lines[i].AsSpan(0, indent).IndexOf('\t') is var tab and >= 0)
            {
                (line, column) = (i + 1, tab + 1);
                break;
            }
        }

        return new FileFault(
            line, Math.Max(1, column), "", "a tab where an indent stands", "YAML is indented with spaces");
    }

    private static FileFault Fault(Mark mark, string text, string message, string? hint)
    {
        // The end of the file counts to the scanner as a line of its own, which no editor shows.
        var end = text.AsSpan().TrimEnd();
        return mark.Index < end.Length
            ? new FileFault(Math.Max(1, (int)mark.Line), Math.Max(1, (int)mark.Column), "", message, hint)
            : new FileFault(end.Count('\n') + 1, end.Length - end.LastIndexOf('\n'), "", message, hint);
    }

    // A column that begins a text, name: {sku} chair, is a map to YAML.
    private static bool FollowsBrace(string text, Mark mark)
    {
        var before = text.AsSpan(0, Math.Clamp((int)mark.Index, 0, text.Length));
        return before[(before.LastIndexOf('\n') + 1)..].TrimEnd() is [.., '}'];
    }

    private static char CharacterAt(string text, Mark mark) =>
        mark.Index >= 0 && mark.Index < text.Length ? text[(int)mark.Index] : ' ';
}
