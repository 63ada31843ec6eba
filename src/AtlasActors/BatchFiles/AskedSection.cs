using AtlasActors.Jobs;
using AtlasActors.Models;

namespace AtlasActors.BatchFiles;

/// <summary>Reads the common fields of a job: what it says in words that are the same for all models.</summary>
internal sealed class AskedSection(Section job, MediaKind? kind, ModelEntry? model, Findings findings)
{
    public static readonly string[] Keys =
    [
        "width", "height", "size", "aspect_ratio", "duration", "resolution", "image", "last_image", "images", "seed",
        "negative_prompt", "audio",
    ];

    private const int LongestWord = 40;
    private const int LargestSide = 16_384;

    private static readonly string[] Addresses = ["https://", "http://", "data:", "asset://"];

    public AskedFields Read(MapNode? extra)
    {
        var keys = new KindKeys(job, kind, model);
        keys.Check();
        var audio = job.Find("audio");
        var asked = new AskedFields
        {
            Width = keys.Has("width") ? job.WholeNumber("width", 1, LargestSide) : null,
            Height = keys.Has("height") ? job.WholeNumber("height", 1, LargestSide) : null,
            Size = keys.Has("size") ? Word("size") : null,
            AspectRatio = keys.Has("aspect_ratio") ? Word("aspect_ratio") : null,
            Duration = keys.Has("duration") ? Duration() : null,
            Resolution = keys.Has("resolution") ? Word("resolution") : null,
            Image = Address("image"),
            LastImage = Address("last_image"),
            Images = List("images"),
            Seed = job.WholeNumber("seed", -1, int.MaxValue),
            NegativePrompt = job.Text("negative_prompt", job.Find("negative_prompt")),
            Audio = audio is ScalarNode word && CoreSchema.KindOf(word) == ScalarKind.Boolean
                ? word.Text[0] is 't' or 'T'
                : null,
            Params = [.. extra?.Entries.Select(entry => entry.Key) ?? []],
        };
        return asked with { AudioUrl = asked.Audio is null ? Address("audio", "true, false or ") : null };
    }

    // What -1 means, is the model's to say; of a model that nobody knows it is taken for a slip.
    private decimal? Duration() =>
        model is { Kind: MediaKind.Video } && job.Find("duration") is ScalarNode { Text: "-1" or "auto" }
            ? AskedFields.Auto
            : job.Seconds("duration", 3600, "1h");

    private string? Word(string key) => job.Line(key, job.Find(key), LongestWord);

    private string? Address(string key, string others = "") =>
        job.Text(key, job.Find(key)) is { } text && Check(job.Find(key)!, job.PathOf(key), text, others) ? text : null;

    private IReadOnlyList<string>? List(string key)
    {
        if (job.Texts(key) is not { } texts || job.Find(key) is not ListNode list || list.Items.Count != texts.Count)
            return null;
        if (texts.Count == 0)
            findings.Fault(list, job.PathOf(key), $"'{key}' is empty");
        var good = true;
        for (var i = 0; i < texts.Count; i++)
            good &= Check(list.Items[i], NodePath.Item(job.PathOf(key), i), texts[i], "");
        return good && texts.Count > 0 ? texts : null;
    }

    private bool Check(FileNode node, string path, string text, string others)
    {
        if (Addresses.Any(begin => text.StartsWith(begin, StringComparison.OrdinalIgnoreCase)))
            return true;
        findings.Fault(
            node, path, $"wants {others}an address (https://…, data:… or asset://…), {Shown.Found(node)}",
            "a file of this machine is not sent: put it where Atlas can fetch it");
        return false;
    }
}
