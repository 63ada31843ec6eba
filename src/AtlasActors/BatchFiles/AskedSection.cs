using AtlasActors.Jobs;
using AtlasActors.Models;

namespace AtlasActors.BatchFiles;

/// <summary>Reads the common fields of a job: what it says in words that are the same for all models.</summary>
internal sealed class AskedSection(Section job, MediaKind? kind, ModelEntry? model, InputSection inputs)
{
    public static readonly string[] Keys =
    [
        "width", "height", "size", "aspect_ratio", "duration", "resolution", .. InputSection.Keys, "seed",
        "negative_prompt", "audio",
    ];

    private const int LongestWord = 40;
    private const int LargestSide = 16_384;

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
            Seed = job.WholeNumber("seed", -1, int.MaxValue),
            NegativePrompt = job.Text("negative_prompt", job.Find("negative_prompt")),
            Audio = audio is ScalarNode word && CoreSchema.KindOf(word) == ScalarKind.Boolean
                ? word.Text[0] is 't' or 'T'
                : null,
            Params = [.. extra?.Entries.Select(entry => entry.Key) ?? []],
        };
        return inputs.Over(asked);
    }

    // What -1 means, is the model's to say; of a model that nobody knows it is taken for a slip.
    private decimal? Duration() =>
        model is { Kind: MediaKind.Video } && job.Find("duration") is ScalarNode { Text: "-1" or "auto" }
            ? AskedFields.Auto
            : job.Seconds("duration", 3600, "1h");

    private string? Word(string key) => job.Line(key, job.Find(key), LongestWord);
}
