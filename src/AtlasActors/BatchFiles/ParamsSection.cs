using AtlasActors.Jobs;
using AtlasActors.Models;

namespace AtlasActors.BatchFiles;

/// <summary>A job's <c>params</c>: whatever else its model takes, sent as it stands.</summary>
internal static class ParamsSection
{
    private static readonly string[] Both = ["model", "prompt"];
    private static readonly CommonField[] Times = [CommonField.Duration, CommonField.Resolution];
    private static readonly string[] Sides = ["width", "height"];

    public static MapNode? Read(Section job, MediaKind? kind, ModelEntry? model, Findings findings)
    {
        var map = job.Map("params", "a map of what else is sent");
        if (map is null)
            return null;
        var path = job.PathOf("params");
        var taken = Taken(kind, model);
        foreach (var entry in map.Entries.Where(entry => taken.Contains(entry.Key)))
        {
            findings.Fault(
                entry, NodePath.Key(path, entry.Key), $"'{entry.Key}' is a field of the job itself",
                "write it beside 'params', not in it");
        }

        if (model is not null)
            CheckNames(map, path, model, findings);
        CheckNumbers(map, path, findings);
        return map;
    }

    // A common field that the catalog does not know its model to take, may stand here: here it is sent.
    private static IEnumerable<string> Taken(MediaKind? kind, ModelEntry? model)
    {
        bool Takes(CommonField field) => model is null || model.Field(field) is not null;
        IEnumerable<string> own = kind switch
        {
            MediaKind.Image when Takes(CommonField.Size) || Takes(CommonField.AspectRatio) => Sides,
            MediaKind.Video => Times.Where(Takes).Select(CommonFields.Word),
            _ => [],
        };
        return Both.Concat(own);
    }

    private static void CheckNames(MapNode map, string path, ModelEntry model, Findings findings)
    {
        var known = model.Also.Concat(model.Fields.Select(field => field.Name)).ToArray();
        foreach (var entry in map.Entries.Where(entry => !known.Contains(entry.Key)))
        {
            if (DidYouMean.Word(entry.Key, known) is { } word)
                findings.Warn(
                    entry.Value, NodePath.Key(path, entry.Key),
                    $"{model.Id} is not known to take '{Shown.Short(entry.Key)}'; it is sent all the same",
                    $"did you mean '{word}'?");
        }
    }

    private static void CheckNumbers(FileNode node, string path, Findings findings)
    {
        switch (node)
        {
            case MapNode map:
                foreach (var entry in map.Entries)
                    CheckNumbers(entry.Value, NodePath.Key(path, entry.Key), findings);
                break;
            case ListNode list:
                for (var i = 0; i < list.Items.Count; i++)
                    CheckNumbers(list.Items[i], NodePath.Item(path, i), findings);
                break;
            case ScalarNode scalar when CoreSchema.KindOf(scalar) == ScalarKind.Number:
                if (CoreSchema.JsonNumber(scalar.Text) is null)
                    findings.Fault(scalar, path, $"JSON has no number '{scalar.Text}'", "text needs quotes");
                break;
        }
    }
}
