using AtlasActors.BatchFiles;
using AtlasActors.Jobs;

namespace AtlasActors.Models;

/// <summary>Reads a file of models; where it stands over another catalog, it adds to that and replaces in it.</summary>
internal sealed class ModelsFile(ModelCatalog? under, Findings findings)
{
    private static readonly string[] TopKeys = ["shapes", "models"];
    private static readonly string[] ShapeKeys = ["like", "kind", "prompt", "fields", "conditions", "also", "deprecated"];
    private static readonly string[] ModelKeys = [.. ShapeKeys, "aliases", "price"];

    private readonly Dictionary<string, ModelDraft> _drafts = [];

    public ModelCatalog? Read(FileNode root)
    {
        if (root is not MapNode map)
        {
            findings.Fault(root, "", $"a file of models is a map with 'models', {Shown.Found(root)}");
            return null;
        }

        var top = new Section(map, "", findings, TopKeys);
        top.Required("models", "it is a map of ids and what each model takes");
        ReadDrafts(top, "shapes", ShapeKeys);
        var ids = ReadDrafts(top, "models", ModelKeys);
        var wholes = new Dictionary<string, ModelDraft>();
        foreach (var (name, draft) in _drafts)
        {
            if (Whole(name, draft, [name]) is { } whole)
                wholes[name] = whole;
        }

        var entries = ids.Where(id => wholes.TryGetValue(id, out var whole) && HasKind(whole))
            .Select(id => wholes[id].Entry(id, under is not null))
            .ToList();
        return findings.HasFaults ? null : Catalog(entries, wholes);
    }

    private ModelCatalog Catalog(List<ModelEntry> entries, Dictionary<string, ModelDraft> wholes)
    {
        foreach (var (name, draft) in under?.Drafts ?? new Dictionary<string, ModelDraft>())
            wholes.TryAdd(name, draft);
        var own = entries.Select(entry => entry.Id).ToHashSet();
        entries.AddRange((under?.Entries ?? []).Where(entry => !own.Contains(entry.Id)));
        return new ModelCatalog(entries, wholes);
    }

    private List<string> ReadDrafts(Section top, string key, string[] keys)
    {
        var names = new List<string>();
        foreach (var entry in top.Map(key, "a map")?.Entries ?? [])
        {
            var path = NodePath.Key(key, entry.Key);
            if (_drafts.ContainsKey(entry.Key))
                findings.Fault(entry, path, $"a shape is called '{Shown.Short(entry.Key)}' too");
            else if (entry.Value is MapNode map)
            {
                _drafts[entry.Key] = ReadDraft(map, path, keys);
                names.Add(entry.Key);
            }
            else
                findings.Fault(
                    entry.Value, path, $"wants a map of {string.Join(", ", keys)}; {Shown.Found(entry.Value)}");
        }

        return names;
    }

    private ModelDraft ReadDraft(MapNode map, string path, string[] keys)
    {
        var section = new Section(map, path, findings, keys);
        return new ModelDraft(map, path, FieldSection.ReadAll(section, findings))
        {
            Like = section.Line("like", section.Find("like"), 300),
            Kind = section.Choice("kind", MediaKinds.ByWord),
            Prompt = PromptSection.Read(section, findings),
            Conditions = ConditionSection.ReadAll(section, findings),
            Also = section.Texts("also") ?? [],
            Aliases = section.Texts("aliases") ?? [],
            Deprecated = section.Line("deprecated", section.Find("deprecated"), 300),
            Price = SeenPriceSection.Read(section, findings),
        };
    }

    // A model may be like the one of the same id that it replaces.
    private ModelDraft? Whole(string name, ModelDraft draft, HashSet<string> passed)
    {
        if (draft.Like is not { } like)
            return draft;
        if (like == name || !_drafts.TryGetValue(like, out var other))
            return Below(like) is { } below ? draft.Over(below) : Unknown(draft, name, like);
        if (passed.Add(like))
            return Whole(like, other, passed) is { } whole ? draft.Over(whole) : null;
        findings.Fault(
            draft.Node, NodePath.Key(draft.Path, "like"), $"'{Shown.Short(like)}' is like itself in the end");
        return null;
    }

    private ModelDraft? Below(string name) => under?.Drafts.GetValueOrDefault(name);

    private ModelDraft? Unknown(ModelDraft draft, string name, string like)
    {
        var known = _drafts.Keys.Where(key => key != name).Concat(under?.Drafts.Keys ?? []);
        findings.Fault(
            draft.Node, NodePath.Key(draft.Path, "like"), $"there is no shape or model '{Shown.Short(like)}'",
            DidYouMean.Id(like, known) is { } word ? $"did you mean '{word}'?" : null);
        return null;
    }

    private bool HasKind(ModelDraft whole)
    {
        if (whole.Kind is not null)
            return true;
        // A wrong one is told already.
        if (whole.Node is MapNode map && map.Find("kind") is null)
            findings.Fault(map, NodePath.Key(whole.Path, "kind"), "'kind' is missing", "write 'image', 'video', 'audio' or '3d'");
        return false;
    }
}
