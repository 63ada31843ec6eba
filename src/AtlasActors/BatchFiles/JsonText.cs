using System.Globalization;
using System.Text;

namespace AtlasActors.BatchFiles;

/// <summary>
/// Writes nodes as compact JSON. Only what JSON says must be escaped is: System.Text.Json's encoders escape everything
/// beyond U+FFFF, and an emoji in a prompt is to stay readable in journals.
/// </summary>
internal static class JsonText
{
    public static void AppendEntry(StringBuilder json, MapEntry entry)
    {
        AppendQuoted(json, entry.Key);
        json.Append(':');
        Append(json, entry.Value);
    }

    /// <summary>A text in quotes. Half of a surrogate pair becomes U+FFFD, as everywhere in UTF-8.</summary>
    public static void AppendQuoted(StringBuilder json, string text)
    {
        json.Append('"');
        Span<char> utf16 = stackalloc char[2];
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '"' or '\\':
                    json.Append('\\').Append((char)rune.Value);
                    break;
                case '\n':
                    json.Append("\\n");
                    break;
                case '\r':
                    json.Append("\\r");
                    break;
                case '\t':
                    json.Append("\\t");
                    break;
                case < ' ':
                    json.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
                    break;
                default:
                    // Append takes a rune as an object, which is two allocations for each character.
                    json.Append(utf16[..rune.EncodeToUtf16(utf16)]);
                    break;
            }
        }

        json.Append('"');
    }

    private static void Append(StringBuilder json, FileNode node)
    {
        switch (node)
        {
            case MapNode map:
                AppendAll(json, '{', map.Entries, AppendEntry, '}');
                break;
            case ListNode list:
                AppendAll(json, '[', list.Items, Append, ']');
                break;
            case ScalarNode scalar:
                AppendScalar(json, scalar);
                break;
        }
    }

    private static void AppendAll<T>(
        StringBuilder json, char open, IReadOnlyList<T> parts, Action<StringBuilder, T> append, char close)
    {
        json.Append(open);
        for (var i = 0; i < parts.Count; i++)
        {
            if (i > 0)
                json.Append(',');
            append(json, parts[i]);
        }

        json.Append(close);
    }

    private static void AppendScalar(StringBuilder json, ScalarNode scalar)
    {
        switch (CoreSchema.KindOf(scalar))
        {
            case ScalarKind.Nothing:
                json.Append("null");
                break;
            case ScalarKind.Boolean:
                json.Append(scalar.Text[0] is 't' or 'T' ? "true" : "false");
                break;
            case ScalarKind.WholeNumber or ScalarKind.Number:
                json.Append(CoreSchema.JsonNumber(scalar.Text));
                break;
            default:
                AppendQuoted(json, scalar.Text);
                break;
        }
    }
}
