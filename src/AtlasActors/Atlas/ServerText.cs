using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AtlasActors.Atlas;

/// <summary>
/// Makes texts that came from a server fit to be shown and kept: one line, not long, without the key and without what
/// signs an address.
/// </summary>
internal sealed partial class ServerText(string secret)
{
    private const int Longest = 300;
    private const int LongestRead = 4096;
    private const int LongestId = 64;
    private const int ShortestSecret = 4;
    private const string Left = "…";

    /// <summary>The text for people; null when nothing is left of it.</summary>
    public string? Clean(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        // First of all, so that no cut leaves a piece of it.
        if (secret.Length >= ShortestSecret)
            text = text.Replace(secret, Left, StringComparison.Ordinal);
        text = Cut(text, LongestRead);
        text = DataAddress().Replace(text, "data:" + Left);
        text = Credentials().Replace(text, "://");
        text = Query().Replace(text, "$1");
        text = Key().Replace(text, Left);
        text = OneLine(text);
        return text.Length == 0 ? null : text.Length <= Longest ? text : Cut(text, Longest - 1) + Left;
    }

    /// <summary>An id for people, who will copy it: short, and null when nothing is left of it.</summary>
    public string? Id(string? text) => Clean(text) is { } id ? Cut(id, LongestId) : null;

    private static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        Span<char> letters = stackalloc char[2];
        foreach (var rune in text.EnumerateRunes())
        {
            var isBlank = Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned;
            if (!isBlank)
                line.Append(letters[..rune.EncodeToUtf16(letters)]);
            else if (line.Length > 0 && line[^1] != ' ')
                line.Append(' ');
        }
        return line.ToString().TrimEnd();
    }

    private static string Cut(string text, int length) =>
        text.Length <= length ? text
        : char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)]
        : text[..length];

    [GeneratedRegex("""data:[^\s,"'<>]{0,200},[^\s"'<>]*""", RegexOptions.IgnoreCase)]
    private static partial Regex DataAddress();

    [GeneratedRegex("""://[^/@\s"'<>]+@""")]
    private static partial Regex Credentials();

    [GeneratedRegex("""(https?://[^\s?#"'<>]*)[?#][^\s"'<>]*""", RegexOptions.IgnoreCase)]
    private static partial Regex Query();

    [GeneratedRegex("""(?<=\bbearer\s+)[^\s"'<>]+|\bapikey-[\w-]+""", RegexOptions.IgnoreCase)]
    private static partial Regex Key();
}
