using AtlasActors.Batches;
using AtlasActors.Costs;

namespace AtlasActors.BatchFiles;

/// <summary>
/// Reads batch files, YAML or JSON. Whatever is wrong with one comes back as faults, all of them at once; nothing is
/// thrown. <c>docs/batch-file.md</c> has every key.
/// </summary>
public static class BatchFileReader
{
    /// <summary>
    /// Reads a file from disk: at most 64 MB of UTF-8 or UTF-16. A file that <c>foreach</c> names is looked for beside
    /// it.
    /// </summary>
    public static BatchFileReading ReadFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var (text, fault) = FileText.Read(path);
        return text is null
            ? new BatchFileReading(path, null, PriceTable.Default, [fault!], [])
            : Read(text, path, Path.GetDirectoryName(Path.GetFullPath(path)));
    }

    /// <summary>
    /// Reads a text. <paramref name="fileName"/> names it in messages, and its ending decides: <c>.json</c> is JSON,
    /// <c>.yaml</c> and <c>.yml</c> are YAML, and anything else is JSON when it begins with a brace. Files named by
    /// <c>foreach</c> are looked for in <paramref name="folder"/>; without one, a text may name no files, so that one
    /// that came from elsewhere reads nothing of this machine's.
    /// </summary>
    public static BatchFileReading Read(string text, string fileName, string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(fileName);
        var findings = new Findings();
        var root = ReadTree(text.TrimStart('\uFEFF'), fileName, findings);
        var (definition, prices) = root is null
            ? ((BatchDefinition?)null, PriceTable.Default)
            : BatchSection.Read(root, fileName, folder, findings);
        return new BatchFileReading(
            fileName, findings.HasFaults ? null : definition, prices, findings.Faults, findings.Warnings);
    }

    private static FileNode? ReadTree(string text, string fileName, Findings findings)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            findings.Fault(new FileFault(1, 1, "", "the file is empty", "a batch file begins with 'jobs:'"));
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
            : YamlTree.Read(text, findings);
    }
}
