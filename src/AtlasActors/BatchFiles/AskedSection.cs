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
        CheckKind();
        var audio = job.Find("audio");
        var asked = new AskedFields
        {
            Width = kind == MediaKind.Video ? null : job.WholeNumber("width", 1, LargestSide),
            Height = kind == MediaKind.Video ? null : job.WholeNumber("height", 1, LargestSide),
            Size = Word("size"),
            AspectRatio = Word("aspect_ratio"),
            Duration = kind == MediaKind.Image ? null : Duration(),
            Resolution = kind == MediaKind.Image && !HasResolution ? null : Word("resolution"),
            Seed = job.WholeNumber("seed", -1, int.MaxValue),
            NegativePrompt = job.Text("negative_prompt", job.Find("negative_prompt")),
            Audio = audio is ScalarNode word && CoreSchema.KindOf(word) == ScalarKind.Boolean
                ? word.Text[0] is 't' or 'T'
                : null,
            Params = [.. extra?.Entries.Select(entry => entry.Key) ?? []],
        };
        return inputs.Over(asked);
    }

    private bool HasResolution => model?.Field(CommonField.Resolution) is not null;

    private void CheckKind()
    {
        if (kind == MediaKind.Video)
        {
            job.Forbid("width", "'width' is for images, and this is a video", "a video has 'resolution'");
            job.Forbid("height", "'height' is for images, and this is a video", "a video has 'resolution'");
        }
        else if (job.Find("size") is not null)
        {
            job.Forbid("width", "'size' says this already", "write one of them");
            job.Forbid("height", "'size' says this already", "write one of them");
        }

        if (kind != MediaKind.Image)
            return;
        job.Forbid("duration", "'duration' is for videos, and this is an image", null);
        if (!HasResolution)
            job.Forbid(
                "resolution", "'resolution' is for videos, and this is an image", "an image has 'width' and 'height'");
    }

    // What -1 means, is the model's to say; of a model that nobody knows it is taken for a slip.
    private decimal? Duration() =>
        model is { Kind: MediaKind.Video } && job.Find("duration") is ScalarNode { Text: "-1" or "auto" }
            ? AskedFields.Auto
            : job.Seconds("duration", 3600, "1h");

    private string? Word(string key) => job.Line(key, job.Find(key), LongestWord);
}
