namespace AtlasActors.BatchFiles;

/// <summary>Reads a text as JSON or YAML, whichever it is, into a tree of nodes that know their places.</summary>
internal static class FileTree
{
    /// <summary>
    /// The tree, or null; the findings say why. Of an empty file they say <paramref name="beginning"/>, how such a file
    /// begins.
    /// </summary>
    public static FileNode? Read(string text, string fileName, string beginning, Findings findings)
    {
        text = text.TrimStart('\uFEFF');
        if (string.IsNullOrWhiteSpace(text))
        {
            findings.Fault(new FileFault(1, 1, "", "the file is empty", beginning));
            return null;
        }

        if (text.IndexOf('\0', StringComparison.Ordinal) is var zero and >= 0)
        {
            var line = text.AsSpan(0, zero).Count('\n') + 1;
            var column = zero - text.LastIndexOf('\n', zero);
            findings.Fault(new FileFault(line, column, "", "this is not a text file", null));
            return null;
        }

        var ending = Path.GetExtension(fileName).ToLowerInvariant();
        // Valid JSON is YAML too, so that JSON in a file for YAML needs nothing of its own.
        return ending == ".json" || (ending is not (".yaml" or ".yml") && text.AsSpan().TrimStart() is ['{', ..])
            ? JsonTree.Read(text, findings)
            : YamlTree.Read(text, beginning, findings);
    }
}
