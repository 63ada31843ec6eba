using System.Globalization;
using AtlasActors.BatchFiles;

namespace AtlasActors.Models;

/// <summary>The <c>fields</c> of a shape or a model.</summary>
internal static class FieldSection
{
    private static readonly string[] Keys =
        ["name", "form", "values", "from", "to", "auto", "usual", "most", "megabytes", "types", "required", "sure"];

    private static readonly Dictionary<string, SizeForm> Forms = new()
    {
        ["W*H"] = SizeForm.Asterisk,
        ["WxH"] = SizeForm.Cross,
        ["width, height"] = SizeForm.Sides,
    };

    public static Dictionary<CommonField, ModelField?> ReadAll(Section section, Findings findings)
    {
        var fields = new Dictionary<CommonField, ModelField?>();
        if (section.Sub("fields", [.. CommonFields.ByWord.Keys.Order(StringComparer.Ordinal)]) is not { } map)
            return fields;
        foreach (var (word, from) in CommonFields.ByWord)
        {
            if (map.Find(word) is { } node)
                fields[from] = Read(map, from, word, node, findings);
        }

        return fields;
    }

    private static ModelField? Read(Section map, CommonField from, string word, FileNode node, Findings findings)
    {
        switch (node)
        {
            case ScalarNode { Text: "false", IsPlain: true }:
                return null;
            case ListNode:
                return new ModelField(from, word) { Values = map.Texts(word) ?? [] };
            case MapNode inner:
                return Read(new Section(inner, map.PathOf(word), findings, Keys), from, word, findings);
            default:
                return map.Line(word, node, 100) is { } name ? new ModelField(from, name) : null;
        }
    }

    private static ModelField Read(Section section, CommonField from, string word, Findings findings)
    {
        var field = new ModelField(from, section.Line("name", section.Find("name"), 100) ?? word)
        {
            Form = section.Choice("form", Forms) ?? SizeForm.Asterisk,
            Values = section.Texts("values") ?? [],
            Least = section.Number("from", 0, 100_000),
            Greatest = section.Number("to", 0, 100_000),
            HasAuto = section.Flag("auto"),
            Usual = section.Line("usual", section.Find("usual"), 100),
            Most = section.WholeNumber("most", 1, 1000),
            Megabytes = section.WholeNumber("megabytes", 1, 1000),
            FileTypes = section.Texts("types") ?? [],
            IsRequired = section.Flag("required"),
            IsSure = section.Flag("sure"),
        };
        CheckSizes(section, field, findings);
        CheckSeconds(section, field, findings);
        if (field.Least > field.Greatest)
            findings.Fault(section.Find("from")!, section.PathOf("from"), "is more than 'to'");
        return field;
    }

    private static void CheckSizes(Section section, ModelField field, Findings findings)
    {
        if (field.From != CommonField.Size)
            return;
        foreach (var value in field.Values.Where(value => PixelSize.Parse(value) is null))
            findings.Fault(section.Find("values")!, section.PathOf("values"), $"'{Shown.Short(value)}' is no size");
        if (field.Usual is { } usual && PixelSize.Parse(usual) is null)
            findings.Fault(section.Find("usual")!, section.PathOf("usual"), $"'{Shown.Short(usual)}' is no size");
    }

    private static void CheckSeconds(Section section, ModelField field, Findings findings)
    {
        if (field.From != CommonField.Duration)
            return;
        foreach (var value in field.Values.Where(value => !IsNumber(value)))
            findings.Fault(section.Find("values")!, section.PathOf("values"), $"'{Shown.Short(value)}' is no number");
        if (field.Usual is { } usual && !IsNumber(usual))
            findings.Fault(section.Find("usual")!, section.PathOf("usual"), $"'{Shown.Short(usual)}' is no number");
    }

    private static bool IsNumber(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
