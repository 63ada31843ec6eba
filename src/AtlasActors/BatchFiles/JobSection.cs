using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Jobs;

namespace AtlasActors.BatchFiles;

/// <summary>What holds for all jobs of a file.</summary>
internal sealed record SharedSettings(PriceTable Prices, JobPolicy Image, JobPolicy Video)
{
    public JobPolicy Policy(MediaKind kind) => kind == MediaKind.Image ? Image : Video;
}

/// <summary>Reads one job. A definition comes of it only when nothing in it is wrong.</summary>
internal sealed class JobSection(SharedSettings shared, Findings findings)
{
    public static readonly string[] Keys =
        ["name", "type", "model", "prompt", "width", "height", "duration", "resolution", "params", .. Patience.Keys,
            ForeachSection.Key];

    // A longer name makes a file name that disks refuse.
    private const int LongestName = 300;
    private const int LongestModel = 300;
    private const int LongestResolution = 40;
    private const int LargestSide = 16_384;
    private const string OtherHint = "what only this model takes goes under 'params'";

    private static readonly Dictionary<string, MediaKind> Kinds = new()
    {
        ["image"] = MediaKind.Image,
        ["video"] = MediaKind.Video,
    };

    /// <summary>Which models are asked for which kind of media, by jobs with faults too.</summary>
    public HashSet<(string Model, MediaKind Kind)> Uses { get; } = [];

    /// <summary>The job, or what is skipped, or neither when there are faults.</summary>
    public (JobDefinition? Job, SkippedJob? Skipped) Read(FileNode node, string path, int number)
    {
        if (node is not MapNode map)
        {
            findings.Fault(node, path, $"wants a map with name, type, model and prompt; {Shown.Found(node)}");
            return (null, null);
        }

        if (UnknownType(map) is { } type)
            return (null, Skip(map, type, path));
        return (ReadJob(new Section(map, path, findings, Keys, Misplaced, OtherHint), number), null);
    }

    private static string? Misplaced(string key) =>
        BatchSection.OwnKeys.Contains(key) ? "it belongs at the top of the file" : null;

    private static ScalarNode? UnknownType(MapNode map) =>
        map.Find("type")?.Value is ScalarNode type && CoreSchema.KindOf(type) != ScalarKind.Nothing
        && !string.IsNullOrWhiteSpace(type.Text) && !Kinds.ContainsKey(type.Text)
            ? type
            : null;

    // What else stands in a job of another type is none of our business.
    private SkippedJob Skip(MapNode map, ScalarNode type, string path)
    {
        var name = map.Find("name")?.Value is ScalarNode given ? given.Text : path;
        findings.Warn(
            type, NodePath.Key(path, "type"),
            $"'{Shown.Short(type.Text)}' is not a known type; the job '{Shown.Short(name)}' is skipped",
            DidYouMean.Hint(type.Text, Kinds.Keys) ?? "the types are 'image' and 'video'");
        return new SkippedJob(name, type.Text, type.Line, type.Column);
    }

    private JobDefinition? ReadJob(Section job, int number)
    {
        var type = job.Text("type", job.Required("type", "write 'type: image' or 'type: video'"));
        MediaKind? kind = type is null ? null : Kinds[type];
        var name = job.Line("name", job.Required("name"), LongestName);
        var model = job.Line("model", job.Required("model"), LongestModel);
        var prompt = job.Text("prompt", job.Required("prompt"));
        var image = ReadImage(job, kind);
        var video = ReadVideo(job, kind);
        var extra = ParamsSection.Read(job, kind, findings);
        var patience = Patience.Read(job, findings);
        if (model is not null && kind is not null)
            Uses.Add((model, kind.Value));
        if (findings.HasFaults || kind is null || name is null || model is null || prompt is null)
            return null;
        var body = kind == MediaKind.Image
            ? JobBody.OfImage(model, prompt, image.Width, image.Height, extra)
            : JobBody.OfVideo(model, prompt, video.Seconds, video.Resolution, extra);
        return new JobDefinition(
            number, name, kind.Value, model, body,
            shared.Prices.Price(kind.Value, model, video.Seconds).Price, patience.Over(shared.Policy(kind.Value)));
    }

    private static (int Width, int Height) ReadImage(Section job, MediaKind? kind)
    {
        if (kind == MediaKind.Video)
        {
            job.Forbid("width", "'width' is for images, and this is a video", "a video has 'resolution'");
            job.Forbid("height", "'height' is for images, and this is a video", "a video has 'resolution'");
            return default;
        }

        return (job.WholeNumber("width", 1, LargestSide) ?? 1024, job.WholeNumber("height", 1, LargestSide) ?? 1024);
    }

    private static (decimal Seconds, string Resolution) ReadVideo(Section job, MediaKind? kind)
    {
        if (kind == MediaKind.Image)
        {
            job.Forbid("duration", "'duration' is for videos, and this is an image", null);
            job.Forbid(
                "resolution", "'resolution' is for videos, and this is an image", "an image has 'width' and 'height'");
            return (0, "");
        }

        var seconds = job.Seconds("duration", 3600, "1h");
        var resolution = job.Line("resolution", job.Find("resolution"), LongestResolution);
        return (seconds ?? 5, resolution ?? "1080p");
    }
}
