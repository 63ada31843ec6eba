using AtlasActors.Jobs;

namespace AtlasActors.BatchFiles;

/// <summary>A job's <c>params</c>: whatever else its model takes, sent as it stands.</summary>
internal static class ParamsSection
{
    private static readonly string[] Both = ["model", "prompt"];
    private static readonly string[] Image = [.. Both, "width", "height"];
    private static readonly string[] Video = [.. Both, "duration", "resolution"];

    public static MapNode? Read(Section job, MediaKind? kind, Findings findings)
    {
        var map = job.Map("params", "a map of what else is sent");
        if (map is null)
            return null;
        var path = job.PathOf("params");
        var taken = kind switch { MediaKind.Image => Image, MediaKind.Video => Video, _ => Both };
        foreach (var entry in map.Entries.Where(entry => taken.Contains(entry.Key)))
        {
            findings.Fault(
                entry, NodePath.Key(path, entry.Key), $"'{entry.Key}' is a field of the job itself",
                "write it beside 'params', not in it");
        }

        CheckNumbers(map, path, findings);
        return map;
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
