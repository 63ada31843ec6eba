namespace AtlasActors.BatchFiles;

/// <summary>Puts the JSON reader's complaints into plain words.</summary>
internal static class JsonWords
{
    private static readonly (string Part, string Message, string? Hint)[] Known =
    [
        ("trailing comma", "a comma before a closing bracket", "JSON wants none there"),
        ("reached end of data", "the file ends inside of a text, a number or a word", "is a closing quote missing?"),
        ("should be closed", "the file ends before every bracket is closed", null),
        ("does not contain any JSON tokens", "the file holds nothing", "a batch file begins with { \"jobs\": [ … ] }"),
        ("start of a property name", "a key in double quotes is wanted", "JSON has no single quotes or bare words"),
        ("after a property name", "a ':' is wanted after the key", null),
        ("after a value", "a ',' or a closing bracket is wanted here", "is a comma missing?"),
        ("after a single JSON value", "there is more text after the end of the JSON", null),
        ("invalid start of a value", "a value is wanted here", "text needs double quotes, and JSON has no comments"),
        ("invalid escapable character", "an unknown escape after '\\'", "write \\\\ for a backslash"),
        ("hex digit", "an escape that is no hexadecimal number", null),
        ("within a JSON string", "a line break or another control character in a text", "write \\n for a line break"),
        ("leading zero", "a number with a zero in front", null),
        ("maximum configured depth", "lists and maps lie too deep in each other", null),
        ("invalid JSON literal", "an unknown word", "JSON knows true, false and null; text needs double quotes"),
        ("number", "not a valid number", "text needs double quotes"),
    ];

    public static (string Message, string? Hint) Explain(string complaint)
    {
        var known = Known.FirstOrDefault(row => complaint.Contains(row.Part, StringComparison.OrdinalIgnoreCase));
        return known.Part is null ? ("this is not valid JSON", null) : (known.Message, known.Hint);
    }
}
