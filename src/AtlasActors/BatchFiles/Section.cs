using System.Globalization;

namespace AtlasActors.BatchFiles;

/// <summary>
/// A map of the file whose keys are known. Every reading method answers null for a key that is not there, and for one
/// whose value is wrong, after having said so; thus no mistake is reported twice.
/// </summary>
internal sealed class Section
{
    private static readonly Dictionary<string, bool> Flags = new() { ["true"] = true, ["false"] = false };

    private readonly MapNode _map;
    private readonly string _path;
    private readonly Findings _findings;
    private readonly HashSet<string> _meant = [];

    /// <param name="map">The map.</param>
    /// <param name="path">Its place in the file.</param>
    /// <param name="findings">Where faults go; unknown keys go there at once.</param>
    /// <param name="known">The keys that it may have.</param>
    /// <param name="misplaced">Says of an unknown key where else it belongs, or null.</param>
    /// <param name="otherHint">What to say of an unknown key when nothing else can be said.</param>
    public Section(
        MapNode map, string path, Findings findings, IReadOnlyList<string> known,
        Func<string, string?>? misplaced = null, string? otherHint = null)
    {
        (_map, _path, _findings) = (map, path, findings);
        foreach (var entry in map.Entries.Where(entry => !known.Contains(entry.Key)))
        {
            var hint = misplaced?.Invoke(entry.Key);
            if (hint is null && DidYouMean.Word(entry.Key, known) is { } word)
            {
                hint = $"did you mean '{word}'?";
                _meant.Add(word);
            }

            findings.Fault(entry, PathOf(entry.Key), $"unknown key '{Shown.Short(entry.Key)}'", hint ?? otherHint);
        }
    }

    public string PathOf(string key) => NodePath.Key(_path, key);

    public FileNode? Find(string key) => _map.Find(key)?.Value;

    /// <summary>Says that a key may not be here.</summary>
    public void Forbid(string key, string message, string? hint)
    {
        if (_map.Find(key) is { } entry)
            _findings.Fault(entry, PathOf(key), message, hint);
    }

    /// <summary>The value of a key that must be there; a misspelt one counts as being there.</summary>
    public FileNode? Required(string key, string? hint = null)
    {
        var node = Find(key);
        if (node is null && !_meant.Contains(key))
            _findings.Fault(_map, PathOf(key), $"'{key}' is missing", hint);
        return node;
    }

    /// <summary>
    /// Text of one line that is not empty. Numbers, booleans and dates are taken as they are written.
    /// </summary>
    public string? Line(string key, FileNode? node, int longest)
    {
        var text = Text(key, node);
        if (text is null || !CheckLine(key, node!, text))
            return null;
        if (text.EnumerateRunes().Count() <= longest)
            return text;
        _findings.Fault(node!, PathOf(key), $"is longer than {longest} characters");
        return null;
    }

    /// <summary>Text that is not empty.</summary>
    public string? Text(string key, FileNode? node)
    {
        if (node is null)
            return null;
        if (node is not ScalarNode scalar)
        {
            _findings.Fault(node, PathOf(key), $"wants text, {Shown.Found(node)}");
            return null;
        }

        if (CoreSchema.KindOf(scalar) != ScalarKind.Nothing && !string.IsNullOrWhiteSpace(scalar.Text))
            return scalar.Text;
        _findings.Fault(node, PathOf(key), $"'{key}' is empty");
        return null;
    }

    /// <summary>A list of texts, none of them empty.</summary>
    public IReadOnlyList<string>? Texts(string key)
    {
        if (Find(key) is not { } node)
            return null;
        if (node is not ListNode list)
        {
            _findings.Fault(node, PathOf(key), $"wants a list of texts, {Shown.Found(node)}");
            return null;
        }

        var texts = new List<string>();
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (list.Items[i] is ScalarNode { Text.Length: > 0 } text && CoreSchema.KindOf(text) != ScalarKind.Nothing)
                texts.Add(text.Text);
            else
                _findings.Fault(
                    list.Items[i], NodePath.Item(PathOf(key), i), $"wants text, {Shown.Found(list.Items[i])}");
        }

        return texts;
    }

    public int? WholeNumber(string key, int least, int most)
    {
        if (Find(key) is not { } node)
            return null;
        return node is ScalarNode scalar && CoreSchema.KindOf(scalar) == ScalarKind.WholeNumber
            && int.TryParse(CoreSchema.JsonNumber(scalar.Text), CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most
            ? number
            : Wrong<int>(key, node, $"a whole number from {least} to {most}", QuotesHint(node));
    }

    public decimal? Number(string key, decimal least, decimal most) =>
        Find(key) is { } node ? Number(PathOf(key), node, least, most, _findings) : null;

    public static decimal? Number(string path, FileNode node, decimal least, decimal most, Findings findings)
    {
        var written = node is ScalarNode scalar && IsNumber(scalar) ? CoreSchema.JsonNumber(scalar.Text) : null;
        if (decimal.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
            return number;
        var message = string.Create(
            CultureInfo.InvariantCulture, $"wants a number from {least} to {most}, {Shown.Found(node)}");
        findings.Fault(node, path, message, QuotesHint(node));
        return null;
    }

    /// <summary>Seconds of a duration that is longer than nothing.</summary>
    public decimal? Seconds(string key, decimal most, string mostShown)
    {
        if (Find(key) is not { } node)
            return null;
        if (node is not ScalarNode scalar || DurationText.Seconds(scalar.Text) is not { } seconds)
            return Wrong<decimal>(key, node, "a duration", DurationText.Forms);
        if (seconds >= 0.001m && seconds <= most)
            return seconds;
        return Wrong<decimal>(key, node, $"a duration of more than nothing and at most {mostShown}");
    }

    public T? Choice<T>(string key, IReadOnlyDictionary<string, T> choices) where T : struct
    {
        if (Find(key) is not { } node)
            return null;
        var text = node is ScalarNode scalar ? scalar.Text : "";
        if (choices.TryGetValue(text, out var choice))
            return choice;
        var words = string.Join(" or ", choices.Keys.Select(word => $"'{word}'"));
        return Wrong<T>(key, node, words, DidYouMean.Hint(text, choices.Keys));
    }

    /// <summary>True or false; false where the key is not there.</summary>
    public bool Flag(string key) => Choice(key, Flags) ?? false;

    /// <summary>A map with keys of its own.</summary>
    public Section? Sub(string key, IReadOnlyList<string> known, string? hint = null)
    {
        if (Find(key) is not { } node)
            return null;
        if (node is MapNode map)
            return new Section(map, PathOf(key), _findings, known);
        _findings.Fault(node, PathOf(key), $"wants a map of {string.Join(", ", known)}; {Shown.Found(node)}", hint);
        return null;
    }

    /// <summary>A map with any keys.</summary>
    public MapNode? Map(string key, string wanted)
    {
        var node = Find(key);
        if (node is not null and not MapNode)
            _findings.Fault(node, PathOf(key), $"wants {wanted}, {Shown.Found(node)}");
        return node as MapNode;
    }

    private bool CheckLine(string key, FileNode node, string text)
    {
        if (!text.Any(char.IsControl))
            return true;
        var hint = text.EndsWith('\n') ? "write '>-' or '|-' instead of '>' or '|'" : null;
        _findings.Fault(node, PathOf(key), $"'{key}' must be one line", hint);
        return false;
    }

    private T? Wrong<T>(string key, FileNode node, string wanted, string? hint = null) where T : struct
    {
        _findings.Fault(node, PathOf(key), $"wants {wanted}, {Shown.Found(node)}", hint);
        return null;
    }

    private static string? QuotesHint(FileNode node) =>
        node is ScalarNode { IsPlain: false } scalar && IsNumber(scalar with { IsPlain = true })
            ? "leave the quotes away"
            : null;

    private static bool IsNumber(ScalarNode scalar) =>
        CoreSchema.KindOf(scalar) is ScalarKind.WholeNumber or ScalarKind.Number;
}
