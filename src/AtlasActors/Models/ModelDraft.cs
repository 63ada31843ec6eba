using AtlasActors.BatchFiles;
using AtlasActors.Jobs;

namespace AtlasActors.Models;

/// <summary>A shape or a model as a file has it, before it takes over what it is like.</summary>
/// <param name="Node">Where it stands.</param>
/// <param name="Path">The same in words.</param>
/// <param name="Fields">What it says of fields; null of one that it does not take.</param>
internal sealed record ModelDraft(FileNode Node, string Path, IReadOnlyDictionary<CommonField, ModelField?> Fields)
{
    public string? Like { get; init; }

    public MediaKind? Kind { get; init; }

    public ModelPrompt? Prompt { get; init; }

    public IReadOnlyList<ModelCondition>? Conditions { get; init; }

    public IReadOnlyList<string> Also { get; init; } = [];

    public string? Deprecated { get; init; }

    /// <summary>Of a model only: nothing takes it over.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Of a model only: nothing takes it over.</summary>
    public SeenPrice? Price { get; init; }

    /// <summary>This with all that it does not say itself from <paramref name="other"/>.</summary>
    public ModelDraft Over(ModelDraft other)
    {
        var fields = new Dictionary<CommonField, ModelField?>(other.Fields);
        foreach (var (from, field) in Fields)
            fields[from] = field;
        return this with
        {
            Like = other.Like,
            Kind = Kind ?? other.Kind,
            Prompt = Prompt ?? other.Prompt,
            Fields = fields,
            Conditions = Conditions ?? other.Conditions,
            Also = [.. other.Also.Union(Also)],
            Deprecated = Deprecated ?? other.Deprecated,
        };
    }

    /// <summary>The model; its kind must be known.</summary>
    public ModelEntry Entry(string id, bool isOwn) => new(
        id, Kind!.Value, [.. Fields.Values.OfType<ModelField>().OrderBy(field => field.From)], Conditions ?? [],
        Also, Aliases, Deprecated, Price, isOwn)
    {
        Prompt = Prompt ?? ModelPrompt.Usual,
    };
}
