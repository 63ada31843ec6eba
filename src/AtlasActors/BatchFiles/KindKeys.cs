using AtlasActors.Jobs;
using AtlasActors.Models;

namespace AtlasActors.BatchFiles;

/// <summary>Which of the common keys a job may have, by what it makes: a sound has no width.</summary>
internal sealed class KindKeys(Section job, MediaKind? kind, ModelEntry? model)
{
    private static readonly string[] OfPictures = ["width", "height", "size", "aspect_ratio"];

    /// <summary>Says what is there and may not be.</summary>
    public void Check()
    {
        if (kind == MediaKind.Video)
        {
            Forbid("width", "images", "a video has 'resolution'");
            Forbid("height", "images", "a video has 'resolution'");
        }
        else if (kind is MediaKind.Audio or MediaKind.ThreeD)
        {
            foreach (var key in OfPictures)
                Forbid(key, "images", null);
        }
        else if (job.Find("size") is not null)
        {
            job.Forbid("width", "'size' says this already", "write one of them");
            job.Forbid("height", "'size' says this already", "write one of them");
        }

        Forbid("duration", "videos", null);
        Forbid("resolution", "videos", kind == MediaKind.Image ? "an image has 'width' and 'height'" : null);
    }

    /// <summary>Whether a job of this kind may have the key; any may where the kind is not known.</summary>
    public bool Has(string key) => (key, kind) switch
    {
        (_, null) => true,
        ("resolution", not MediaKind.Video) => model?.Field(CommonField.Resolution) is not null,
        ("duration", _) => kind is MediaKind.Video or MediaKind.Audio,
        ("width" or "height", _) => kind == MediaKind.Image,
        ("size" or "aspect_ratio", _) => kind is MediaKind.Image or MediaKind.Video,
        _ => true,
    };

    private void Forbid(string key, string owners, string? hint)
    {
        if (!Has(key))
            job.Forbid(key, $"'{key}' is for {owners}, and this is {kind!.Value.OneNoun()}", hint);
    }
}
