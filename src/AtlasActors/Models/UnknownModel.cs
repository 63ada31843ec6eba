using AtlasActors.Jobs;

namespace AtlasActors.Models;

/// <summary>
/// A model that no catalog names: it is sent the fields as they are written, and the tutorial's defaults for images and
/// videos. The same text is what a batch's fingerprint knows a job by, whatever a catalog makes of it.
/// </summary>
internal static class UnknownModel
{
    public static MappedFields Map(MediaKind kind, AskedFields asked)
    {
        var fields = new List<BodyField>();
        if (kind == MediaKind.Image)
            AddSides(fields, asked);
        else if ((asked.Duration ?? (kind == MediaKind.Video ? TutorialDefaults.Seconds : null)) is { } length)
            fields.Add(BodyField.Number("duration", length));
        if (asked.Resolution is { } resolution)
            fields.Add(BodyField.Text("resolution", resolution));
        else if (kind == MediaKind.Video && asked.Size is null)
            fields.Add(BodyField.Text("resolution", TutorialDefaults.Resolution));
        AddText(fields, "size", asked.Size);
        AddText(fields, "aspect_ratio", asked.AspectRatio);
        AddText(fields, "image", asked.Image);
        AddText(fields, "last_image", asked.LastImage);
        if (asked.Images is { } images)
            fields.Add(BodyField.Texts("images", images));
        if (asked.Seed is { } seed)
            fields.Add(BodyField.Number("seed", seed));
        AddText(fields, "negative_prompt", asked.NegativePrompt);
        if (asked.Audio is { } audio)
            fields.Add(BodyField.Switch("audio", audio));
        AddText(fields, "audio", asked.AudioUrl);
        var seconds = kind switch
        {
            MediaKind.Video => asked.Duration ?? TutorialDefaults.Seconds,
            MediaKind.Audio => asked.Duration ?? TutorialDefaults.SoundSeconds,
            _ => 0,
        };
        var twice = fields.Where(field => asked.Params.Contains(field.Name)).ToArray();
        fields.RemoveAll(field => asked.Params.Contains(field.Name));
        return new MappedFields(
            fields, seconds, [.. twice.Select(field => Complaint.InParams(field.Name, field.Name))]);
    }

    private static void AddSides(List<BodyField> fields, AskedFields asked)
    {
        if (asked is { Width: null, Height: null } && (asked.Size ?? asked.AspectRatio) is not null)
            return;
        fields.Add(BodyField.Number("width", asked.Width ?? TutorialDefaults.Side));
        fields.Add(BodyField.Number("height", asked.Height ?? TutorialDefaults.Side));
    }

    private static void AddText(List<BodyField> fields, string name, string? value)
    {
        if (value is not null)
            fields.Add(BodyField.Text(name, value));
    }
}
