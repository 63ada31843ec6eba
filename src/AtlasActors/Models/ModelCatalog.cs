using AtlasActors.BatchFiles;

namespace AtlasActors.Models;

/// <summary>
/// The models of which we know what they take. Whatever it does not name can be used all the same: an unknown model is
/// sent its job's fields as they are written.
/// </summary>
public sealed class ModelCatalog
{
    private static readonly Lazy<ModelCatalog> Embedded = new(ReadEmbedded);

    private readonly Dictionary<string, ModelEntry> _byName = [];

    // Null where several models end so.
    private readonly Dictionary<string, ModelEntry?> _byTail = [];

    internal ModelCatalog(IReadOnlyList<ModelEntry> entries, IReadOnlyDictionary<string, ModelDraft> drafts)
    {
        (Entries, Drafts) = (entries, drafts);
        foreach (var entry in entries)
            _byName.TryAdd(entry.Id, entry);
        foreach (var entry in entries)
        {
            foreach (var alias in entry.Aliases)
                _byName.TryAdd(alias, entry);
        }

        foreach (var (name, entry) in _byName)
        {
            if (Tail(name) is { } tail && !_byTail.TryAdd(tail, entry) && _byTail[tail] != entry)
                _byTail[tail] = null;
        }
    }

    /// <summary>The library's own.</summary>
    public static ModelCatalog Default => Embedded.Value;

    /// <summary>All models, in the order of the file; the user's own come first.</summary>
    public IReadOnlyList<ModelEntry> Entries { get; }

    /// <summary>What other entries can be like: shapes and models, each with all that it took over.</summary>
    internal IReadOnlyDictionary<string, ModelDraft> Drafts { get; }

    /// <summary>
    /// The model of this id, alias, or end of an id after the vendor (<c>flux-2-pro/text-to-image</c>); null when it is
    /// not known, or when several models end so.
    /// </summary>
    public ModelEntry? Find(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return _byName.TryGetValue(model, out var entry) ? entry : _byTail.GetValueOrDefault(model);
    }

    /// <summary>All names under which a model is found.</summary>
    internal IEnumerable<string> NamesOf(ModelEntry entry)
    {
        foreach (var name in entry.Aliases.Prepend(entry.Id))
        {
            if (_byName.GetValueOrDefault(name) != entry)
                continue;
            yield return name;
            if (Tail(name) is { } tail && !_byName.ContainsKey(tail) && _byTail[tail] == entry)
                yield return tail;
        }
    }

    /// <summary>
    /// The id that an unknown one is probably a slip of, or null. Other digits are another model and no slip: tomorrow
    /// there will be a 3.2 of every 3.1.
    /// </summary>
    public string? Meant(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var digits = Digits(model);
        return DidYouMean.Id(model, _byName.Keys.Where(name => Digits(name) == digits));
    }

    /// <summary>A catalog as a file has it, over <paramref name="under"/>; null when it has faults.</summary>
    internal static ModelCatalog? Read(string text, string fileName, ModelCatalog? under, Findings findings) =>
        FileTree.Read(text, fileName, "a file of models begins with 'models:'", findings) is { } root
            ? new ModelsFile(under, findings).Read(root)
            : null;

    private static string? Tail(string name) =>
        name.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0 && name.AsSpan(slash + 1).Contains('/')
            ? name[(slash + 1)..]
            : null;

    private static string Digits(string name) => string.Concat(name.Where(char.IsAsciiDigit));

    private static ModelCatalog ReadEmbedded()
    {
        using var stream = typeof(ModelCatalog).Assembly.GetManifestResourceStream("AtlasActors.models.yaml")!;
        using var reader = new StreamReader(stream);
        var findings = new Findings();
        return Read(reader.ReadToEnd(), "models.yaml", null, findings) ?? throw new InvalidOperationException(
            string.Join('\n', findings.Faults.Select(fault => fault.In("models.yaml"))));
    }
}
