using System.Globalization;
using Akka.Configuration;
using Akka.Configuration.Hocon;
using AtlasActors.BatchFiles;
using AtlasActors.Costs;

namespace AtlasActors.Hosting;

/// <summary>Reads the section <c>atlas-actors</c>, and gathers what is wrong: each with its path and what to do.</summary>
internal sealed class SettingsReader
{
    public const string Section = "atlas-actors";

    private readonly Config _config;
    private readonly List<string> _faults = [];

    /// <param name="config">A whole configuration, in which <paramref name="reference"/> is the last fallback.</param>
    /// <param name="reference">A configuration with every key that there is.</param>
    public SettingsReader(Config config, Config reference)
    {
        if (config.GetValue(Section)?.IsObject() == true)
        {
            _config = config;
            FindUnknown(Keys(reference));
        }
        else
        {
            _config = reference;
            _faults.Add($"{Section} is a section: write its keys between braces, {Section} {{ … }}.");
        }
    }

    /// <summary>What is wrong, in the order in which it was found.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Adds a fault of a key, a sentence that goes on after its path.</summary>
    public void Fault(string key, string what) => _faults.Add($"{Section}.{key} {what}");

    /// <summary>Adds a fault of something else, a whole sentence.</summary>
    public void Fault(string sentence) => _faults.Add(sentence);

    /// <summary>The text, trimmed; empty where there is none.</summary>
    public string Text(string key) => Value(key) ?? "";

    /// <summary>A whole number from 1.</summary>
    public int Count(string key)
    {
        if (Value(key) is not { } text) return 1;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1) return count;
        Fault(key, $"is '{text}': give a whole number from 1.");
        return 1;
    }

    /// <summary>Limits by name, from a list such as <c>[{ model = "vendor/model", limit = 5 }]</c>.</summary>
    public IReadOnlyDictionary<string, int> Limits(string key, string nameKey)
    {
        var limits = new Dictionary<string, int>(StringComparer.Ordinal);
        if (_config.GetValue($"{Section}.{key}") is not { IsEmpty: false } list) return limits;
        if (!IsList(list))
        {
            Fault(key, $"is a list: write [{{ {nameKey} = \"...\", limit = 5 }}].");
            return limits;
        }
        foreach (var (entry, index) in list.GetArray().Select((entry, index) => (entry, index)))
            AddLimit(limits, FormattableString.Invariant($"{key}[{index + 1}]"), nameKey, entry);
        return limits;
    }

    /// <summary>Whether it is a list; Akka.NET calls an empty one none.</summary>
    public static bool IsList(HoconValue value) => value.IsArray() || !(value.IsString() || value.IsObject());

    /// <summary>A time of more than nothing.</summary>
    public TimeSpan Duration(string key)
    {
        if (Value(key) is not { } text) return TimeSpan.Zero;
        try
        {
            var duration = text.Length == 0
                ? TimeSpan.Zero
                : _config.GetTimeSpan($"{Section}.{key}", null, allowInfinite: false);
            if (duration > TimeSpan.Zero) return duration;
        }
        catch (Exception fault) when (fault is FormatException or OverflowException)
        {
            // Said below, in the same words as for a duration of nothing.
        }
        Fault(key, $"is '{text}': give a duration such as 500ms, 30s or 2 minutes.");
        return TimeSpan.Zero;
    }

    public bool Switch(string key)
    {
        var text = Value(key);
        if (text is not (null or "on" or "true" or "off" or "false"))
            Fault(key, $"is '{text}': give on or off.");
        return text is "on" or "true";
    }

    /// <summary>The list of budgets.</summary>
    public IReadOnlyList<Budget> Budgets() => BudgetReader.Read(this, _config.GetValue($"{Section}.budgets"));

    /// <summary>Whether a path of the whole configuration has a section.</summary>
    public bool Has(string path) => _config.HasPath(path);

    /// <exception cref="ConfigurationException">Something was wrong; the message has all of it.</exception>
    public void ThrowIfFaulty()
    {
        const string head = "AtlasActors is not configured well enough to start:";
        if (_faults.Count > 0)
            throw new ConfigurationException(string.Join("\n- ", [head, .. _faults]));
    }

    /// <summary>The text, trimmed; null, with a fault, where something else stands.</summary>
    private string? Value(string key)
    {
        if (_config.GetValue($"{Section}.{key}") is not { IsEmpty: false } value) return "";
        if (value.IsString()) return value.GetString()?.Trim() ?? "";
        Fault(key, "is a text: give one value, without braces or brackets.");
        return null;
    }

    private void AddLimit(Dictionary<string, int> limits, string place, string nameKey, HoconValue entry)
    {
        var items = entry.IsObject() ? entry.GetObject().Items : [];
        var name = TextOf(items, nameKey);
        if (items.Count != 2 || name.Length == 0
            || !int.TryParse(TextOf(items, "limit"), NumberStyles.None, CultureInfo.InvariantCulture, out var limit) || limit < 1)
            Fault(place, $"has two keys, '{nameKey}' and 'limit', a whole number from 1.");
        else if (!limits.TryAdd(name, limit))
            Fault(place, $"names '{name}' a second time.");
    }

    private static string TextOf(Dictionary<string, HoconValue> items, string key) =>
        items.TryGetValue(key, out var value) && value.IsString() ? value.GetString()?.Trim() ?? "" : "";

    private void FindUnknown(IReadOnlyList<string> known)
    {
        foreach (var key in Keys(_config).Except(known))
        {
            var guess = DidYouMean.Word(key, known.Select(word => word.Replace('-', '_')))?.Replace('_', '-');
            Fault(key, guess is null
                ? $"is no key of AtlasActors: it knows {string.Join(", ", known.Order())}."
                : $"is no key of AtlasActors: did you mean '{guess}'?");
        }
    }

    private static IReadOnlyList<string> Keys(Config config) =>
        [.. config.GetConfig(Section).AsEnumerable().Select(entry => entry.Key)];
}
