using System.Text.RegularExpressions;

namespace AtlasActors.BatchFiles;

/// <summary>The file's <c>labels</c>: short texts under names of their author's choice, to find batches and budgets by.</summary>
internal static partial class LabelSection
{
    private const int Most = 20;
    private const int LongestValue = 200;
    private const string Wanted = "a map of names and short texts, such as team: films";

    public static IReadOnlyDictionary<string, string> Read(Section top, Findings findings)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (top.Map("labels", Wanted) is not { } map)
            return labels;
        if (map.Entries.Count > Most)
            findings.Fault(map, top.PathOf("labels"), $"has {map.Entries.Count} labels; there may be {Most}");
        var section = new Section(map, top.PathOf("labels"), findings, [.. map.Entries.Select(entry => entry.Key)]);
        foreach (var entry in map.Entries)
        {
            CheckName(entry, section, findings);
            if (section.Line(entry.Key, entry.Value, LongestValue) is { } text)
                labels[entry.Key] = text;
        }

        return labels;
    }

    /// <summary>Whether a label may be called so.</summary>
    public static bool IsName(string text) => Name().IsMatch(text);

    private static void CheckName(MapEntry entry, Section section, Findings findings)
    {
        if (IsName(entry.Key))
            return;
        var plain = entry.Key.Trim().ToLowerInvariant().Replace(' ', '-');
        findings.Fault(
            entry, section.PathOf(entry.Key),
            $"'{Shown.Short(entry.Key)}' is no name for a label: a small letter from a to z, "
            + "then at most 62 of these, digits, '_', '.' and '-'",
            IsName(plain) ? $"did you mean '{plain}'?" : null);
    }

    [GeneratedRegex(@"^[a-z][a-z0-9_.-]{0,62}\z")]
    private static partial Regex Name();
}
