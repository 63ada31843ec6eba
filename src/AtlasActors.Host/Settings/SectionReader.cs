using System.Globalization;
using System.Text.Json;
using Akka.Configuration;
using Akka.Configuration.Hocon;
using AtlasActors.BatchFiles;
using AtlasActors.Costs;

namespace AtlasActors.Host.Settings;

/// <summary>
/// A section of HOCON, read key by key: what a key has not is null, and what is wrong is gathered, each with its path and
/// what to do.
/// </summary>
internal sealed class SectionReader
{
    private readonly string _path;
    private readonly IReadOnlyDictionary<string, HoconValue> _items;
    private readonly IReadOnlyDictionary<string, string> _names;
    private readonly List<string> _faults;

    private SectionReader(
        string path, IReadOnlyDictionary<string, HoconValue> items, IReadOnlyDictionary<string, string> names, List<string> faults)
    {
        _path = path;
        _items = items;
        _names = names;
        _faults = faults;
    }

    /// <summary>A section of a whole configuration; one without keys where there is none.</summary>
    /// <param name="config">What was parsed.</param>
    /// <param name="path">The section's name.</param>
    /// <param name="faults">Where what is wrong is gathered, of this section and of all within it.</param>
    public static SectionReader Of(Config config, string path, List<string> faults) =>
        Of(config.IsEmpty ? null : config.GetValue(path), path, faults);

    /// <summary>This section with what was said elsewhere in place of what it says itself; of two the later counts.</summary>
    public SectionReader With(IReadOnlyList<GivenValue> given)
    {
        var (items, names) = (new Dictionary<string, HoconValue>(_items), new Dictionary<string, string>(_names));
        foreach (var (key, name, text) in given)
            (items[key], names[key]) = (ValueOf(text), name);
        return new SectionReader(_path, items, names, _faults);
    }

    /// <summary>What stands there, as it is shown to people; empty where nothing does.</summary>
    public string Shown(string key) => !Has(key) ? "" : _items[key].IsString() ? Text(key) ?? "" : _items[key].ToString();

    /// <summary>Adds a fault of a key, a sentence that goes on after its path.</summary>
    public void Fault(string key, string what) => _faults.Add($"{PathOf(key)} {what}");

    /// <summary>Says of every other key that it is none.</summary>
    public void KnowOnly(params IReadOnlyList<string> known)
    {
        foreach (var key in _items.Keys.Except(known))
            Fault(key, $"is no key: {DidYouMean.Hint(key, known) ?? $"{_path} has {string.Join(", ", known)}."}");
    }

    /// <summary>Whether anything stands there.</summary>
    public bool Has(string key) => _items.TryGetValue(key, out var value) && !value.IsEmpty;

    /// <summary>The text, trimmed; null where there is none, or an empty one.</summary>
    public string? Text(string key)
    {
        if (!Has(key)) return null;
        if (_items[key].IsString()) return _items[key].GetString()?.Trim() is { Length: > 0 } text ? text : null;
        Fault(key, "is a text: give one value, without braces or brackets.");
        return null;
    }

    /// <summary>The text, which there must be.</summary>
    public string? Needed(string key, string example)
    {
        if (!Has(key)) Fault(key, $"is missing: give {example}.");
        return Text(key);
    }

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public int? Count(string key, int least = 1, int most = int.MaxValue)
    {
        if (Text(key) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= least && count <= most)
            return count;
        var range = string.Create(CultureInfo.InvariantCulture, $"from {least}{(most == int.MaxValue ? "" : $" to {most}")}");
        Fault(key, $"is '{text}': give a whole number {range}.");
        return null;
    }

    /// <summary>A number above 0, or in a range.</summary>
    public double? Number(string key, double least = double.Epsilon, double most = double.MaxValue)
    {
        if (Text(key) is not { } text) return null;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
            return number;
        var range = most < double.MaxValue
            ? string.Create(CultureInfo.InvariantCulture, $"from {least} to {most}")
            : "above 0";
        Fault(key, $"is '{text}': give a number {range}.");
        return null;
    }

    /// <summary>An amount of US dollars above 0.</summary>
    public Usd? Money(string key)
    {
        if (Text(key) is not { } text) return null;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount > 0)
            return new Usd(amount);
        Fault(key, $"is '{text}': give US dollars such as 50.00.");
        return null;
    }

    /// <summary>A time of more than nothing.</summary>
    /// <param name="key">The key.</param>
    /// <param name="word">What may stand there besides, for the advice; whoever asks has looked for it.</param>
    public TimeSpan? Duration(string key, string? word = null)
    {
        if (Text(key) is not { } text) return null;
        try
        {
            var duration = _items[key].GetTimeSpan(allowInfinite: false);
            if (duration > TimeSpan.Zero) return duration;
        }
        catch (Exception fault) when (fault is FormatException or OverflowException)
        {
            // Said below, in the same words as for a duration of nothing.
        }
        var besides = word is null ? "" : $"{word}, or ";
        Fault(key, $"is '{text}': give {besides}a duration such as 500ms, 30s, 2 minutes or 14 days.");
        return null;
    }

    /// <summary>On or off.</summary>
    public bool? Switch(string key)
    {
        switch (Text(key))
        {
            case null: return null;
            case "on" or "true": return true;
            case "off" or "false": return false;
            case var text:
                Fault(key, $"is '{text}': give on or off.");
                return null;
        }
    }

    /// <summary>One of some words, by what each means.</summary>
    public T? Word<T>(string key, IReadOnlyDictionary<string, T> words) where T : struct
    {
        if (Text(key) is not { } text) return null;
        if (words.TryGetValue(text, out var meant)) return meant;
        Fault(key, $"is '{text}': give {string.Join(", ", words.Keys.SkipLast(1))} or {words.Keys.Last()}.");
        return null;
    }

    /// <summary>All that the section has, by key: each a text that is not empty.</summary>
    public IReadOnlyDictionary<string, string> Texts()
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in _items.Keys)
        {
            if (Text(key) is { } text) texts[key] = text;
            else if (!Has(key) || _items[key].IsString()) Fault(key, "is empty: give a text, or leave it out.");
        }
        return texts;
    }

    /// <summary>A section within this one; one without keys where there is none.</summary>
    public SectionReader Section(string key) => Of(_items.GetValueOrDefault(key), PathOf(key), _faults);

    /// <summary>The sections of a list, <c>[{ … }, { … }]</c>; none where there is no list.</summary>
    public IReadOnlyList<SectionReader> List(string key)
    {
        if (!Has(key)) return [];
        var list = _items[key];
        // Akka.NET calls an empty list none.
        if (list.IsArray() || !(list.IsString() || list.IsObject()))
            return [.. list.GetArray().Select((entry, index) => Of(
                entry, string.Create(CultureInfo.InvariantCulture, $"{PathOf(key)}[{index + 1}]"), _faults))];
        Fault(key, "is a list: write each entry between braces, and all between brackets.");
        return [];
    }

    private static SectionReader Of(HoconValue? value, string path, List<string> faults)
    {
        if (value is { IsEmpty: false } && !value.IsObject())
            faults.Add($"{path} is a section: write its keys between braces, {path} {{ … }}.");
        return new SectionReader(
            path, value?.IsObject() == true ? value.GetObject().Items : new Dictionary<string, HoconValue>(),
            new Dictionary<string, string>(), faults);
    }

    /// <summary>JSON's texts are HOCON's, too.</summary>
    private static HoconValue ValueOf(string text) =>
        ConfigurationFactory.ParseString($"given = {JsonSerializer.Serialize(text)}").GetValue("given");

    private string PathOf(string key) => _names.GetValueOrDefault(key, $"{_path}.{key}");
}

/// <summary>What was said of a key outside of the file.</summary>
/// <param name="Key">The key.</param>
/// <param name="Name">Where it was said, such as <c>--listen</c>: faults are told by it.</param>
/// <param name="Text">What was said.</param>
internal sealed record GivenValue(string Key, string Name, string Text);
