using AtlasActors.BatchFiles;

namespace AtlasActors.Models;

/// <summary>
/// The <c>conditions</c> of a shape or a model: <c>when</c> one field is this, <c>then</c> another is that.
/// </summary>
internal static class ConditionSection
{
    private static readonly string[] Keys = ["when", "then", "sure"];

    // Only these have values that can be told apart one by one.
    private static readonly string[] Words = [CommonField.Duration.Word(), CommonField.Resolution.Word()];

    public static IReadOnlyList<ModelCondition>? ReadAll(Section section, Findings findings)
    {
        if (section.Find("conditions") is not { } node)
            return null;
        var path = section.PathOf("conditions");
        if (node is not ListNode list)
        {
            findings.Fault(node, path, $"wants a list of conditions, {Shown.Found(node)}");
            return null;
        }

        return [.. list.Items.Select((item, i) => Read(item, NodePath.Item(path, i), findings))
            .OfType<ModelCondition>()];
    }

    private static ModelCondition? Read(FileNode node, string path, Findings findings)
    {
        if (node is not MapNode map)
        {
            findings.Fault(node, path, $"wants a map of when, then and sure; {Shown.Found(node)}");
            return null;
        }

        var section = new Section(map, path, findings, Keys);
        var sure = section.Flag("sure");
        return Side(section, "when", findings) is var (when, given)
            && Side(section, "then", findings) is var (then, wants)
            ? new ModelCondition(when, given, then, wants, sure)
            : null;
    }

    private static (CommonField Field, IReadOnlyList<string> Values)? Side(
        Section section, string key, Findings findings)
    {
        section.Required(key);
        if (section.Sub(key, Words) is not { } side)
            return null;
        foreach (var word in Words)
        {
            if (side.Texts(word) is { Count: > 0 } values)
                return (CommonFields.ByWord[word], values);
        }

        findings.Fault(section.Find(key)!, section.PathOf(key), "wants a field and a list of its values");
        return null;
    }
}
