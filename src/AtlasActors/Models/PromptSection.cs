using AtlasActors.BatchFiles;

namespace AtlasActors.Models;

/// <summary>The <c>prompt</c> of a shape or a model: its own name for it, or <c>false</c> where it takes none.</summary>
internal static class PromptSection
{
    private static readonly string[] Keys = ["name", "required"];

    /// <summary>What is said of it; null when nothing is.</summary>
    public static ModelPrompt? Read(Section section, Findings findings)
    {
        switch (section.Find("prompt"))
        {
            case null:
                return null;
            case ScalarNode { Text: "false", IsPlain: true }:
                return ModelPrompt.None;
            case MapNode map:
                var inner = new Section(map, section.PathOf("prompt"), findings, Keys);
                var name = inner.Line("name", inner.Find("name"), 100) ?? ModelPrompt.Usual.Name;
                return new ModelPrompt(name, inner.Find("required") is null || inner.Flag("required"));
            case var node:
                return section.Line("prompt", node, 100) is { } other ? new ModelPrompt(other, true) : null;
        }
    }
}
