using AtlasActors.Costs;

namespace AtlasActors.BatchFiles;

/// <summary>
/// Reads batch files, YAML or JSON. Whatever is wrong with one comes back as faults, all of them at once; nothing is
/// thrown. <c>docs/batch-file.md</c> has every key. A file of models that it names is read with it.
/// </summary>
public static class BatchFileReader
{
    private const string Beginning = "a batch file begins with 'jobs:'";

    /// <summary>
    /// Reads a file from disk: at most 64 MB of UTF-8 or UTF-16. A file that <c>foreach</c> or <c>models</c> names is
    /// looked for beside it.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="prices">Prices over the usual ones, by model; the file's own win over them.</param>
    public static BatchFileReading ReadFile(string path, IReadOnlyDictionary<string, ModelPrice>? prices = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        var (text, fault) = FileText.Read(path);
        return text is null
            ? new BatchFileReading(path, null, PriceTable.Default, [fault!], [])
            : Read(text, path, new FilePlace(Path.GetDirectoryName(Path.GetFullPath(path))), prices);
    }

    /// <summary>
    /// Reads a text. <paramref name="fileName"/> names it in messages, and its ending decides: <c>.json</c> is JSON,
    /// <c>.yaml</c> and <c>.yml</c> are YAML, and anything else is JSON when it begins with a brace. Files named by
    /// <c>foreach</c> and <c>models</c> are looked for in <paramref name="folder"/>; without one, a text may name no files, so that one
    /// that came from elsewhere reads nothing of this machine's.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="fileName">Its name.</param>
    /// <param name="folder">Where the files lie that it names, or null.</param>
    /// <param name="prices">Prices over the usual ones, by model; the file's own win over them.</param>
    public static BatchFileReading Read(
        string text, string fileName, string? folder = null, IReadOnlyDictionary<string, ModelPrice>? prices = null) =>
        Read(text, fileName, new FilePlace(folder), prices);

    /// <summary>
    /// Reads a text that came from elsewhere together with the files that it names, which lie in <paramref name="folder"/>:
    /// of this machine's files it reads those and no others, and its faults tell no path of this machine.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="fileName">Its name.</param>
    /// <param name="folder">Where the files lie that it names.</param>
    /// <param name="prices">Prices over the usual ones, by model; the file's own win over them.</param>
    public static BatchFileReading ReadSent(
        string text, string fileName, string folder, IReadOnlyDictionary<string, ModelPrice>? prices = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return Read(text, fileName, new FilePlace(folder, IsConfined: true), prices);
    }

    private static BatchFileReading Read(
        string text, string fileName, FilePlace place, IReadOnlyDictionary<string, ModelPrice>? prices)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(fileName);
        var findings = new Findings();
        var root = FileTree.Read(text, fileName, Beginning, findings);
        var read = root is null ? ReadBatch.Nothing : BatchSection.Read(root, fileName, place, prices, findings);
        return new BatchFileReading(
            fileName, findings.HasFaults ? null : read.Definition, read.Prices, findings.Faults, findings.Warnings)
        {
            Models = read.Models, Places = read.Places, Files = place.Named,
        };
    }
}
